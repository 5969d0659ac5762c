"""Reads a relay's whole file with every epoch secret that some stores hold, and with every one that stands in what these open.

Reads a JSON object: "relay" (a database file) and "stores" (name -> {"path", "key"}: a store's database and its key in
hexadecimal). Prints a list with one entry for each envelope that the relay still holds:
  id, mailbox, seq, and "opened": store -> items as that store's keys show them (signature checked, chain position, texts)
"""

import json
import re
import sqlite3
import sys

import sqlcipher3

import formats

EPOCH_SECRET = 3
KEYS = 9
EPOCH_KEY = 2


def epochs_of(store):
    """Every epoch of a store whose secret it holds, by mailbox."""
    database = sqlcipher3.connect(f"file:{store['path']}?mode=ro", uri=True)
    database.execute(f"PRAGMA key = \"x'{store['key']}'\"")
    rows = database.execute(
        "SELECT space.space_id, secret.name, secret.value FROM secret JOIN space ON space.id = secret.space"
        " WHERE secret.kind = ?",
        (EPOCH_SECRET,),
    )
    epochs = [formats.Epoch(*row) for row in rows]
    database.close()
    return {epoch.mailbox: epoch for epoch in epochs}


def texts(value):
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return []


def printable(data):
    """Runs of printable signs in the changes of an own document."""
    return [run.decode("ascii") for run in re.findall(rb"[\x20-\x7e]{4,}", data or b"")]


def follow(epochs, rows):
    """Adds the secrets that stand in records of keys which the known ones open, until nothing new comes of it."""
    read = set()
    found = True
    while found:
        found = False
        for mailbox, _, identity, envelope in rows:
            if mailbox not in epochs or identity in read:
                continue
            read.add(identity)
            for data in formats.open_envelope(envelope, epochs[mailbox]):
                item = formats.item(data)
                if (item["kind"], item["doc_kind"]) != ("record", KEYS) or item["body"] is None:
                    continue
                body = formats.body(item)
                if body["schema"] == EPOCH_KEY:
                    epoch = formats.Epoch(*(body["payload"][key] for key in range(3)))
                    found |= epoch.mailbox not in epochs
                    epochs.setdefault(epoch.mailbox, epoch)


def main():
    given = json.load(sys.stdin)
    stores = {name: epochs_of(store) for name, store in given["stores"].items()}
    relay = sqlite3.connect(f"file:{given['relay']}?mode=ro", uri=True)
    rows = relay.execute(
        "SELECT mailbox.pk, envelope.place & 0xffffffff, envelope.env_id, envelope.body"
        " FROM envelope JOIN mailbox ON mailbox.id = envelope.mailbox"
        " WHERE envelope.body IS NOT NULL ORDER BY envelope.place"
    ).fetchall()

    for epochs in stores.values():
        follow(epochs, rows)
    opened = []
    for mailbox, seq, identity, envelope in rows:
        formats.demand(formats.outer(envelope)["id"] == identity, "the relay's name of an envelope")
        by = {}
        for name, epochs in stores.items():
            if mailbox in epochs:
                items = formats.open_envelope(envelope, epochs[mailbox])
                by[name] = [formats.item(item) for item in items]
            else:
                # A mailbox of another epoch: no key at hand opens it either.
                for epoch in epochs.values():
                    try:
                        formats.open_envelope(envelope, epoch)
                    except ValueError:
                        continue
                    raise AssertionError("a key opened another mailbox's envelope")
        opened.append({"id": identity, "mailbox": mailbox, "seq": seq, "by": by})

    everything = [item for entry in opened for items in entry["by"].values() for item in items]
    signers = {}
    for item in everything:
        if item["kind"] == "membership" and item["body"]:
            body = formats.body(item)
            named = body.get("genesis") or body.get("certificate")
            if named:
                signers[named["device"]] = named["sign_pk"]
    for item in everything:
        formats.verify_item(item, signers[item["device"]])
        for epochs in stores.values():
            for epoch in epochs.values():
                if item["id"] == epoch.id:
                    formats.demand(epoch.fits(item), "a secret that its epoch does not commit to")

    def shown(item):
        body = formats.body(item)
        return {
            "id": item["id"].hex(),
            "kind": item["kind"],
            "device": item["device"].hex(),
            "seq": item["seq"],
            "texts": printable(item["body"]) if item["kind"] == "changes" else texts((body or {}).get("payload")),
            "removed": (body or {}).get("target", b"").hex(),
            "wrapped_for": [device.hex() for device in (body or {}).get("devices", [])],
            "recipients": [device.hex() for device in (body or {}).get("recipients", [])],
        }

    json.dump(
        [
            {
                "id": entry["id"].hex(),
                "mailbox": entry["mailbox"].hex(),
                "seq": entry["seq"],
                "opened": {name: [shown(item) for item in items] for name, items in entry["by"].items()},
            }
            for entry in opened
        ],
        sys.stdout,
    )


if __name__ == "__main__":
    main()
