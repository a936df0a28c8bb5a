"""The stage: a house whose calendar can be turned back, and everyone who acts on it.

Everything goes through the services, so whatever the demonstration shows is what real people would have made.
"""

import gettext
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from reporting.crypto.token import Token
from reporting.demo.stories import Said, Story
from reporting.domain.organisation.calendars import OfficeCalendar
from reporting.domain.questions import Door, question
from reporting.domain.sealed.disclosure import Answer, People, answer_to
from reporting.resources import folder
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework import case as casework
from reporting.services.help.legal_profiles import claims
from reporting.services.house import House
from reporting.services.reading.readers import Audience, audience_of
from reporting.services.survivor.composing import compose
from reporting.services.survivor.drafts import new_draft
from reporting.services.survivor.report import seal_report, submit_report
from reporting.services.survivor.tokens import reporter_from
from reporting.store.database import Stores, Work, reading, writing
from reporting.store.offices import find_office_by_code

P = ParamSpec("P")
R = TypeVar("R")

BETWEEN_ACTS = timedelta(minutes=7)


class Calendar:
    """A clock that stands on some day before today and moves a little with each act."""

    def __init__(self) -> None:
        self.start = datetime.now(UTC).replace(tzinfo=None, hour=7, minute=30, second=0, microsecond=0)
        self.moment = self.start

    def __call__(self) -> datetime:
        """Return the moment, as `House.now` does."""
        return self.moment

    def go_to(self, days_ago: int, *, working: bool = False) -> None:
        """Go to the morning of a day; for staff to the working day before, where it is none."""
        self.moment = self.start - timedelta(days=days_ago)
        while working and not OfficeCalendar().is_working_day(self.moment.date()):
            self.moment -= timedelta(days=1)

    def move_on(self) -> None:
        """Let a few minutes pass."""
        self.moment += BETWEEN_ACTS


@dataclass(frozen=True)
class Told:
    """A story that became a case."""

    token: Token
    reporter: Reporter
    case_id: bytes


@dataclass
class Stage:
    """The stores, the house with its calendar, and the people who have accounts."""

    stores: Stores
    house: House
    calendar: Calendar
    members: dict[str, StaffMember] = field(default_factory=dict)

    def do(self, act: Callable[Concatenate[Work, House, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Carry out one service in a unit of its own."""
        self.calendar.move_on()
        with writing(self.stores) as work:
            return act(work, self.house, *args, **kwargs)

    def tell(self, story: Story, days_ago: int) -> Told:
        """Send a story on a day, as its form would."""
        self.calendar.go_to(days_ago)
        say = _translator(story.language)
        closed = tuple(self.members[username].staff_id.hex() for username in story.closed_to)
        draft = new_draft(story.language, story.door).with_answers(
            tuple(_answer(*pair, say) for pair in story.said.items())
        )
        submission = compose(replace(draft, named=story.named, excluded_staff=closed), self.house.today())
        token = draft.drawn_token()
        reporter = reporter_from(self.house, token)
        audience = self._audience(story, submission.people)
        law, duty = self._law_shown(story, audience)
        submission = replace(submission, law=law, duty=duty)
        sealed = seal_report(self.house, reporter, submission, audience, today=self.house.today())
        return Told(token, reporter, self.do(submit_report, reporter, sealed))

    def take_up(self, username: str, told: Told, days_ago: int, title: str = "") -> StaffMember:
        """Let somebody answer the conflict question on a working day, read, and name the case."""
        self.calendar.go_to(days_ago, working=True)
        member = self.members[username]
        self.do(casework.names_to_check, member, told.case_id)
        self.do(casework.declare_no_conflict, member, told.case_id)
        self.do(casework.view_case, member, told.case_id)
        if title:
            self.do(casework.name_case, member, told.case_id, title)
        return member

    def _law_shown(self, story: Story, audience: Audience | None) -> tuple[str, str]:
        """Return what the page before the first word says of the law: what may keep something, what may open a name."""
        if audience is None:
            return "", ""
        with reading(self.stores) as work:
            law = claims(work, self.house, audience.office.country, story.language)
        return law.hold_law, law.identity_duty

    def _audience(self, story: Story, people: People) -> Audience | None:
        if story.door is Door.PRIVATE:
            return None
        with reading(self.stores) as work:
            office = find_office_by_code(work.main, story.place)
            if office is None:
                raise LookupError(story.place)
            found = audience_of(work, self.house, office, people, desk_only=story.door is Door.COMPLAINT)
            work.main.expunge_all()
            return found


def _answer(question_id: str, said: Said, say: Callable[[str], str]) -> Answer:
    if isinstance(said, str):
        return answer_to(question(question_id), text=said, say=say)
    return answer_to(question(question_id), choices=said, say=say)


def _translator(language: str) -> Callable[[str], str]:
    found = gettext.translation("messages", str(folder("translations")), [language], fallback=True)
    return found.gettext
