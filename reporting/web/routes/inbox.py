"""The cases I hold: the most overdue first, filtered by stage and clock, page by page."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.case import WITH_ORGANISATION, Status
from reporting.policy import Permission
from reporting.services.duty import standing_in_for
from reporting.services.inbox import Filters, InboxRow, inbox
from reporting.services.vouches import is_vouched_for, news, own_words
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.addresses import id_from, reference_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import translated
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.words import DUE, KINDS, STATUSES

blueprint = Blueprint("inbox", __name__)


@dataclass(frozen=True)
class Shown:
    """One row as the page shows it."""

    url: str
    title: str
    reference: str
    kind: str
    status: str
    office: str
    received: date | None
    due: date | None
    due_for: str
    overdue: bool
    new: bool
    waiting: bool


@dataclass(frozen=True)
class Option:
    """One link of a filter."""

    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class Group:
    """A filter with its options."""

    label: str
    options: list[Option]


@blueprint.get("/staff/inbox")
@allow(Permission.SEE_INBOX)
def first() -> ResponseReturnValue:
    """Show one page of my cases, and who was lately vouched for in my office."""
    member, instance, chosen, after = me(), here(), _filters(), _after()
    with reading(instance.stores) as work:
        rows, more = inbox(work, instance.house, member, chosen, after)
        vouched, words = news(work, instance.house, member), own_words(work, member)
        standing_in = standing_in_for(work, member)
        trusted = is_vouched_for(work, instance.house, member)
    today = instance.house.today()
    return staff_page(
        "inbox/first.html",
        rows=[shown(row, today) for row in rows],
        groups=_groups(chosen),
        filtered=chosen != Filters(),
        first_url=url("inbox.first", **_query(chosen)) if after else None,
        next_url=url("inbox.first", **_query(chosen), after=f"{more[0]}.{more[1].hex()}") if more else None,
        standing_in=standing_in,
        vouched=vouched,
        trusted=trusted,
        words=words,
    )


def shown(row: InboxRow, today: date) -> Shown:
    """Return a row in the words of this page."""
    return Shown(
        url("case.view", case_id=row.case_id),
        row.title,
        gettext("Case %(reference)s", reference=reference_of(row.case_id)),
        translated(KINDS[row.kind]),
        translated(STATUSES[row.status]),
        row.office,
        row.received_on,
        row.due_on,
        translated(DUE[row.due_what]) if row.due_what else "",
        row.due_on is not None and row.due_on < today,
        row.status is Status.RECEIVED,
        row.waiting,
    )


def _filters() -> Filters:
    """Read the filter from the address; what is not one of ours narrows nothing."""
    status, show = request.args.get("status", ""), request.args.get("show", "")
    known = Status(status) if status in set(WITH_ORGANISATION) else None
    return Filters(known, overdue=show == "overdue", waiting=show == "waiting")


def _query(chosen: Filters) -> dict[str, str]:
    query = {"status": chosen.status.value} if chosen.status else {}
    if chosen.overdue or chosen.waiting:
        query["show"] = "overdue" if chosen.overdue else "waiting"
    return query


def _after() -> tuple[date, bytes] | None:
    day, _, case = request.args.get("after", "").partition(".")
    case_id = id_from(case)
    try:
        return (date.fromisoformat(day), case_id) if case_id else None
    except ValueError:
        return None


def _groups(chosen: Filters) -> list[Group]:
    show = _query(chosen).get("show", "")
    stages = [("", gettext("All")), *((status.value, translated(STATUSES[status])) for status in WITH_ORGANISATION)]
    kinds = [("", gettext("All")), ("waiting", gettext("Waiting for an answer")), ("overdue", gettext("Overdue"))]
    stage = chosen.status.value if chosen.status else ""
    return [
        Group(gettext("Show"), [Option(name, _address(stage, code), code == show) for code, name in kinds]),
        Group(gettext("Stage"), [Option(name, _address(code, show), code == stage) for code, name in stages]),
    ]


def _address(status: str, show: str) -> str:
    return url("inbox.first", **{name: code for name, code in (("status", status), ("show", show)) if code})
