"""From a draft to what is sealed, and back again when she goes on writing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from reporting.domain.case import CaseKind
from reporting.domain.questions import CATALOGUE, CATALOGUE_VERSION, Door, Question
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.disclosure import Answer, Choices, Disclosure, Identity, answer_to
from reporting.services.survivor.drafts import Draft
from reporting.services.survivor.follow import CasePage
from reporting.services.survivor.report import Submission

WISHES, ABOUT = "wishes.", "about."
VISIBLE = "about.visible"


def compose(draft: Draft, today: date, *, unfinished: bool = False) -> Submission:
    """Return what will be sealed: the story, who is named, her choices, and herself, apart."""
    answers = _in_order(draft)
    story = tuple(a for a in answers if not a.question_id.startswith((WISHES, ABOUT)))
    about = tuple(a for a in answers if a.question_id.startswith(ABOUT) and a.question_id != VISIBLE)
    return Submission(
        Disclosure(CATALOGUE_VERSION, draft.language, draft.door, story, today.isoformat(), unfinished),
        draft.people,
        _choices(draft),
        Identity(about, visible_to_team=_said_yes(draft, VISIBLE)),
        CaseKind.COMPLAINT if draft.door is Door.COMPLAINT else CaseKind.REPORT,
        draft.law,
        draft.duty,
        draft.evidence,
    )


def draft_from(page: CasePage, draft: Draft, case_id: bytes, say: Callable[[str], str] = str) -> Draft:
    """Return a draft that goes on where a record of hers stands, with what she wished for and allowed.

    :param say: translates the words of a question; her choices are kept without any.
    """
    return replace(
        draft,
        answers=(*page.disclosure.answers, *page.identity.answers, *wishes_again(page.choices, page.identity, say)),
        named=page.people.named,
        excluded_staff=page.people.excluded_staff,
        excluded_words=page.people.excluded_words,
        opened_to=page.people.opened_to,
        continuing=case_id.hex(),
    )


def wishes_again(choices: Choices, identity: Identity, say: Callable[[str], str] = str) -> tuple[Answer, ...]:
    """Return her choices as the answers from which they came. A consent not given stays unanswered."""
    wanted = "wishes.witness" if choices.door is Door.WITNESS else "wishes.wanted"
    ticked = {
        wanted: choices.wishes,
        "wishes.contact": _yes(choices.contact),
        "wishes.statistics": _yes(choices.statistics),
        "wishes.new_readers": (choices.new_readers.value,) if choices.door is not Door.PRIVATE else (),
        "wishes.handler_gender": (choices.handler_gender,),
        "wishes.talk": choices.talk,
        VISIBLE: _yes(identity.visible_to_team),
    }
    found = [_ticked_again(question, ticked.get(question.id, ()), say) for question in CATALOGUE]
    own = [answer_to(q, text=choices.wishes_text, say=say) for q in CATALOGUE if q.id == "wishes.own"]
    return tuple(answer for answer in (*found, *own) if answer is not None and answer.says_something)


def _ticked_again(question: Question, ticked: tuple[str, ...], say: Callable[[str], str]) -> Answer | None:
    offered = tuple(choice.id for choice in question.choices if choice.id in ticked)
    return answer_to(question, choices=offered, say=say) if offered else None


def _yes(given: bool) -> tuple[str, ...]:
    return ("yes",) if given else ()


def _in_order(draft: Draft) -> list[Answer]:
    place = {question.id: index for index, question in enumerate(CATALOGUE)}
    return sorted(draft.answers, key=lambda answer: place.get(answer.question_id, len(place)))


def _choices(draft: Draft) -> Choices:
    asked = [a for a in draft.answers if a.question_id in ("wishes.wanted", "wishes.witness")]
    return Choices(
        door=draft.door,
        language=draft.language,
        wishes=tuple(choice for answer in asked for choice in answer.choices),
        wishes_text=_text(draft, "wishes.own"),
        handler_gender=_one(draft, "wishes.handler_gender"),
        talk=_many(draft, "wishes.talk"),
        contact=_said_yes(draft, "wishes.contact"),
        statistics=_said_yes(draft, "wishes.statistics"),
        new_readers=NewReaders(_one(draft, "wishes.new_readers") or NewReaders.ASK),
    )


def _many(draft: Draft, question_id: str) -> tuple[str, ...]:
    answer = draft.answer(question_id)
    return answer.choices if answer else ()


def _one(draft: Draft, question_id: str) -> str:
    return next(iter(_many(draft, question_id)), "")


def _text(draft: Draft, question_id: str) -> str:
    answer = draft.answer(question_id)
    return answer.text if answer else ""


def _said_yes(draft: Draft, question_id: str) -> bool:
    return _one(draft, question_id) == "yes"
