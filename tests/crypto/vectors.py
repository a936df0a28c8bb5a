"""The known-answer vectors of `tests/vectors/`: how one is read and run, for the tests and for whoever ports a format.

A file holds `form` (which construction), `base` (fields of one case that succeeds) and `vectors`. A vector is a
`name`, an `expect` ("success", or the name of the error) and the fields in which it differs from the base. Of the
bytes in `sealed`, `flip` inverts the lowest bit of the byte at that place and `keep` leaves that many from the start.
Bytes are hex; text is text.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from reporting.crypto.envelope import ItemContext, open_box, open_item
from reporting.crypto.facts import open_fact
from reporting.crypto.grants import GrantContext, join, open_grant
from reporting.crypto.keyring import Keyring
from reporting.crypto.keys import KeyPair, SigningKey, fingerprint_words, verify
from reporting.crypto.padding import pad, unpad
from reporting.crypto.passphrases import SealedSeed, unseal_seed
from reporting.crypto.recovery import CopyContext, open_copy, recovery_words
from reporting.crypto.secret import CompartmentKey, Secret, Seed, ShredKey
from reporting.crypto.shares import Shares
from reporting.crypto.token import Token, derive, parse
from tests.machine import CHECKOUT

FOLDER = CHECKOUT / "tests" / "vectors"

Fields = Mapping[str, Any]


class Vector(NamedTuple):
    """One vector, its differences merged into the base."""

    file: str
    form: str
    name: str
    expect: str
    fields: Fields


def read(file: str, content: Fields) -> Iterator[Vector]:
    """The vectors of one file."""
    for vector in content["vectors"]:
        fields = {**content["base"], **vector}
        yield Vector(file, content["form"], fields.pop("name"), fields.pop("expect"), altered(fields))


def every_vector() -> list[Vector]:
    """The vectors of all files, in the order of their names."""
    paths = sorted(FOLDER.glob("*.json"))
    return [vector for path in paths for vector in read(path.name, json.loads(path.read_text(encoding="utf-8")))]


def altered(fields: dict[str, Any]) -> Fields:
    """Apply `keep` and `flip` to the sealed bytes."""
    sealed = bytearray.fromhex(fields.get("sealed", ""))
    if "keep" in fields:
        sealed = sealed[: fields["keep"]]
    if "flip" in fields:
        sealed[fields["flip"]] ^= 1
    return {**fields, "sealed": sealed.hex()}


def run(vector: Vector) -> dict[str, Any]:
    """What the construction makes of a vector, under the names of the fields that hold the answer; may raise."""
    return FORMS[vector.form](vector.fields)


def _bytes(fields: Fields, name: str) -> bytes:
    return bytes.fromhex(fields[name])


def _item(fields: Fields) -> dict[str, Any]:
    context = ItemContext(
        _bytes(fields, "case_id"),
        fields["compartment"],
        fields["generation"],
        _bytes(fields, "item_id"),
        fields["kind"],
    )
    plaintext = open_item(CompartmentKey(_bytes(fields, "key")), context, _bytes(fields, "sealed"))
    return {"bound": context.to_bytes().hex(), "plaintext": plaintext.decode()}


def _box(fields: Fields) -> dict[str, Any]:
    plaintext = open_box(Secret(_bytes(fields, "secret")), fields["label"], _bytes(fields, "sealed"))
    return {"plaintext": plaintext.decode()}


def _grant(fields: Fields) -> dict[str, Any]:
    context = GrantContext(
        _bytes(fields, "case_id"),
        fields["compartment"],
        fields["generation"],
        fields["part"],
        _bytes(fields, "holder"),
    )
    pair, shred_key = KeyPair.from_seed(Seed(_bytes(fields, "seed"))), ShredKey(_bytes(fields, "shred_key"))
    key = open_grant(_bytes(fields, "sealed"), shred_key, pair, context)
    return {"bound": context.to_bytes().hex(), "key": key.raw.hex()}


def _halves(fields: Fields) -> dict[str, Any]:
    one, other = (CompartmentKey(_bytes(fields, name)) for name in ("handlers_half", "desk_half"))
    return {"key": join(one, other).raw.hex()}


def _fact(fields: Fields) -> dict[str, Any]:
    pair = KeyPair.from_seed(Seed(_bytes(fields, "seed")))
    return {"plaintext": open_fact(pair, _bytes(fields, "case_id"), _bytes(fields, "sealed")).decode()}


def _padding(fields: Fields) -> dict[str, Any]:
    padded = pad(b"x" * fields["length"], fields["floor"])
    return {"padded_length": len(padded), "padded_sha256": hashlib.sha256(padded).hexdigest()}


def _unpadding(fields: Fields) -> dict[str, Any]:
    return {"plaintext": unpad(_bytes(fields, "sealed")).decode()}


def _passphrase(fields: Fields) -> dict[str, Any]:
    return {"seed": unseal_seed(fields["passphrase"], SealedSeed.from_bytes(_bytes(fields, "sealed"))).raw.hex()}


def _keys(fields: Fields) -> dict[str, Any]:
    pair, signer = KeyPair.from_seed(Seed(_bytes(fields, "seed"))), SigningKey.from_seed(Seed(_bytes(fields, "seed")))
    return {
        "public_key": pair.public_key.hex(),
        "signing_public": signer.public_key.hex(),
        "fingerprint": " ".join(fingerprint_words(pair.public_key, signer.public_key)),
        "signature": signer.sign(_bytes(fields, "message")).hex(),
    }


def _signature(fields: Fields) -> dict[str, Any]:
    signed = (_bytes(fields, name) for name in ("signing_public", "message", "sealed"))
    return {"valid": verify(*signed)}


def _token(fields: Fields) -> dict[str, Any]:
    return {"entropy": parse(fields["text"]).raw.hex()}


def _token_words(fields: Fields) -> dict[str, Any]:
    token = Token(_bytes(fields, "entropy"))
    return {"words": " ".join(token.words(fields["language"])), "digits": token.digits()}


def _reporter(fields: Fields) -> dict[str, Any]:
    keys = derive(Token(_bytes(fields, "entropy")), _bytes(fields, "salt"))
    return {"lookup_id": keys.lookup_id.hex(), "seed": keys.seed.raw.hex()}


def _tag(fields: Fields) -> dict[str, Any]:
    ring = Keyring(Secret(_bytes(fields, "instance_key")), b"")
    parts = [bytes.fromhex(part) for part in fields["parts"]]
    return {"valid": ring.check(fields["use"], _bytes(fields, "sealed"), *parts)}


def _checkpoint(fields: Fields) -> dict[str, Any]:
    signer = Keyring(Secret(_bytes(fields, "instance_key")), b"").checkpoint_key
    valid = verify(signer.public_key, fields["text"].encode(), _bytes(fields, "sealed"))
    return {"signing_public": signer.public_key.hex(), "valid": valid}


def _recovery_copy(fields: Fields) -> dict[str, Any]:
    context = CopyContext(_bytes(fields, "key_id"), _bytes(fields, "staff_id"))
    pair, shred_key = KeyPair.from_seed(Seed(_bytes(fields, "recovery_seed"))), ShredKey(_bytes(fields, "shred_key"))
    seed = open_copy(_bytes(fields, "sealed"), shred_key, pair, context)
    words = " ".join(recovery_words(pair.public_key))
    return {"bound": context.to_bytes().hex(), "seed": seed.raw.hex(), "words": words}


def _shares(fields: Fields) -> dict[str, Any]:
    shares = Shares()
    for text in fields["shares"]:
        shares.add(text)
    return {"seed": shares.seed().raw.hex()}


FORMS: dict[str, Callable[[Fields], dict[str, Any]]] = {
    "item": _item,
    "box": _box,
    "grant": _grant,
    "halves": _halves,
    "fact": _fact,
    "padding": _padding,
    "unpadding": _unpadding,
    "passphrase": _passphrase,
    "keys": _keys,
    "signature": _signature,
    "token": _token,
    "token-words": _token_words,
    "reporter": _reporter,
    "tag": _tag,
    "checkpoint": _checkpoint,
    "recovery-copy": _recovery_copy,
    "shares": _shares,
}
