"""Lines: who reports to whom. The administrator enters it; it never gives anybody a key, it only closes out."""

from collections.abc import Iterator, Sequence

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.sealed.disclosure import People
from reporting.services.errors import DoesNotFit, NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.offices import Office, find_office
from reporting.store.staff import Staff, all_staff, find_staff


def above(work: Work, staff: Staff) -> frozenset[str]:
    """Return, in hex, everybody to whom a person reports however far up, and the offices in whose line they work."""
    bosses = [boss.id for boss in bosses_of(work, staff)]
    return frozenset(one.hex() for one in [*bosses, *(office.id for office in offices_over(work, staff.office_id))])


def over(work: Work, staff: Staff, people: People) -> frozenset[str]:
    """Return the same where links can close something; nothing where there are none."""
    return above(work, staff) if people.links else frozenset()


def linked_to(work: Work, staff: Staff, people: People) -> bool:
    """Return whether a handler's link closes this account by now, unless she opened the case to it by name."""
    hexed = staff.id.hex()
    return hexed not in people.opened_to and people.links_close(hexed, over(work, staff, people))


def bosses_of(work: Work, staff: Staff) -> Iterator[Staff]:
    """Yield to whom a person reports, the nearest first; a circle, which only the bare database can hold, ends."""
    seen, boss = {staff.id}, _boss_of(work, staff)
    while boss is not None and boss.id not in seen:
        yield boss
        seen.add(boss.id)
        boss = _boss_of(work, boss)


def offices_over(work: Work, office_id: bytes) -> Sequence[Office]:
    """Return an office and those above it, the nearest first."""
    found, current = dict[bytes, Office](), find_office(work.main, office_id)
    while current is not None and current.id not in found:
        found[current.id] = current
        current = find_office(work.main, current.parent_id) if current.parent_id else None
    return list(found.values())


def line_of(work: Work, over: bytes) -> list[Staff]:
    """Return everybody who works under a person or in the line of an office, themselves left out."""
    return [staff for staff in all_staff(work.main) if staff.id != over and over.hex() in above(work, staff)]


def set_supervisor(
    work: Work, house: House, actor_id: bytes | None, staff_id: bytes, supervisor_id: bytes | None
) -> None:
    """Enter to whom a person reports, or that they report to nobody here.

    :raises NotFound: no such account.
    :raises DoesNotFit: no such superior, or the person would come to report to themselves.
    """
    staff = find_staff(work.main, staff_id)
    if staff is None:
        raise NotFound
    boss = find_staff(work.main, supervisor_id) if supervisor_id else None
    if supervisor_id and (boss is None or staff_id in {boss.id, *(one.id for one in bosses_of(work, boss))}):
        raise DoesNotFit
    if staff.supervisor_id != supervisor_id:
        staff.supervisor_id = supervisor_id
        record_staff(work, house, StaffEvent.ACCOUNT_CHANGED, actor_id=actor_id, about_id=staff_id)


def _boss_of(work: Work, staff: Staff) -> Staff | None:
    return find_staff(work.main, staff.supervisor_id) if staff.supervisor_id else None
