"""The accounts as the administrator sees them: nothing that a person does or holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.services.house import House
from reporting.services.reading.trust import is_trusted
from reporting.store.conduct import all_acceptances
from reporting.store.database import Work
from reporting.store.offices import all_offices
from reporting.store.staff import Staff, all_staff


@dataclass(frozen=True)
class AccountLine:
    """One account; `accepted_on` and `accepted` say when which version of the code of conduct was accepted last."""

    staff: Staff
    office: str
    trusted: bool
    accepted_on: date | None
    accepted: str


def account_lines(work: Work, house: House) -> Sequence[AccountLine]:
    """Return every account, by user name."""
    names = {office.id: office.name for office in all_offices(work.main)}
    acceptances = all_acceptances(work.main)
    return [
        AccountLine(
            staff,
            names[staff.office_id],
            is_trusted(work, house, staff),
            acceptances[staff.id].accepted_on if staff.id in acceptances else None,
            acceptances[staff.id].version if staff.id in acceptances else "",
        )
        for staff in all_staff(work.main)
    ]
