"""The library and an event of the demonstration: invented documents, in two languages, one of them due for review."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from reporting.demo.cast import NORTH
from reporting.demo.stage import Stage
from reporting.domain.help.library import Audience, DocumentFacts, Kind
from reporting.services.help.file_types import examine
from reporting.services.help.library import add_document
from reporting.services.organisation.events import EventFacts, add_event
from reporting.store.database import reading
from reporting.store.offices import find_office_by_code

EDITOR, ADMINISTRATOR = "lucia.botezatu", "ana.ciobanu"
SOURCE = "Regional ombuds desk (invented)"


@dataclass(frozen=True)
class Paper:
    """A document, how many days before today it was put there, and for how many days it counts as looked at."""

    facts: DocumentFacts
    days_ago: int
    lasts: int
    text: str


def _facts(title: str, kind: Kind, audience: Audience, language: str, summary: str) -> DocumentFacts:
    return DocumentFacts(title, SOURCE, kind, audience, language, date.min, summary)


PAPERS = (
    Paper(
        _facts(
            "Someone told me: what now?",
            Kind.GUIDE,
            Audience.WITNESSES,
            "en",
            "One page for colleagues in whom somebody confides.",
        ),
        20,
        365,
        "Someone told me: what now?\n\nListen. You need no details.\nSay: I believe you. What would help you now?\n"
        "Keep it to yourself unless they agree.\nOffer to go along: to a doctor, a counsellor, the page for help.\n"
        "They decide what happens next.\n\nAn invented document of the demonstration.\n",
    ),
    Paper(
        _facts(
            "من يأتمنك على ما حدث: ما الذي يفيد؟",
            Kind.GUIDE,
            Audience.WITNESSES,
            "ar",
            "صفحة واحدة لمن يأتمنه غيره على ما حدث.",
        ),
        20,
        365,
        "من يأتمنك على ما حدث: ما الذي يفيد؟\n\nالإصغاء يكفي، ولا حاجة إلى التفاصيل.\n"
        "كلمات تفيد: «أصدّق ما حدث لك. ما الذي يساعدك الآن؟»\nما قيل يبقى بينكما ما لم تكن هناك موافقة.\n\n"
        "وثيقة من نسج الخيال للعرض التوضيحي.\n",
    ),
    Paper(
        _facts(
            "How managers make a team safe to speak in",
            Kind.TRAINING,
            Audience.MANAGERS,
            "en",
            "Notes of a training, due for review.",
        ),
        75,
        60,
        "How managers make a team safe to speak in\n\nStop the small things early.\nDo not investigate yourself.\n"
        "Ask what would make work safe now, and change nothing for somebody without their yes.\n\n"
        "An invented document of the demonstration.\n",
    ),
)


def filled_library(stage: Stage) -> None:
    """Let the directory editor put the documents on the shelf, each on its day."""
    for paper in sorted(PAPERS, key=lambda one: -one.days_ago):
        stage.calendar.go_to(paper.days_ago, working=True)
        review_on = (stage.calendar.moment + timedelta(days=paper.lasts)).date()
        facts = replace(paper.facts, review_on=review_on)
        stage.do(add_document, stage.members[EDITOR], facts, examine(paper.text.encode()))


def planned_event(stage: Stage) -> None:
    """Give a training a code of its own, which leads to the office that takes what happens there."""
    stage.calendar.go_to(9, working=True)
    with reading(stage.stores) as work:
        office = find_office_by_code(work.main, NORTH)
        if office is None:
            raise LookupError(NORTH)
        office_id = office.id
    first = stage.calendar.start.date()
    facts = EventFacts("Field training, drivers and partners", office_id, first, first + timedelta(days=4))
    stage.do(add_event, stage.members[ADMINISTRATOR], "training-north", facts)
