"""Reads the frozen exemplars with the keys it is given and prints what it found.

Reads a JSON object: "exemplars" (a folder), and the keys that the exemplars' README names, in hexadecimal.
"""

import json
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
