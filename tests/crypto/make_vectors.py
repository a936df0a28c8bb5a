"""Write the known-answer vectors anew: `python -m tests.crypto.make_vectors`.

Only files that are missing are written. A vector that was ever released is a promise that this form stays readable,
so it is never replaced: a new version of a form gets a file of its own beside the old one. To make a file of an
unreleased form again, delete it first. Sealing is random, so each run gives other bytes that mean the same.
"""

import json
from collections.abc import Callable
from datetime import date

from reporting.crypto.framing import frame
from reporting.crypto.keyring import Keyring
from reporting.crypto.keys import KeyPair, SigningKey
from reporting.crypto.recovery import CopyContext, recovery_words, seal_copy
from reporting.crypto.secret import Secret, Seed
from reporting.crypto.shares import split_seed
from reporting.crypto.token import Token, derive
from reporting.crypto.wordlists import WORD_LANGUAGES
from reporting.domain.oversight.checkpoint import Checkpoint, Mark
from tests.crypto import vectors
from tests.crypto.make_sealed_vectors import (
    CASE,
    KEY,
    SEED,
    SUCCESS,
    Content,
    box,
    fact,
    fails,
    grant,
    halves,
    item,
    padding,
    passphrase,
    unpadding,
)
from tests.crypto.vectors import FOLDER

TOKEN = Token(bytes.fromhex("c6f3ac18944aa1d1c9bd"))
PARTS = [b"", b"one", b"\0" * 3]


def keys() -> Content:
    base = {"seed": SEED.raw.hex(), "message": frame(b"vouch", b"name").hex()}
    return {"form": "keys", "base": base | vectors.FORMS["keys"](base), "vectors": [{**SUCCESS, "name": "derived"}]}


def signature() -> Content:
    signer, message = SigningKey.from_seed(SEED), frame(b"vouch", b"name")
    base = {
        "signing_public": signer.public_key.hex(),
        "message": message.hex(),
        "sealed": signer.sign(message).hex(),
        "valid": False,
    }
    other = SigningKey.from_seed(Seed(KEY.raw)).public_key.hex()
    cases = [
        {**SUCCESS, "name": "valid", "valid": True},
        {**SUCCESS, "name": "another message", "message": frame(b"vouc", b"hname").hex()},
        {**SUCCESS, "name": "another signer", "signing_public": other},
        {**SUCCESS, "name": "flipped", "flip": 63},
        {**SUCCESS, "name": "cut", "keep": 63},
    ]
    return {"form": "signature", "base": base, "vectors": cases}


def token() -> Content:
    written = {language: " ".join(TOKEN.words(language)) for language in WORD_LANGUAGES}
    words = written["en"].split()
    arabic = "".join(chr(0x0660 + int(c)) if c.isdecimal() else c for c in TOKEN.digits())
    numbered = "\n".join(f"{n}. {word.upper()}" for n, word in enumerate(words, start=1))
    good = {
        **{f"words of {language}": text for language, text in written.items()},
        "digits": TOKEN.digits(),
        "digits of another script": arabic,
        "numbered and in capitals": numbered,
        "first four letters": "-".join(word[:4] for word in words),
        "Chinese without spaces": written["zh"].replace(" ", ""),
    }
    unknown = " ".join([*words[:4], "qqqqq", *words[5:]])
    cases = [
        *({**SUCCESS, "name": name, "text": text} for name, text in good.items()),
        fails("an unknown word", "UnknownWord", text=unknown, position=5, known=7),
        fails("seven words", "WrongLength", text=" ".join(words[:7]), found=7, expected=8),
        fails("nothing", "WrongLength", text="", found=0, expected=8),
        fails("26 digits", "WrongLength", text=TOKEN.digits()[:-1], found=26, expected=27),
        fails("words in another order", "WrongCheck", text=" ".join(reversed(words))),
        fails("another digit", "WrongCheck", text="000 000 000 000 000 000 000 000 001"),
        fails("a number beyond all tokens", "WrongCheck", text="9" * 27),
    ]
    return {"form": "token", "base": {"entropy": TOKEN.raw.hex()}, "vectors": cases}


def token_words() -> Content:
    cases = []
    for entropy in (TOKEN.raw, bytes(10), b"\xff" * 10):
        for language in WORD_LANGUAGES:
            fields = {"entropy": entropy.hex(), "language": language}
            name = f"{entropy.hex()} in {language}"
            cases.append({**SUCCESS, "name": name, **fields, **vectors.FORMS["token-words"](fields)})
    return {"form": "token-words", "base": {}, "vectors": cases}


def reporter() -> Content:
    reporter_keys = derive(TOKEN, CASE)
    base = {
        "entropy": TOKEN.raw.hex(),
        "salt": CASE.hex(),
        "lookup_id": reporter_keys.lookup_id.hex(),
        "seed": reporter_keys.seed.raw.hex(),
    }
    return {"form": "reporter", "base": base, "vectors": [{**SUCCESS, "name": "derived"}]}


def tag() -> Content:
    ring = Keyring(Secret(KEY.raw), b"")
    base = {
        "instance_key": KEY.raw.hex(),
        "use": "grant",
        "parts": [part.hex() for part in PARTS],
        "sealed": ring.tag("grant", *PARTS).hex(),
        "valid": False,
    }
    cases = [
        {**SUCCESS, "name": "valid", "valid": True},
        {**SUCCESS, "name": "another use", "use": "vouch"},
        {**SUCCESS, "name": "parts cut elsewhere", "parts": [b"o".hex(), b"ne".hex(), PARTS[2].hex()]},
        {**SUCCESS, "name": "another instance", "instance_key": bytes(32).hex()},
        {**SUCCESS, "name": "flipped", "flip": 0},
        fails("a use that is not listed", "KeyError", use="session"),
    ]
    return {"form": "tag", "base": base, "vectors": cases}


def checkpoint() -> Content:
    signer = Keyring(Secret(KEY.raw), b"").checkpoint_key
    marks = {"audit_events": (Mark(1, b"a" * 32), Mark(2, b"b" * 32)), "audit_days": (Mark(0, bytes(32)),)}
    text = Checkpoint(date(2026, 3, 2), signer.public_key, marks).body()
    base = {
        "instance_key": KEY.raw.hex(),
        "text": text,
        "signing_public": signer.public_key.hex(),
        "sealed": signer.sign(text.encode()).hex(),
        "valid": False,
    }
    cases = [
        {**SUCCESS, "name": "valid", "valid": True},
        {**SUCCESS, "name": "another day", "text": text.replace("2026", "2027")},
        {**SUCCESS, "name": "a line less", "text": "".join(text.splitlines(keepends=True)[:-1])},
        {**SUCCESS, "name": "flipped", "flip": 0},
    ]
    return {"form": "checkpoint", "base": base, "vectors": cases}


def recovery_copy() -> Content:
    context, recovery = CopyContext(bytes(range(16)), CASE), KeyPair.from_seed(Seed(KEY.raw))
    sealed, shred_key = seal_copy(SEED, recovery.public_key, context)
    base = {
        "recovery_seed": KEY.raw.hex(),
        "key_id": bytes(range(16)).hex(),
        "staff_id": CASE.hex(),
        "shred_key": shred_key.raw.hex(),
        "bound": context.to_bytes().hex(),
        "words": " ".join(recovery_words(recovery.public_key)),
        "sealed": sealed.hex(),
        "seed": SEED.raw.hex(),
    }
    cases = [
        {**SUCCESS, "name": "opened"},
        fails("another shred key", "WrongKey", shred_key=bytes(32).hex()),
        fails("another recovery key", "WrongKey", recovery_seed=bytes(32).hex()),
        fails("another account", "Tampered", staff_id=bytes(16).hex()),
        fails("another key id", "Tampered", key_id=bytes(16).hex()),
        fails("flipped", "Tampered", flip=700),
        fails("another version", "UnknownVersion", flip=0),
        fails("cut", "Tampered", keep=1228),
        fails("nothing", "Tampered", keep=0),
    ]
    return {"form": "recovery-copy", "base": base, "vectors": cases}


def shares() -> Content:
    notes, others = split_seed(SEED, 2, 3), split_seed(SEED, 2, 3)
    numbered = " ".join(f"{place}. {word.upper()}" for place, word in enumerate(notes[2].split(), start=1))
    short = " ".join(word[:4] for word in notes[1].split())
    swapped = notes[1].split()
    swapped[8:20] = reversed(swapped[8:20])
    cases = [
        {**SUCCESS, "name": "the first two"},
        {**SUCCESS, "name": "the last two", "shares": [notes[2], notes[1]]},
        {**SUCCESS, "name": "numbered, in capitals and cut short", "shares": [numbered, short]},
        fails("one of two", "NotAShare", shares=[notes[0]]),
        fails("a word in another place", "NotAShare", shares=[notes[0], " ".join(swapped)]),
        fails("no share", "NotAShare", shares=["words of something else"]),
        fails("nothing", "NotAShare", shares=[""]),
        fails("of another split", "OtherShares", shares=[notes[0], others[1]]),
        fails("twice the same", "SameShare", shares=[notes[0], notes[0]]),
    ]
    return {"form": "shares", "base": {"shares": list(notes[:2]), "seed": SEED.raw.hex()}, "vectors": cases}


MAKERS: dict[str, Callable[[], Content]] = {
    f"{maker.__name__.replace('_', '-')}-1.json": maker
    for maker in (
        item,
        box,
        grant,
        halves,
        fact,
        padding,
        unpadding,
        passphrase,
        keys,
        signature,
        token,
        token_words,
        reporter,
        tag,
        checkpoint,
        recovery_copy,
        shares,
    )
}


def write() -> None:
    """Write the files that are missing."""
    FOLDER.mkdir(exist_ok=True)
    for name, maker in MAKERS.items():
        if not (FOLDER / name).exists():
            (FOLDER / name).write_text(json.dumps(maker(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
