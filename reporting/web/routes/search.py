"""Looking for words in the cases I hold. What is looked for stands in no address and no log.

The form is answered with 303 like every other; meanwhile the words wait sealed with the session.
"""

from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext, ngettext

from reporting.domain.casework.classification import ConductKind
from reporting.domain.casework.search import LONGEST_QUERY, terms_of
from reporting.domain.words import clean_text
from reporting.policy import Permission
from reporting.services.casework.inbox import InboxRow
from reporting.services.casework.queries import keep_query, query_of
from reporting.services.casework.search import Found, Hit, note_search, search
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.addresses import reference_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.pages import me, my_ticket, staff_page
from reporting.web.staff.words import STATUSES, WHERE
from reporting.web.staff.work_words import CONDUCT

blueprint = Blueprint("search", __name__)


@dataclass(frozen=True)
class HitShown:
    """One case that was found: a line of it before, in and after the word."""

    url: str
    title: str
    reference: str
    status: str
    where: str
    before: str
    word: str
    after: str


@blueprint.get("/staff/search")
@allow(Permission.SEARCH)
def page() -> ResponseReturnValue:
    """Show the form, and what the words found that wait with this session."""
    instance, member = here(), me()
    with reading(instance.stores) as work:
        conduct, words = _split(query_of(work, instance.house, my_ticket()))
        found = search(work, instance.house, member, words, conduct)
    rows: list[tuple[Hit, InboxRow]] = []
    asked = bool(terms_of(words)) or conduct is not None
    if asked:
        with writing(instance.stores) as work:
            rows = note_search(work, instance.house, member, found.hits)
    return staff_page(
        "search/page.html",
        words=words,
        conduct=conduct,
        kinds=[(kind.value, translated(label)) for kind, label in CONDUCT.items()],
        longest=LONGEST_QUERY,
        asked=asked,
        hits=[_shown(hit, row) for hit, row in rows],
        more=found.more,
        cost=_cost(found),
    )


@blueprint.post("/staff/search")
@allow(Permission.SEARCH)
def look() -> ResponseReturnValue:
    """Keep the words with the session and show what they find; no words end the search."""
    words = clean_text(request.form.get("words", ""))[:LONGEST_QUERY].strip()
    conduct = request.form.get("conduct", "")
    code = conduct if conduct in set(ConductKind) else ""
    with writing(here().stores) as work:
        keep_query(work, my_ticket(), f"{code}\n{words}" if code or words else "")
    return go_to(url("search.page"))


def _split(query: str) -> tuple[ConductKind | None, str]:
    """Return the kind of conduct and the words of what is kept with the session."""
    code, _, words = query.partition("\n")
    return ConductKind(code) if code in set(ConductKind) else None, words


def _shown(hit: Hit, row: InboxRow) -> HitShown:
    return HitShown(
        url("case.view", case_id=hit.case_id),
        row.title or gettext("Case %(reference)s", reference=reference_of(hit.case_id)),
        reference_of(hit.case_id),
        translated(STATUSES[row.status]),
        " · ".join(translated(WHERE[where]) for where in hit.where),
        *hit.line,
    )


def _cost(found: Found) -> str:
    """Return in a sentence what was looked through and how long that took."""
    cases = ngettext("%(num)s case", "%(num)s cases", found.looked_through)
    took = format_decimal(round(found.seconds, 2))
    return str(gettext("Opened and looked through %(cases)s in %(seconds)s seconds.", cases=cases, seconds=took))
