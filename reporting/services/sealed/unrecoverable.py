"""The proof of erasure: an old copy of the main database beside the live shred store opens nothing that is erased.

It needs no key. A grant opens only with its shred key, so it is enough to look whether one is left.
"""

from dataclasses import dataclass

from sqlalchemy import select

from reporting.store.cases import Case
from reporting.store.database import Work
from reporting.store.grants import Grant
from reporting.store.shred import shred_keys_of


@dataclass(frozen=True)
class Looked:
    """How many cases the copy has, how many of them are erased by now, and their grants, with and without a key."""

    cases: int
    erased: int
    grants: int
    with_key: int


def look_at_copy(live: Work, copy: Work) -> Looked:
    """Compare a copy of the main database with the live one; `copy` reads the same shred store."""
    known = set(copy.main.scalars(select(Case.id)))
    erased = known - set(live.main.scalars(select(Case.id)))
    ids = [
        grant_id for grant_id, case_id in copy.main.execute(select(Grant.id, Grant.case_id)).all() if case_id in erased
    ]
    left = sum(len(shred_keys_of(live.shred, ids[at : at + 500])) for at in range(0, len(ids), 500))
    return Looked(len(known), len(erased), len(ids), left)
