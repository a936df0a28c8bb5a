"""The cases I hold: the most overdue first, filtered by stage and clock, page by page."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.case import Act, Status, acts
from reporting.policy import Permission
from reporting.services.casework import worklist
from reporting.services.casework.aside import seen_of, waiting_for_check
from reporting.services.casework.inbox import Filters, InboxRow, inbox, offices_to_filter
from reporting.services.organisation.duty import standing_in_for
from reporting.services.reading.vouches import is_vouched_for, news, own_words
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.addresses import id_from, reference_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import translated
from reporting.web.staff.inbox_filters import chosen_filters, filter_groups, query_for
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.picking import pick_of, reasons
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
    told: bool
    new_evidence: bool
    pick: str = ""


@dataclass(frozen=True)
class Once:
    """A case at which to look once more."""

    id: bytes
    reference: str


@blueprint.get("/staff/inbox")
@allow(Permission.SEE_INBOX)
def first() -> ResponseReturnValue:
    """Show one page of my cases, and who was lately vouched for in my office."""
    member, instance, chosen, after = me(), here(), chosen_filters(), _after()
    with reading(instance.stores) as work:
        rows, more = inbox(work, instance.house, member, chosen, after)
        vouched, words = news(work, instance.house, member), own_words(work, member)
        standing_in = standing_in_for(work, member)
        seen = seen_of(work, [row.case_id for row in rows if Act.SET_ASIDE in acts(row.status, member.role)])
        again = waiting_for_check(work, instance.house, member)
        trusted, offices = is_vouched_for(work, instance.house, member), offices_to_filter(work, member)
    (groups, more_groups), query = filter_groups(chosen, offices), query_for(chosen)
    return staff_page(
        "inbox/first.html",
        rows=[shown(row, seen.get(row.case_id)) for row in rows],
        picking=bool(seen),
        reasons=reasons(),
        to_check=[Once(one, gettext("Case %(reference)s", reference=reference_of(one))) for one in again],
        groups=groups,
        more_groups=more_groups,
        more_chosen=bool({"next", "kind", "office"} & query.keys()),
        filtered=chosen != Filters(),
        first_url=url("inbox.first", **query) if after else None,
        next_url=url("inbox.first", **query, after=f"{more[0]}.{more[1].hex()}") if more else None,
        standing_in=standing_in,
        vouched=vouched,
        trusted=trusted,
        words=words,
    )


@blueprint.get("/staff/inbox/csv")
@allow(Permission.SEE_INBOX)
def as_csv() -> ResponseReturnValue:
    """The list of my cases as a file for a spreadsheet: reference, stage, day and kind, and no content."""
    with reading(here().stores) as work:
        rows = worklist.rows(work, here().house, me())
    head = (gettext("Case"), gettext("Stage"), gettext("Next"), gettext("By"), gettext("Kind"))
    answer = Response(worklist.as_csv([head, *map(_cells, rows)]), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="list.csv"'
    return answer


def _cells(row: InboxRow) -> tuple[str, ...]:
    return (
        reference_of(row.case_id),
        translated(STATUSES[row.status]),
        translated(DUE[row.due_what]) if row.due_what else "",
        row.due_on.isoformat() if row.due_on else "",
        translated(KINDS[row.kind]),
    )


def shown(row: InboxRow, seen: int | None = None) -> Shown:
    """Return a row in the words of this page; `seen` is how many messages it holds where it can be set aside."""
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
        row.overdue,
        row.status is Status.RECEIVED,
        row.waiting,
        row.told,
        row.new_evidence,
        "" if seen is None else pick_of(row.case_id, seen),
    )


def _after() -> tuple[date, bytes] | None:
    day, _, case = request.args.get("after", "").partition(".")
    case_id = id_from(case)
    try:
        return (date.fromisoformat(day), case_id) if case_id else None
    except ValueError:
        return None
