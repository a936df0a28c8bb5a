"""Setting aside what nobody could follow: together, with a reason, to be undone, and a sample seen by a second person.

It leaves the inbox and the clocks, is not counted, and is kept. Whatever she writes brings it back at once.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.case import Act, ItemKind, Status, acts, next_status
from reporting.domain.casework.aside import Aside, Back, Reason, reversible_until, to_check
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.sealed.entry import UNSIGNED
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework.case import move, open_to_work
from reporting.services.casework.clocks import set_clocks
from reporting.services.errors import NotAllowed, NotFound, WrittenSince
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.services.reading.consent import who_can_open
from reporting.services.sealed.entries import add, file_of
from reporting.services.sealed.facts import reseal_fact
from reporting.services.sealed.sealing import OpenCase, open_case, open_cases
from reporting.store.aside import SetAside, asides_to_check, find_aside, remove_aside
from reporting.store.cases import count_items
from reporting.store.database import Work
from reporting.store.holdings import held_case_ids


@dataclass(frozen=True)
class AsideView:
    """How a case stands to being set aside, as one of its handlers sees it.

    `entry` is empty where it is not set aside. `duplicate_of` is there only for who can open that case, too.
    """

    may_set_aside: bool
    seen: int
    entry: Aside | None
    duplicate_of: bytes | None
    until: date | None
    may_bring_back: bool
    may_check: bool


def seen_of(work: Work, case_ids: Sequence[bytes]) -> dict[bytes, int]:
    """Return how many messages each of these cases holds: what a form carries of what its sender has seen."""
    counts = count_items(work.main, case_ids, ItemKind.MESSAGE)
    return {case_id: counts.get(case_id, 0) for case_id in case_ids}


def set_aside(
    work: Work, house: House, actor: StaffMember, cases: Mapping[bytes, int], reason: Reason, original: str = ""
) -> int:
    """Set cases aside together, all or none; return how many. One that the actor does not hold does not exist.

    :param cases: each case with the number of messages that the actor has seen.
    :param original: for a duplicate, the reference of the other case, in the actor's hands.
    :raises NamesFirst: the conflict question comes first in one of them.
    :raises NotPossible: one of them is not new, or not being assessed.
    :raises WrittenSince: the reporter wrote to one of them meanwhile.
    :raises NotFound: no case in the actor's hands has this reference.
    """
    twin = _original(work, house, actor, cases, original) if reason is Reason.DUPLICATE else None
    entry = Aside(*UNSIGNED, reason, twin.hex() if twin else "")
    opened = [found for case_id in sorted(cases) if (found := _held(work, house, actor, case_id)) is not None]
    for case in opened:
        if seen_of(work, [case.id])[case.id] != cases[case.id]:
            raise WrittenSince
        case.row.waiting = False
        move(work, house, actor, case, Act.SET_ASIDE)
        add(work, house, case, actor, entry)
    sample = _sample(work, house, opened)
    work.main.add_all([SetAside(case_id=case.id, set_on=house.today(), to_check=case.id in sample) for case in opened])
    return len(opened)


def bring_back(work: Work, house: House, actor: StaffMember, case_id: bytes) -> None:
    """Take up again what was set aside; its clocks start anew.

    :raises NotFound: no grant, or it is not set aside.
    :raises NotAllowed: it was set aside too long ago, and whoever looked at it again left it there.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.SET_ASIDE)
    row = _row(work, opened)
    if not _is_reversible(house, row):
        raise NotAllowed
    add(work, house, opened, actor, Back(*UNSIGNED))
    remove_aside(work.main, case_id)
    _start_anew(house, opened)
    move(work, house, actor, opened, Act.BRING_BACK)


def check(work: Work, house: House, actor: StaffMember, case_id: bytes, *, stays: bool) -> None:
    """Say, as the second person, that it stays aside, or take it up again.

    :raises NotFound: nothing in this case waits for this person.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.SET_ASIDE)
    row = _row(work, opened)
    if not row.to_check or _author(work, opened) in (None, actor.staff_id.hex()):
        raise NotFound
    if not stays:
        bring_back(work, house, actor, case_id)
        return
    row.to_check = False
    record_staff(work, house, StaffEvent.ASIDE_CHECKED, actor_id=actor.staff_id, case_id=case_id)


def waiting_for_check(work: Work, house: House, actor: StaffMember) -> list[bytes]:
    """Return the ids of the cases at which this person is to look once more, the oldest first."""
    ids = asides_to_check(work.main, actor.staff_id)
    opened = {case.id: case for case in open_cases(work, actor, house, ids)}
    mine = actor.staff_id.hex()
    return [one for one in ids if one in opened and _author(work, opened[one]) not in (None, mine)]


def view(work: Work, house: House, actor: StaffMember, opened: OpenCase) -> AsideView:
    """Return how an opened case stands to being set aside."""
    row = find_aside(work.main, opened.id) if opened.row.status == Status.SET_ASIDE else None
    last = file_of(work, opened).last(Aside) if row else None
    entry = last.entry if last else None
    may = Act.SET_ASIDE in acts(Status(opened.row.status), actor.role)
    if row is None or entry is None:
        return AsideView(may, seen_of(work, [opened.id])[opened.id], None, None, None, False, False)
    twin = bytes.fromhex(entry.duplicate_of) if entry.duplicate_of else None
    return AsideView(
        may,
        0,
        entry,
        twin if twin and _opens(work, house, actor, twin) else None,
        None if row.to_check else reversible_until(row.set_on),
        _is_reversible(house, row),
        row.to_check and entry.author != actor.staff_id.hex(),
    )


def back_by_her(work: Work, house: House, opened: OpenCase) -> None:
    """Bring a case back because she wrote or chose something; the caller has locked it. Else nothing happens."""
    if opened.row.status != Status.SET_ASIDE:
        return
    opened.row.status = next_status(Status.SET_ASIDE, Act.BRING_BACK, Role.SURVIVOR).value
    remove_aside(work.main, opened.id)
    _start_anew(house, opened)
    reseal_fact(work, house, opened)
    set_clocks(work, house, opened.row)


def _start_anew(house: House, opened: OpenCase) -> None:
    """Let the clocks start here: the day of the first answer counts from today."""
    opened.row.received_on, opened.row.keep_until, opened.row.waiting = house.today(), None, True


def _held(work: Work, house: House, actor: StaffMember, case_id: bytes) -> OpenCase | None:
    try:
        return open_to_work(work, house, actor, case_id, Permission.SET_ASIDE)
    except NotFound:
        return None


def _opens(work: Work, house: House, actor: StaffMember, case_id: bytes) -> bool:
    try:
        open_case(work, actor, house, case_id)
    except NotFound:
        return False
    return True


def _original(work: Work, house: House, actor: StaffMember, cases: Mapping[bytes, int], reference: str) -> bytes:
    """Return the case that a reference means; one that is set aside at the same time cannot be the original."""
    code = "".join(sign for sign in reference.lower() if sign.isalnum())
    held = [one for one in held_case_ids(work.main, actor.staff_id) if one not in cases]
    found = [one for one in held if len(code) == REFERENCE_DIGITS and one.hex().startswith(code)]
    if len(found) != 1 or not _opens(work, house, actor, found[0]):
        raise NotFound
    return found[0]


REFERENCE_DIGITS = 8
"""How many digits of a case id make its reference."""


def _sample(work: Work, house: House, opened: Sequence[OpenCase]) -> set[bytes]:
    """Choose at random what a second person looks at, where there is one among those who handle it."""
    shared = [case.id for case in opened if len(who_can_open(work, house, case.id)) > 1]
    pool = shared or [case.id for case in opened]
    count = min(to_check(len(opened)), len(pool))
    return set(secrets.SystemRandom().sample(pool, count))


def _row(work: Work, opened: OpenCase) -> SetAside:
    row = find_aside(work.main, opened.id)
    if row is None or opened.row.status != Status.SET_ASIDE:
        raise NotFound
    return row


def _is_reversible(house: House, row: SetAside) -> bool:
    return row.to_check or house.today() <= reversible_until(row.set_on)


def _author(work: Work, opened: OpenCase) -> str | None:
    """Return who set it aside, from the sealed entry and not from a row; nothing where there is no key for it yet."""
    last = file_of(work, opened).last(Aside)
    return last.entry.author if last else None
