"""Belay's formats as docs/protocol.md, docs/data-format.md and docs/crypto.md describe them, read in another language.

Nothing here comes from Belay's code. Everything that does not have exactly one form is refused with ValueError.
"""

import base64
import hashlib
import hmac
import io
import struct
import zlib

import blake3
import cbor2
import nacl.bindings as sodium
import nacl.exceptions
import zstandard

KINDS = ["", "changes", "record", "membership", "epoch", "wraps", "kem", "need", "ack", "erase"]
ZSTD_MAGIC = bytes.fromhex("28b52ffd")
OUTER_HEAD = 110
OUTER_MAX = 262_144
PLAIN_MAX = 1_048_576


def demand(holds, what):
    if not holds:
        raise ValueError(what)


# Primitives


def digest(label, *fields):
    """BLAKE3 of the input of a label: the label, a zero byte, the fields as they stand."""
    return blake3.blake3(b"".join([label.encode(), b"\0", *fields])).digest()


def signed_input(label, *fields):
    return b"".join([label.encode(), b"\0", *fields])


def var(data):
    return struct.pack("<I", len(data)) + data


def hkdf_extract(salt, ikm):
    return hmac.new(salt or bytes(32), ikm, hashlib.sha256).digest()


def hkdf_expand(prk, info, length=32):
    out, block, number = b"", b"", 1
    while len(out) < length:
        block = hmac.new(prk, block + info + bytes([number]), hashlib.sha256).digest()
        out, number = out + block, number + 1
    return out[:length]


def hkdf(ikm, salt, label, length=32):
    return hkdf_expand(hkdf_extract(salt, ikm), label.encode(), length)


def verify(public, message, signature):
    """Ed25519 as libsodium has it: canonical s and points, no key or R of small order, cofactorless."""
    try:
        sodium.crypto_sign_open(signature + message, public)
    except nacl.exceptions.BadSignatureError as error:
        raise ValueError("signature") from error


def aead_open(key, nonce, aad, sealed):
    try:
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, aad, nonce, key)
    except nacl.exceptions.CryptoError as error:
        raise ValueError("does not open") from error


def cbor(data):
    """One deterministic CBOR value (RFC 8949, 4.2) and nothing behind it."""
    stream = io.BytesIO(data)
    value = cbor2.load(stream)
    demand(stream.tell() == len(data), "bytes behind the CBOR value")
    demand(cbor2.dumps(value, canonical=True) == data, "CBOR has another form")
    return value


def ascending(values, what):
    demand(all(a < b for a, b in zip(values, values[1:])), f"{what} not strictly ascending")
    return values


# Items


def item_header(data):
    """The header at the beginning of data, and its length."""
    demand(len(data) >= 176, "an item is too short")
    heads_end = 123 + 32 * data[122]
    demand(data[122] <= 16 and len(data) >= heads_end + 53, "an item's heads")
    inc, seq = struct.unpack_from("<QQ", data, 66)
    (hlc,) = struct.unpack_from("<Q", data, 114)
    (body_len,) = struct.unpack_from("<I", data, heads_end + 17)
    demand(data[0] == 1, "an item's version")
    demand(max(inc, seq, hlc) < 2**63 and seq >= 1, "an item's numbers")
    demand(body_len <= 65_536, "an item's body is too long")
    heads = [data[123 + 32 * n : 155 + 32 * n] for n in range(data[122])]
    return {
        "kind": KINDS[data[1]],
        "space": data[2:34],
        "device": data[34:66],
        "inc": inc,
        "seq": seq,
        "prev": data[82:114],
        "hlc": hlc,
        "heads": ascending(heads, "heads"),
        "doc_kind": data[heads_end],
        "doc_name": data[heads_end + 1 : heads_end + 17],
        "body_len": body_len,
        "body_hash": data[heads_end + 21 : heads_end + 53],
        "bytes": data[: heads_end + 53],
    }


def item(data):
    """A whole or an erased item; its body is checked against its hash, its signature not yet."""
    parsed = item_header(data)
    header = parsed["bytes"]
    rest = data[len(header) :]
    parsed["id"] = digest("belay/v1/item", var(header))
    parsed["signature"] = rest[-64:]
    if len(rest) == 64:
        parsed["body"] = None
        return parsed
    demand(len(rest) == 16 + parsed["body_len"] + 64, "an item's length")
    body = rest[16:-64]
    demand(digest("belay/v1/body", rest[:16], var(body)) == parsed["body_hash"], "a body's hash")
    parsed["body"] = body
    return parsed


def verify_item(parsed, public):
    verify(public, signed_input("belay/v1/item", var(parsed["bytes"])), parsed["signature"])


# Bodies


def record(data):
    demand(len(data) >= 11, "a record is too short")
    rev, flags, schema = struct.unpack_from("<QBH", data)
    demand(flags in (0, 1) and rev < 2**63, "a record's flags or revision")
    payload = data[11:]
    demand((flags == 1) == (payload == b""), "a record is withdrawn and empty, or neither")
    return {
        "rev": rev,
        "withdrawn": flags == 1,
        "schema": schema,
        "payload": cbor(payload) if payload else None,
    }


def genesis(fields):
    """A genesis' map with the ids that follow from it, its signature checked."""
    demand(list(fields) == [0, 1, 2, 3, 4, 5], "a genesis' fields")
    unsigned = cbor2.dumps({key: fields[key] for key in range(5)}, canonical=True)
    verify(fields[0], signed_input("belay/v1/cert", var(unsigned)), fields[5])
    person = digest("belay/v1/person", var(unsigned))
    return {
        "person": person,
        "device": digest("belay/v1/device", person, fields[1], fields[2]),
        "sign_pk": fields[1],
        "kem_pk": fields[3][1],
    }


def membership(data):
    fields = cbor(data)
    operations = ["create", "add_person", "add_device", "remove", "leave"]
    operations += ["set_role", "set_policy", "rotate_recovery", "merge"]
    body = {"operation": operations[fields[0] - 1]}
    if body["operation"] in ("create", "add_person"):
        body["genesis"] = genesis(fields[2 if body["operation"] == "create" else 1])
    if body["operation"] == "add_device":
        body["certificate"] = certificate(fields[1])
    if body["operation"] == "remove":
        body["target"] = fields[1][1:]
    return body


def certificate(fields):
    """A later device of a person, with the id that follows."""
    demand(list(fields) == [0, 1, 2, 3], "a certificate's fields")
    return {
        "person": fields[0],
        "device": digest("belay/v1/device", fields[0], fields[1], fields[2]),
        "sign_pk": fields[1],
    }


def epoch(data):
    fields = cbor(data)
    demand(list(fields) == [0, 1, 2, 3], "an epoch's fields")
    return {
        "parents": ascending(fields[0], "parents"),
        "recipients": ascending(fields[1], "recipients"),
        "commit_salt": fields[2],
        "secret_commit": fields[3],
    }


def wraps(data):
    fields = cbor(data)
    entries = fields[1]
    demand(len(entries) in (4, 16), "wraps come in fours or sixteens")
    ascending([entry[0] for entry in entries], "wraps")
    demand(all((len(e[1]), len(e[2])) == (1120, 48) for e in entries), "a wrap's sizes")
    return {"epoch": fields[0], "devices": [entry[0] for entry in entries]}


def erase(data):
    slots = cbor(data)[0]
    ascending([(slot[0], slot[1], slot[2]) for slot in slots], "slots")
    return {"items": [slot[3] for slot in slots]}


def ack(data):
    fields = cbor(data)
    ascending([(entry[0], entry[1]) for entry in fields[0]], "a vector")
    return {"epoch": fields[1], "chains": len(fields[0])}


def kem(data):
    fields = cbor(data)
    demand(list(fields) == [0, 1, 2] and len(fields[1]) == 1216, "a KEM statement")
    return {"n": fields[0]}


def need(data):
    return {"epoch": cbor(data)[0]}


def changes(data):
    lengths, at = [], 0
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at)
        demand(0 < length <= len(data) - at - 4, "a change's length")
        lengths.append(length)
        at += 4 + length
    demand(lengths, "no change")
    return {"lengths": lengths}


BODIES = {
    "changes": changes,
    "record": record,
    "membership": membership,
    "epoch": epoch,
    "wraps": wraps,
    "kem": kem,
    "need": need,
    "ack": ack,
    "erase": erase,
}


def body(parsed):
    return None if parsed["body"] is None else BODIES[parsed["kind"]](parsed["body"])


# Epochs and envelopes


class Epoch:
    """The keys of one epoch of one space."""

    def __init__(self, space, epoch_id, secret):
        prk = hkdf_extract(epoch_id, secret)
        self.space, self.id, self.secret = space, epoch_id, secret
        self.k_env = hkdf_expand(prk, b"belay/v1/k_env")
        seed = hkdf_expand(prk, b"belay/v1/k_mailbox")
        self.mailbox = sodium.crypto_sign_seed_keypair(seed)[0]
        self.tag = digest("belay/v1/tag", self.mailbox)[:16]

    def fits(self, parsed):
        """Whether an `epoch` item commits to this secret."""
        fields = epoch(parsed["body"])
        commit = hkdf(self.secret, fields["commit_salt"], "belay/v1/epoch-commit")
        return parsed["id"] == self.id and hmac.compare_digest(commit, fields["secret_commit"])


def padme(length):
    if length <= 512:
        return 512
    e = length.bit_length() - 1
    s = e.bit_length()
    step = 1 << (e - s)
    return (length + step - 1) // step * step


def outer(data):
    demand(OUTER_HEAD + 16 <= len(data) <= OUTER_MAX, "an envelope's size")
    (ct_len,) = struct.unpack_from("<I", data, 106)
    demand((data[0], data[1]) == (1, 1), "an envelope's version or suite")
    demand(len(data) == OUTER_HEAD + ct_len, "an envelope's length")
    return {
        "id": blake3.blake3(data).digest(),
        "erase_hash": data[2:34],
        "tag": data[34:50],
        "nonce": data[50:74],
        "commit": data[74:106],
    }


def open_envelope(data, keys):
    """The items in an envelope, for who has the keys of its epoch."""
    head = outer(data)
    demand(head["tag"] == keys.tag, "another mailbox")
    derived = hkdf(keys.k_env, head["nonce"], "belay/v1/env", 64)
    demand(hmac.compare_digest(derived[32:], head["commit"]), "another key")
    aad = data[:OUTER_HEAD] + keys.space + keys.id
    plain = aead_open(derived[:32], head["nonce"], aad, data[OUTER_HEAD:])
    (length,) = struct.unpack_from("<I", plain)
    demand(len(plain) == padme(4 + length), "a plaintext's padding")
    content, zeros = plain[4 : 4 + length], plain[4 + length :]
    demand(len(content) == length and not any(zeros), "a plaintext's padding")
    if content[:4] == ZSTD_MAGIC:
        frame = zstandard.get_frame_parameters(content)
        demand(0 < frame.content_size <= PLAIN_MAX, "a frame's size")
        demand(frame.window_size <= PLAIN_MAX and frame.dict_id == 0, "a frame's window")
        unzip = zstandard.ZstdDecompressor().decompressobj()
        content = unzip.decompress(content)
        demand(unzip.unused_data == b"", "more than one frame")
        demand(len(content) == frame.content_size, "a frame's size")
    items, at = [], 0
    while at < len(content):
        (size,) = struct.unpack_from("<I", content, at)
        demand(0 < size <= len(content) - at - 4, "an item's frame")
        items.append(content[at + 4 : at + 4 + size])
        at += 4 + size
    demand(items and len(content) <= PLAIN_MAX, "an envelope's content")
    return items


def erase_hash(erase_key, nonce):
    return digest("belay/v1/erase", hkdf(erase_key, nonce, "belay/v1/erase"))


# Relay


def page(data):
    gen, head, floor, count = struct.unpack_from("<QQQI", data)
    entries, at = [], 28
    for _ in range(count):
        seq, length = struct.unpack_from("<QI", data, at)
        entries.append([seq, data[at + 12 : at + 12 + length]])
        at += 12 + length
    demand(at == len(data), "bytes behind a page")
    return {"gen": gen, "head": head, "floor": floor, "entries": entries}


def envelopes(data):
    """Envelopes one after the other, taken apart by their lengths alone."""
    found, at = [], 0
    while at < len(data):
        (ct_len,) = struct.unpack_from("<I", data, at + 106)
        found.append(data[at : at + OUTER_HEAD + ct_len])
        at += OUTER_HEAD + ct_len
    demand(at == len(data), "an envelope is cut short")
    return found


# The rest


def verify_request(public, request, signature):
    message = signed_input(
        "belay/v1/req",
        var(request["method"]),
        var(request["path"]),
        var(request["query"]),
        struct.pack("<Q", request["time_ms"]),
        blake3.blake3(request["body"]).digest(),
        var(request["origin"]),
    )
    verify(public, message, signature)


def slot(data, key, identity, number):
    aad = signed_input("belay/v1/rdv", identity, bytes([number]))
    return aead_open(key, data[:24], aad, data[24:])


def invitation(text):
    prefix = "BELAY:PAIR/1/"
    demand(text.startswith(prefix), "no invitation")
    data = text[len(prefix) :]
    raw = base64.b32decode(data + "=" * (-len(data) % 8))
    fields, (checksum,) = raw[:-4], struct.unpack("<I", raw[-4:])
    demand(zlib.crc32(fields) == checksum, "an invitation's checksum")
    (expires,) = struct.unpack_from("<Q", fields, 48)
    (length,) = struct.unpack_from("<I", fields, 56)
    return {
        "id": fields[:16],
        "key": fields[16:48],
        "expires_at_ms": expires,
        "relay": fields[60 : 60 + length].decode("ascii"),
    }


def key_file(data, keystore_secret, passcode):
    """The store key in a key file."""
    demand(data[:8] == b"BELAYKEY" and data[8] == 1, "no key file of version 1")
    demand(blake3.blake3(data[:-8]).digest()[:8] == data[-8:], "a key file is damaged")
    memory_kib, passes, lanes = struct.unpack_from("<III", data, 10)
    salt = data[22:38]
    material = var(keystore_secret)
    if data[9] & 1:
        demand(lanes == 1, "libsodium has one lane")
        material += sodium.crypto_pwhash_alg(
            32, passcode, salt, passes, memory_kib * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13
        )
    derived = hkdf(material, salt, "belay/v1/store-key", 48)
    demand(hmac.compare_digest(derived[32:], data[38:54]), "another secret")
    return aead_open(derived[:32], data[54:78], data[:54], data[78:126])
