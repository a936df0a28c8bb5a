"""Sealed items: what a person wrote, openable by whoever holds the compartment key, and only in its own place.

A sealed item is `version (1) || locked text` (see `sealing`). Its key is derived from the compartment key and the
item's id; case, compartment, generation, item and kind are bound, so a row moved or relabelled in the database does
not open. The text is padded, so a row shows its size class and nothing else.

Boxes are the same for what belongs to no case: a session or a draft, sealed under a secret that only a cookie or a
form carries.
"""

from dataclasses import dataclass

from reporting.crypto.errors import Tampered, UnknownVersion
from reporting.crypto.framing import frame, number
from reporting.crypto.padding import CLASSES, pad, pad_to, unpad
from reporting.crypto.parameters import BOX_LABEL, BOX_VERSION, ITEM_LABEL, ITEM_VERSION
from reporting.crypto.sealing import LOCK_OVERHEAD, derive, lock, unlock
from reporting.crypto.secret import CompartmentKey, Secret

OVERHEAD = 1 + LOCK_OVERHEAD
SEALED_SIZES = frozenset(size + OVERHEAD for size in CLASSES)


@dataclass(frozen=True, slots=True)
class ItemContext:
    """The one place where an item may be opened: ids of 16 bytes, compartment and kind by their stored names."""

    case_id: bytes
    compartment: str
    generation: int
    item_id: bytes
    kind: str

    def to_bytes(self) -> bytes:
        """The unambiguous encoding that is bound to the ciphertext."""
        return frame(
            ITEM_LABEL,
            self.case_id,
            self.compartment.encode(),
            number(self.generation),
            self.item_id,
            self.kind.encode(),
        )


def seal_item(key: CompartmentKey, context: ItemContext, plaintext: bytes, *, floor: int = CLASSES[0]) -> bytes:
    """Seal one item, padded to a class of at least `floor` bytes; TooLong beyond the largest class."""
    locked = lock(_item_material(key, context), pad(plaintext, floor), context.to_bytes())
    return bytes([ITEM_VERSION]) + locked


def open_item(key: CompartmentKey, context: ItemContext, sealed: bytes) -> bytes:
    """Open one item: UnknownVersion, WrongKey (another key or item id), or Tampered (anything else)."""
    locked = _body(sealed, ITEM_VERSION)
    if len(sealed) not in SEALED_SIZES:
        raise Tampered("no sealed item has this size")
    return unpad(unlock(_item_material(key, context), locked, context.to_bytes()))


def seal_box(secret: Secret, label: str, plaintext: bytes, *, size: int | None = None) -> bytes:
    """Seal bytes under any secret for the use named by `label`, padded to a class or to exactly `size` bytes.

    Put the row's own id into the label where one secret seals more than one row. TooLong when it does not fit.
    """
    padded = pad(plaintext) if size is None else pad_to(plaintext, size)
    bound = frame(BOX_LABEL, label.encode())
    return bytes([BOX_VERSION]) + lock(derive(secret.raw, bound), padded, bound)


def open_box(secret: Secret, label: str, sealed: bytes) -> bytes:
    """Open a box: UnknownVersion, WrongKey (another secret or label), or Tampered."""
    bound = frame(BOX_LABEL, label.encode())
    return unpad(unlock(derive(secret.raw, bound), _body(sealed, BOX_VERSION), bound))


def _item_material(key: CompartmentKey, context: ItemContext) -> bytes:
    return derive(key.raw, frame(ITEM_LABEL, context.item_id))


def _body(sealed: bytes, version: int) -> bytes:
    if not sealed:
        raise Tampered("nothing is there")
    if sealed[0] != version:
        raise UnknownVersion("sealed by a release that this one does not know")
    return sealed[1:]
