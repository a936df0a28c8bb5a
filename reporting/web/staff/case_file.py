"""What the pages of the work on a case share: the case opened once, its file, its way, and who can own a task."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response

from reporting.domain.case import Status
from reporting.domain.casework.ways import MEANS
from reporting.services.casework.course import Course, course_of
from reporting.services.casework.filing import look_at_file
from reporting.services.casework.tasks import owners
from reporting.services.reading.consent import choices_of
from reporting.services.sealed.entries import CaseFile, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work, writing
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff import work_words
from reporting.web.staff.case_places import CaseHead, case_page, head_of
from reporting.web.staff.pages import me


@dataclass(frozen=True)
class AtHand:
    """An opened case as its working pages need it. `owners` are pairs of staff id in hex and name."""

    head: CaseHead
    file: CaseFile
    course: Course
    owners: list[tuple[str, str]]
    is_closed: bool
    today: date


def at_hand(case_id: bytes, also: Callable[[Work, OpenCase], Any] | None = None) -> tuple[AtHand, Any]:
    """Open a case to read its file; `also` looks up what one page needs beside it, in the same unit.

    :raises NotFound: no grant.
    :raises NamesFirst: the conflict question comes first.
    """
    with writing(here().stores) as work:
        opened = look_at_file(work, here().house, me(), case_id)
        file = file_of(work, opened)
        found = AtHand(
            head_of(work, here().house, opened),
            file,
            course_of(file, choices_of(work, opened)),
            [(staff.id.hex(), staff.display_name) for staff in owners(work, here().house, opened)],
            opened.row.status == Status.CLOSED,
            here().house.today(),
        )
        more = also(work, opened) if also else None
    return found, more


def show(template: str, case: AtHand, *, status: int = 200, **context: Any) -> Response:
    """Return a working page of a case; the templates read every word from the tables of words."""
    return case_page(template, case.head, status=status, case=case, words=work_words, means=MEANS, **context)


def use(service: Callable[..., Any], case_id: bytes, *arguments: Any, **named: Any) -> None:
    """Carry out a service on a case in a unit of its own."""
    with writing(here().stores) as work:
        service(work, here().house, me(), case_id, *arguments, **named)


def back_to(endpoint: str, case_id: bytes, *, done: str = "", why: str = "", at: str = "") -> Response:
    """Lead back to a page of the case, with a code of what happened."""
    codes = {name: code for name, code in (("done", done), ("why", why)) if code}
    return go_to(url(endpoint, case_id=case_id, _anchor=at or None, **codes))


def id_of(value: object) -> bytes:
    """Return an id from a form; what is none names nothing."""
    return id_from(str(value or "")) or b""
