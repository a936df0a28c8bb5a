"""What must be true of the stores afterwards, whatever happened to the server meanwhile."""

from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import select

from reporting.crypto.token import parse
from reporting.domain.case import FIRST_ITEMS, Compartment, Status
from reporting.services.oversight.audit import verify
from reporting.services.survivor import follow, tokens
from reporting.store.cases import Case, CompartmentRow, Item
from reporting.store.database import reading
from reporting.store.grants import Grant
from reporting.store.holdings import Holding
from reporting.store.reporters import Reporter
from reporting.store.shred import ShredKeyRow
from tests.builders import Built

# Argon2 lets go of the interpreter: as many at once as this machine has processors.
AT_ONCE = 2


def stories_of(built: Built, shown: Iterable[str]) -> dict[str, str]:
    """Open the one case of each token that was shown, as she would, and return her account by token."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(pool.map(lambda token: (token, story_of(built, token)), shown))


def story_of(built: Built, token: str) -> str:
    """Open the one case of a token and return her account."""
    person = tokens.reporter_from(built.house, parse(token))
    with reading(built.stores) as work:
        (case_id,) = tokens.come_back(work, person)
        page = follow.view(work, built.house, person, case_id)
    answer = page.disclosure.answer("account.story")
    assert answer is not None
    return answer.text


def cases_are_whole(built: Built, *, readers: int) -> int:
    """Check that no case is half there and no reporter without one; return how many cases there are."""
    with reading(built.stores) as work:
        cases = {case.id: case for case in work.main.scalars(select(Case))}
        items, grants = _by_case(work.main.scalars(select(Item))), _by_case(work.main.scalars(select(Grant)))
        compartments = _by_case(work.main.scalars(select(CompartmentRow)))
        holdings = _by_case(work.main.scalars(select(Holding)))
        reporters = set(work.main.scalars(select(Reporter.lookup_id)))
        shred_keys = set(work.shred.scalars(select(ShredKeyRow.grant_id)))
        assert not verify(work, built.house)
    for part in (items, grants, compartments, holdings):
        assert set(part) == set(cases)
    for case_id, case in cases.items():
        assert case.status == Status.RECEIVED
        assert Counter(item.kind for item in items[case_id]) == Counter(FIRST_ITEMS)
        assert {row.compartment for row in compartments[case_id]} == set(Compartment)
        assert len(holdings[case_id]) == readers
        assert len(grants[case_id]) == 3 + 2 * readers
        assert shred_keys.issuperset(grant.id for grant in grants[case_id])
    hers = Counter(grant.holder[1:] for rows in grants.values() for grant in rows if grant.holder[:1] == b"r")
    assert hers == dict.fromkeys(reporters, 3)
    assert len(reporters) == len(cases)
    return len(cases)


def sent_is_what_opens(built: Built, sent: Mapping[str, str]) -> None:
    """Check that each token that was shown opens what was sent with it."""
    assert stories_of(built, sent) == dict(sent)


def _by_case(rows: Iterable[Any]) -> dict[bytes, list[Any]]:
    found: dict[bytes, list[Any]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found
