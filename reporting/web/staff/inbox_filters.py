"""What the inbox is narrowed to: read from the address, and shown as links that keep each other's choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from reporting.domain.case import WITH_ORGANISATION, CaseKind, Status
from reporting.domain.casework.clocks import Clock
from reporting.services.casework.inbox import Filters
from reporting.web.addresses import id_from
from reporting.web.languages import url
from reporting.web.pages import translated
from reporting.web.staff.words import DUE, KINDS, STATUSES

CLOCKS = tuple(clock for clock in Clock if clock is not Clock.ERASURE)


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


def chosen_filters() -> Filters:
    """Read the filters from the address; what is not one of ours narrows nothing."""
    status, show = request.args.get("status", ""), request.args.get("show", "")
    kind, clock = request.args.get("kind", ""), request.args.get("next", "")
    return Filters(
        Status(status) if status in set(WITH_ORGANISATION) else None,
        overdue=show == "overdue",
        waiting=show == "waiting",
        kind=CaseKind(kind) if kind in set(CaseKind) else None,
        due_what=Clock(clock) if clock in set(CLOCKS) else None,
        office_id=id_from(request.args.get("office", "")),
    )


def query_for(chosen: Filters) -> dict[str, str]:
    """Return what an address says to narrow the inbox so."""
    codes = {
        "status": chosen.status.value if chosen.status else "",
        "show": "overdue" if chosen.overdue else "waiting" if chosen.waiting else "",
        "kind": chosen.kind.value if chosen.kind else "",
        "next": chosen.due_what.value if chosen.due_what else "",
        "office": chosen.office_id.hex() if chosen.office_id else "",
    }
    return {name: code for name, code in codes.items() if code}


def filter_groups(chosen: Filters, offices: Mapping[bytes, str]) -> tuple[list[Group], list[Group]]:
    """Return the two filters that everybody needs, and those that are folded away."""
    query = query_for(chosen)
    shows = [("waiting", gettext("Waiting for an answer")), ("overdue", gettext("Overdue"))]
    stages = [(status.value, translated(STATUSES[status])) for status in WITH_ORGANISATION]
    first = [_group(query, "show", gettext("Show"), shows), _group(query, "status", gettext("Stage"), stages)]
    clocks = [(clock.value, translated(DUE[clock])) for clock in CLOCKS]
    kinds = [(kind.value, translated(KINDS[kind])) for kind in CaseKind]
    more = [_group(query, "next", gettext("Next"), clocks), _group(query, "kind", gettext("Kind"), kinds)]
    if len(offices) > 1:
        named = [(office_id.hex(), name) for office_id, name in offices.items()]
        more.append(_group(query, "office", gettext("Office"), named))
    return first, more


def _group(query: Mapping[str, str], name: str, label: str, codes: Sequence[tuple[str, str]]) -> Group:
    others = {known: code for known, code in query.items() if known != name}
    options = [
        Option(words, url("inbox.first", **others, **({name: code} if code else {})), query.get(name, "") == code)
        for code, words in [("", gettext("All")), *codes]
    ]
    return Group(label, options)
