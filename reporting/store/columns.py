"""Every column says what it is, why it is kept and for how long.

`docs/RECORDS_OF_PROCESSING.md` and the page about privacy are generated from these declarations,
and a test walks the schema: a column without a declaration does not pass.
"""

from enum import StrEnum
from typing import Any, Final

from sqlalchemy.orm import MappedColumn, mapped_column

# A rowid would give away which row came before which.
NO_ROWID: Final[dict[str, Any]] = {"sqlite_with_rowid": False}


class DataClass(StrEnum):
    """What a thief with the bare row would learn from a column."""

    SEALED = "sealed"  # ciphertext: nothing without a key that is not in this database
    KEY = "key"  # key material, itself sealed, public, or kept in the shred store only
    HASH = "hash"  # one-way value, salted or keyed
    COARSE = "coarse"  # readable: a day, a status, a random id; never a survivor's words
    STAFF = "staff"  # readable: about a member of staff in their role
    PUBLIC = "public"  # readable, and shown on public pages anyway


def column(*args: Any, holds: DataClass, purpose: str, keep: str, **kwargs: Any) -> MappedColumn[Any]:
    """Return a mapped column that carries its own record of processing (GDPR article 30).

    :param holds: the class of data.
    :param purpose: one clause that says what the column is for.
    :param keep: one clause that says how long a value stays.
    """
    return mapped_column(*args, info={"holds": holds, "purpose": purpose, "keep": keep}, **kwargs)
