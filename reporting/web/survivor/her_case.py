"""One case of hers in one request: found by its reference, opened with her token, shown or changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request

from reporting.domain.case import WITH_ORGANISATION, Status
from reporting.domain.casework.outcome import CONSEQUENCES, TO_HER
from reporting.domain.casework.resolution import MEASURES
from reporting.domain.questions import Door
from reporting.domain.reading.consent import Purpose
from reporting.services.actors import Reporter
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.survivor.follow import CasePage, Deed, deeds, view
from reporting.services.survivor.tokens import come_back
from reporting.store.cases import find_case
from reporting.store.database import Work, reading, writing
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, render
from reporting.web.survivor.kept import kept_shown
from reporting.web.survivor.notices import Said, said
from reporting.web.survivor.outside import outside_told
from reporting.web.survivor.refs import find_by_ref, ref_of
from reporting.web.survivor.visitors import reporter

Change = tuple[Work, House, Reporter, bytes]


@dataclass(frozen=True)
class Line:
    """One message as it stands on a page."""

    who: str
    mine: bool
    day: date
    text: str


@dataclass(frozen=True)
class HerCase:
    """A case of hers as her pages show it."""

    ref: str
    page: CasePage
    deeds: list[Deed]
    several: bool

    @property
    def is_private(self) -> bool:
        """Return whether nobody but she can open it, now or at any time before she decides."""
        return self.page.status in (Status.PRIVATE, Status.WITHDRAWN)

    @property
    def is_open(self) -> bool:
        """Return whether somebody besides her may read it."""
        return self.page.status in WITH_ORGANISATION

    @property
    def door(self) -> Door:
        """Return the way that the case goes now."""
        return self.page.choices.door

    @property
    def written_on(self) -> date:
        """Return the day on which she wrote it."""
        return date.fromisoformat(self.page.disclosure.written_on)

    @property
    def messages(self) -> list[Line]:
        """Return the messages both ways, the oldest first."""
        return [Line(m.author_name, m.from_reporter, date.fromisoformat(m.day), m.text) for m in self.page.messages]

    @property
    def given(self) -> dict[Purpose, bool]:
        """Return what she agrees to now."""
        chosen = self.page.choices
        return {
            Purpose.CONTACT: chosen.contact,
            Purpose.STATISTICS: chosen.statistics,
            Purpose.IDENTITY: self.page.identity.visible_to_team,
            Purpose.TAKING_PART: chosen.taking_part,
        }


def her() -> Reporter:
    """Return who came with a token.

    :raises NotFound: nobody did.
    """
    person = reporter()
    if person is None:
        raise NotFound
    return person


def her_cases() -> list[HerCase]:
    """Return everything that her token opens.

    :raises NotFound: nothing any more.
    """
    person = her()
    with reading(here().stores) as work:
        ids = come_back(work, person)
        return [_opened(work, person, case_id, several=len(ids) > 1) for case_id in ids]


def look_at(ref: str, *, erasing: bool = False) -> HerCase:
    """Return the case that a reference means.

    :param erasing: also one that is being erased; about such a case there is one thing to decide, on its page.
    :raises NotFound: it means none of hers.
    """
    person = her()
    with reading(here().stores) as work:
        ids = come_back(work, person)
        case = _opened(work, person, find_by_ref(ref, ids), several=len(ids) > 1)
    if case.page.status is Status.ERASING and not erasing:
        raise NotFound
    return case


@contextmanager
def changing(ref: str, *, erasing: bool = False) -> Iterator[Change]:
    """Yield what the services want, in a writing unit: `with changing(ref) as it: close(*it)`.

    :param erasing: also a case that is being erased, about which there is one thing to decide.
    :raises NotFound: the reference means no case of hers.
    """
    person = her()
    with writing(here().stores) as work:
        case_id = find_by_ref(ref, come_back(work, person))
        case = find_case(work.main, case_id)
        if case is None or (case.status == Status.ERASING and not erasing):
            raise NotFound
        yield work, here().house, person, case_id


def show(template: str, case: HerCase, **context: Any) -> Response:
    """Return a page about one case, with what is to be said about the step before."""
    shown: dict[str, Any] = {
        "case": case,
        "page": case.page,
        "ref": case.ref,
        "ref_of": ref_of,
        "said": what_to_say(),
        "kept": kept_shown(case.page),
        "to_her": TO_HER,
        "done_words": CONSEQUENCES,
        "measures": MEASURES,
        "outside": outside_told(case.page),
    }
    return render(f"follow/{template}.html", **shown, **context)


def what_to_say() -> Said | None:
    """Return the sentence for the code that the address carries."""
    return said(request.args.get("done", "") or request.args.get("why", ""))


def back_to(endpoint: str, ref: str, **query: str) -> Response:
    """Answer a form with the page on which its effect stands."""
    return go_to(url(f"follow.{endpoint}", ref=ref, **query))


def _opened(work: Work, person: Reporter, case_id: bytes, *, several: bool) -> HerCase:
    page = view(work, here().house, person, case_id)
    return HerCase(ref_of(case_id), page, deeds(work, here().house, page.opened), several)
