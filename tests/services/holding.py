"""A law that keeps something, as several tests need it."""

from collections.abc import Sequence
from datetime import timedelta

from reporting.domain.case import ItemKind
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework import case as casework
from reporting.services.file import holds
from reporting.services.file.listing import listed_in
from reporting.services.reading import approvals
from reporting.services.sealed.sealing import open_case
from reporting.store.database import reading
from reporting.store.offices import Office
from tests.builders import Built, Team, in_unit, send_report, sign_law
from tests.services.acts import take_up

LAW = "The labour code, article 12, lets a labour court keep evidence for a year."


def declare_law(built: Built, office: Office, law: str = LAW) -> Office:
    """Let an office declare a law, and return the office."""
    return sign_law(built, office, hold_law=law)


def listed_ids(built: Built, member: StaffMember, case_id: bytes, *kinds: ItemKind) -> list[bytes]:
    """Return the ids of the things of these kinds in a case."""
    with reading(built.stores) as work:
        found = listed_in(work, open_case(work, member, built.house, case_id))
        return [one.id for one in found if one.kind in kinds]


def ask(
    built: Built, member: StaffMember, case_id: bytes, ids: Sequence[bytes], *, days: int = 90, reason: str = "Court"
) -> bytes:
    """Ask to keep something."""
    until = built.house.today() + timedelta(days=days)
    entry_id = in_unit(built, holds.ask, member, case_id, ids, reason, until)
    assert isinstance(entry_id, bytes)
    return entry_id


def agree(built: Built, member: StaffMember) -> None:
    """Say yes to the only thing that waits for this person."""
    with reading(built.stores) as work:
        (waiting,) = approvals.waiting_for(work, built.house, member)
    in_unit(built, approvals.decide, member, waiting.request_id, yes=True)


def hold(built: Built, team: Team, case_id: bytes, *kinds: ItemKind, days: int = 90) -> bytes:
    """Let Amina ask, Ben agree and the hold begin; return its id."""
    entry_id = ask(built, team.amina, case_id, listed_ids(built, team.amina, case_id, *kinds), days=days)
    agree(built, team.ben)
    hold_id = in_unit(built, holds.begin, team.amina, case_id, entry_id)
    assert isinstance(hold_id, bytes)
    return hold_id


def case_under_law(built: Built, team: Team, text: str = "He did it in the lift.") -> tuple[Reporter, bytes]:
    """Return her and her case in an office with a declared law, taken up by both case managers."""
    _, reporter, case_id = send_report(built, declare_law(built, team.office), text)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    in_unit(built, casework.write_note, team.amina, case_id, "A note for us.")
    return reporter, case_id
