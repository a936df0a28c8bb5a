"""The proof of erasure: an old copy of the main database beside the live shred store opens nothing that is erased.

It needs no key. A grant opens only with its shred key, and the link of a referral is one, so it is enough to look
whether one is left.
"""

from dataclasses import dataclass

from sqlalchemy import inspect, select

from reporting.store.cases import Case
from reporting.store.database import Work
from reporting.store.grants import Grant
from reporting.store.referral_links import ReferralLink
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
    ids = [grant_id for grant_id, case_id in _sealed_in(copy) if case_id in erased]
    left = sum(len(shred_keys_of(live.shred, ids[at : at + 500])) for at in range(0, len(ids), 500))
    return Looked(len(known), len(erased), len(ids), left)


def _sealed_in(copy: Work) -> list[tuple[bytes, bytes]]:
    """Return id and case of everything in a copy that waits for a shred key; an older copy knows no links yet."""
    known = set(inspect(copy.main.connection()).get_table_names())
    tables = [table for table in (Grant, ReferralLink) if table.__tablename__ in known]
    rows = [row for table in tables for row in copy.main.execute(select(table.id, table.case_id))]
    return [(row.id, row.case_id) for row in rows]
