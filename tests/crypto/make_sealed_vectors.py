"""How the vectors of the sealed forms are made; `tests.crypto.make_vectors` writes them."""

from typing import Any

from reporting.crypto.envelope import ItemContext, seal_box, seal_item
from reporting.crypto.facts import seal_fact
from reporting.crypto.framing import frame
from reporting.crypto.grants import GrantContext, join, seal_grant
from reporting.crypto.keys import KeyPair
from reporting.crypto.padding import CAPACITY, CLASSES, pad
from reporting.crypto.parameters import ITEM_LABEL
from reporting.crypto.passphrases import seal_seed
from reporting.crypto.sealing import derive, lock
from reporting.crypto.secret import CompartmentKey, Secret, Seed
from tests.crypto import vectors

Content = dict[str, Any]

CASE, ITEM = bytes(range(16)), bytes(range(16, 32))
KEY = CompartmentKey(bytes(range(32, 64)))
SEED = Seed(bytes(range(64, 96)))
TEXT = "She wrote: ‘I was told to stay late.’ كتبتُ هذا بنفسي 🌊"

SUCCESS: Content = {"name": "opens", "expect": "success"}


def fails(name: str, expect: str, **differs: Any) -> Content:
    """One vector that must be refused."""
    return {"name": name, "expect": expect, **differs}


def altered_everywhere(size: int, *, commitment: bool = True) -> list[Content]:
    """The alterations that every sealed form must notice: each of its parts flipped, cut short, emptied."""
    cut = [
        fails("cut by one byte", "Tampered", keep=size - 1),
        fails("only a version byte", "Tampered", keep=1),
        fails("empty", "Tampered", keep=0),
    ]
    body = [
        fails("commitment flipped", "WrongKey", flip=1),
        fails("end of commitment flipped", "WrongKey", flip=32),
        fails("nonce flipped", "Tampered", flip=33),
        fails("ciphertext flipped", "Tampered", flip=45),
        fails("tag flipped", "Tampered", flip=size - 1),
    ]
    return [fails("version flipped", "UnknownVersion", flip=0), *(body if commitment else []), *cut]


def moved(expect: str, **places: Any) -> list[Content]:
    """One vector for each field of a context, moved elsewhere."""
    return [fails(f"another {name}", expect, **{name: place}) for name, place in places.items()]


def item() -> Content:
    context = ItemContext(CASE, "story", 1, ITEM, "disclosure")
    sealed = seal_item(KEY, context, TEXT.encode())
    material = derive(KEY.raw, frame(ITEM_LABEL, ITEM))
    dirty = b"\1" + lock(material, pad(b"")[:-1] + b"x", context.to_bytes())
    small = b"\1" + lock(material, bytes(64), context.to_bytes())
    base = {
        "key": KEY.raw.hex(),
        "case_id": CASE.hex(),
        "compartment": "story",
        "generation": 1,
        "item_id": ITEM.hex(),
        "kind": "disclosure",
        "bound": context.to_bytes().hex(),
        "material": material.hex(),
        "plaintext": TEXT,
        "sealed": sealed.hex(),
    }
    elsewhere = moved("Tampered", case_id=ITEM.hex(), compartment="identity", generation=2, kind="message")
    cases = [
        SUCCESS,
        {"name": "empty", "expect": "success", "plaintext": "", "sealed": seal_item(KEY, context, b"").hex()},
        fails("another key", "WrongKey", key=bytes(32).hex()),
        fails("another item_id", "WrongKey", item_id=CASE.hex()),
        *elsewhere,
        *altered_everywhere(len(sealed)),
        fails("padding that is not zero", "Tampered", sealed=dirty.hex()),
        fails("a size that is no class", "Tampered", sealed=small.hex()),
    ]
    return {"form": "item", "base": base, "vectors": cases}


def box() -> Content:
    secret = Secret(KEY.raw)
    sealed = seal_box(secret, "session", b"the seed of an actor", size=64)
    base = {
        "secret": secret.raw.hex(),
        "label": "session",
        "plaintext": "the seed of an actor",
        "sealed": sealed.hex(),
    }
    cases = [
        SUCCESS,
        fails("another secret", "WrongKey", secret=bytes(32).hex()),
        fails("another label", "WrongKey", label="draft"),
        *altered_everywhere(len(sealed)),
    ]
    return {"form": "box", "base": base, "vectors": cases}


def grant() -> Content:
    holder = b"s" + ITEM
    context = GrantContext(CASE, "identity", 3, "desk_half", holder)
    sealed, shred_key = seal_grant(KEY, KeyPair.from_seed(SEED).public_key, context)
    base = {
        "seed": SEED.raw.hex(),
        "shred_key": shred_key.raw.hex(),
        "case_id": CASE.hex(),
        "compartment": "identity",
        "generation": 3,
        "part": "desk_half",
        "holder": holder.hex(),
        "bound": context.to_bytes().hex(),
        "key": KEY.raw.hex(),
        "sealed": sealed.hex(),
    }
    elsewhere = moved(
        "Tampered",
        case_id=ITEM.hex(),
        compartment="story",
        generation=2,
        part="handlers_half",
        holder=(b"r" + ITEM).hex(),
    )
    cases = [
        SUCCESS,
        fails("another holder's key pair", "WrongKey", seed=bytes(32).hex()),
        fails("another shred key", "WrongKey", shred_key=bytes(32).hex()),
        *elsewhere,
        *altered_everywhere(len(sealed)),
    ]
    return {"form": "grant", "base": base, "vectors": cases}


def halves() -> Content:
    mask = CompartmentKey(bytes(range(200, 232)))
    base = {
        "handlers_half": mask.raw.hex(),
        "desk_half": join(KEY, mask).raw.hex(),
        "key": KEY.raw.hex(),
    }
    return {"form": "halves", "base": base, "vectors": [{**SUCCESS, "name": "joined"}]}


def fact() -> Content:
    sealed = seal_fact(KeyPair.from_seed(SEED).public_key, CASE, b"counted")
    base = {"seed": SEED.raw.hex(), "case_id": CASE.hex(), "plaintext": "counted", "sealed": sealed.hex()}
    cases = [
        SUCCESS,
        fails("another key pair", "WrongKey", seed=bytes(32).hex()),
        fails("another case", "WrongKey", case_id=ITEM.hex()),
        fails("encapsulation flipped", "WrongKey", flip=1),
        fails("ciphertext flipped", "WrongKey", flip=1121),
        fails("tag flipped", "WrongKey", flip=1200),
        *altered_everywhere(len(sealed), commitment=False),
    ]
    return {"form": "fact", "base": base, "vectors": cases}


def padding() -> Content:
    cases = []
    for length, floor in ((0, 0), (4092, 0), (4093, 0), (0, 2), (16380, 1), (16381, 1), (CAPACITY, 0)):
        padded_as = vectors.FORMS["padding"]({"length": length, "floor": CLASSES[floor]})
        name = f"{length} bytes, at least {CLASSES[floor]}"
        cases.append({**SUCCESS, "name": name, "length": length, "floor": CLASSES[floor], **padded_as})
    cases.append(fails("one byte too many", "TooLong", length=CAPACITY + 1, floor=CLASSES[0], limit=CAPACITY))
    return {"form": "padding", "base": {}, "vectors": cases}


def unpadding() -> Content:
    base = {"plaintext": "text", "sealed": "00000004" + b"text".hex() + "0000"}
    cases = [
        SUCCESS,
        fails("dirty padding", "Tampered", flip=9),
        fails("longer than itself", "Tampered", keep=7),
        fails("half a length", "Tampered", keep=3),
        fails("empty", "Tampered", keep=0),
    ]
    return {"form": "unpadding", "base": base, "vectors": cases}


def passphrase() -> Content:
    chosen = "Café forêt sous la mer"
    stored = seal_seed(chosen, SEED).to_bytes()
    absurd = stored[:17] + b"\xff" * 4 + stored[21:]
    base = {"passphrase": chosen, "seed": SEED.raw.hex(), "sealed": stored.hex()}
    cases = [
        SUCCESS,
        {**SUCCESS, "name": "opens in decomposed form", "passphrase": "Cafe\u0301 fore\u0302t sous la mer"},
        fails("another passphrase", "WrongPassphrase", passphrase=chosen.lower()),
        fails("salt flipped", "WrongPassphrase", flip=1),
        fails("verifier flipped", "WrongPassphrase", flip=29),
        fails("commitment flipped", "WrongKey", flip=61),
        fails("sealed seed flipped", "Tampered", flip=105),
        fails("tag flipped", "Tampered", flip=152),
        fails("a cost that no release asks for", "Tampered", sealed=absurd.hex()),
        *altered_everywhere(len(stored), commitment=False),
    ]
    return {"form": "passphrase", "base": base, "vectors": cases}
