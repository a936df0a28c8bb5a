"""What can be promised to somebody who is about to write."""

from dataclasses import dataclass
from datetime import date

from reporting.domain.casework.clocks import acknowledge_by
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of, today_at
from reporting.services.organisation.duty import reading_day
from reporting.services.organisation.packs import in_force
from reporting.store.database import Work
from reporting.store.offices import Office


@dataclass(frozen=True)
class Outlook:
    """By when she has an answer if she sends it today, when somebody reads next, and what the rules there say."""

    acknowledge_day: date
    reading_day: date
    reads_today: bool
    feedback_months: int
    time_bar_months: int


def outlook(work: Work, house: House, office: Office) -> Outlook:
    """Return what can be promised at an office today: the same day that the clock of a report sent today would show."""
    week, reads, pack = calendar_of(office), reading_day(work, house, office), in_force(work, office).pack
    answer = acknowledge_by(week.day_began(house.today()), pack.terms, week)
    today = reads == today_at(house, office)
    return Outlook(answer, reads, today, pack.terms.feedback_months, pack.time_bar_months)
