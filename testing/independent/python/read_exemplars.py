"""Reads the frozen exemplars with the keys it is given and prints what it found.

Reads a JSON object: "exemplars" and "wire" (folders), and the keys that the exemplars' README names, in hexadecimal.
"""

import json
import struct
import sys
from pathlib import Path

import nacl.bindings as sodium
from mnemonic import Mnemonic

import formats


def plain(value):
    """The same with bytes as hexadecimal, so that it can be printed."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items() if key != "bytes"}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value


def lines(data):
    """The values of a file of `name value` lines."""
    pairs = (line.split(" ") for line in data.decode().splitlines())
    return {name: bytes.fromhex(value) for name, value in pairs}


def names(keys):
    """What names-v1.txt should hold, made from the inputs that the README names."""
    name, nonce = bytes([7]) * 16, bytes([0x24]) * 24
    token = formats.hkdf(keys["erase"], nonce, "belay/v1/erase")
    actor = [bytes([9]) * 32, struct.pack("<Q", 11), bytes([10]) * 32]
    return {
        "doc": formats.digest("belay/v1/doc", keys["space"], bytes([8]) * 32, b"\x03", name),
        "outcome": formats.digest("belay/v1/outcome", name, formats.var(b"2026-11-22"))[:16],
        "actor": formats.digest("belay/v1/actor", *actor)[:16],
        "name": formats.digest("belay/v1/name", keys["erase"], b"\x03", name)[:16],
        "tag": formats.digest("belay/v1/tag", bytes([12]) * 32)[:16],
        "erase-token": token,
        "erase-hash": formats.erase_hash(keys["erase"], nonce),
    }


def verify_signatures(kept, space):
    """The signatures in signatures-v1.txt."""
    heads = formats.var(bytes([1]) * 32 + bytes([2]) * 32)
    leave = formats.var(bytes.fromhex("a10005"))
    act = formats.signed_input("belay/v1/root", space, heads, leave)
    consent = formats.signed_input("belay/v1/endorse", space, formats.var(b"target"), bytes([3]) * 16)
    formats.verify(kept["root-key"], act, kept["root"])
    formats.verify(kept["device-key"], consent, kept["endorse"])
    for label, role in (("pair", 1), ("lan", 2)):
        proof = formats.signed_input(f"belay/v1/{label}", bytes([role]), bytes([4]) * 32)
        formats.verify(kept["device-key"], proof, kept[label])
    return sorted(kept)


def distance(kept):
    """What distance-v1.txt should hold, made from its reveals; not the typed words, for libsodium's Argon2id
    wants a salt of 16 bytes."""
    identity = bytes([1]) * 16
    reveal = formats.cbor(kept["m2"])
    commitment = formats.digest("belay/v1/sas", identity, reveal[0], formats.var(reveal[1]))
    m0 = bytes.fromhex("a1005820") + commitment
    said = b"".join(formats.var(part) for part in (m0, kept["m1"], kept["m2"]))
    seen = formats.digest("belay/v1/transcript", said, identity)
    bits = int.from_bytes(formats.hkdf(seen, None, "belay/v1/sas-words")[:8], "big") >> 20
    words = Mnemonic("english").wordlist
    link = formats.hkdf(bytes([2]) * 16, None, "belay/v1/invite", 48)
    return {
        "m0": m0,
        "transcript": seen,
        "words": " ".join(words[bits >> shift & 0x7FF] for shift in (33, 22, 11, 0)).encode(),
        "digits": f"{bits:014}".encode(),
        "link-id": link[:16],
        "link-seal": link[16:],
    }


def main():
    given = json.load(sys.stdin)
    keys = {name: bytes.fromhex(value) for name, value in given["keys"].items()}
    folder = Path(given["exemplars"])

    def read(name):
        return (folder / name).read_bytes()

    genesis = formats.genesis(formats.cbor(read("genesis-v1.bin")))
    whole = formats.item(read("item-v1.bin"))
    erased = formats.item(read("item-erased-v1.bin"))
    create = formats.item(read("item-create-v1.bin"))
    for parsed in (whole, erased, create):
        formats.verify_item(parsed, genesis["sign_pk"])

    epoch = formats.Epoch(keys["space"], keys["epoch"], read("envelope-v1.secret"))
    envelope = read("envelope-v1.bin")
    outer = formats.outer(envelope)
    commit = formats.epoch(read("epoch-body-v1.bin"))
    secret_commit = formats.hkdf(epoch.secret, commit["commit_salt"], "belay/v1/epoch-commit")

    words = read("recovery-words-v1.txt").decode().split()
    entropy = bytes(Mnemonic("english").to_entropy(words))
    seeds = formats.hkdf_expand(formats.hkdf_extract(b"belay/v1/recovery", entropy), b"", 128)

    found = {
        "genesis": genesis,
        "item": whole | {"body": formats.body(whole)},
        "erased": erased,
        "create": create | {"body": formats.body(create)},
        "envelope": {
            "id": outer["id"],
            "items": formats.open_envelope(envelope, epoch),
            "erase_hash": outer["erase_hash"],
            "erase_hash_made": formats.erase_hash(keys["erase"], outer["nonce"]),
        },
        "compressed": formats.open_envelope(read("envelope-compressed-v1.bin"), epoch),
        "epoch": commit | {"fits": secret_commit == commit["secret_commit"]},
        "wraps": formats.wraps(read("wraps-body-v1.bin")),
        "invitation": formats.invitation(read("invitation-v1.txt").decode().strip()),
        "slot": formats.slot(read("slot-v1.bin"), keys["slot_key"], keys["slot_id"], 2),
        "store_key": formats.key_file(read("key-file-v1.bin"), b"keystore", b"open sesame"),
        "recovery": [seeds[at : at + 32] for at in range(0, 128, 32)],
        "names": names(keys),
        "signatures": verify_signatures(lines(read("signatures-v1.txt")), keys["space"]),
        "distance": distance(lines(read("distance-v1.txt"))),
        "page": formats.page((Path(given["wire"]) / "page-v1.bin").read_bytes()),
        "append": formats.envelopes((Path(given["wire"]) / "append-v1.bin").read_bytes()),
        "request_key": sodium.crypto_sign_seed_keypair(keys["mailbox_seed"])[0],
    }
    request = {
        "method": b"POST",
        "path": b"/v1/mailboxes/ab/envelopes",
        "query": b"limit=3",
        "time_ms": 1_700_000_000_000,
        "body": b"sealed",
        "origin": b"https://relay.example",
    }
    formats.verify_request(found["request_key"], request, read("request-v1.sig"))
    json.dump(plain(found), sys.stdout)


if __name__ == "__main__":
    main()
