"""An opened case as its handlers see it: everything in plain words, nothing left to be looked up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.case import CaseKind
from reporting.domain.casework.clocks import Clock
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.questions import question
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.disclosure import STATE_LABELS, Answer, AnswerState, Choices, Message, Person
from reporting.domain.words import N_
from reporting.policy import Permission, may_enter
from reporting.services.actors import StaffMember
from reporting.services.casework.case import CaseView, Handler, view_case
from reporting.services.casework.messages import thread
from reporting.services.evidence.looking import Amount, amount
from reporting.services.house import House
from reporting.services.reading.assignment import candidates
from reporting.services.reading.readers import Reader
from reporting.services.reading.requests import AskedOfHer, RequestKind, RequestState, asked_of_her
from reporting.services.sealed.sealing import OpenCase
from reporting.services.survivor import follow
from reporting.store.database import Work
from reporting.web.languages import NAMES, language
from reporting.web.pages import format_day, translated
from reporting.web.staff.case_dates import DateShown, case_dates, day_of
from reporting.web.staff.case_next import NextShown, next_in
from reporting.web.staff.pages import exact_time
from reporting.web.staff.record_words import DETAILS, EVENTS
from reporting.web.staff.words import DOORS, KINDS, ROLES

_SAYS_WHY = (AnswerState.NOT_SURE, AnswerState.PREFER_NOT)
_REPORTER = N_("The reporter")
_BESIDE = N_("%(name)s, beside the reporter")
_WAY = N_("The way the reporter chose")


@dataclass(frozen=True)
class AnswerShown:
    """One answer: the question in the reader's language, and as it was put where that was another one."""

    label: str
    as_asked: str
    text: str
    choices: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class MessageShown:
    """One message; `mine` marks those that I wrote, `new` those that wait."""

    who: str
    mine: bool
    day: date
    text: str
    new: bool


@dataclass(frozen=True)
class NoteShown:
    """One note of the team."""

    who: str
    when: str
    text: str


@dataclass(frozen=True)
class HandlerShown:
    """Somebody who handles the case; `opens` is false for whoever has a new key since, `left` true for who is gone."""

    id: bytes
    name: str
    role: str
    opens: bool
    left: bool


@dataclass(frozen=True)
class EntryShown:
    """One line of the history."""

    when: str
    who: str
    sentence: str


@dataclass(frozen=True)
class CaseShown:
    """The whole page."""

    id: bytes
    title: str
    kind: str
    office: str
    received: date | None
    dates: list[DateShown]
    feedback_by: date | None
    check_in_by: date | None
    policy_version: int
    written_on: date
    language: str
    language_name: str
    answers: list[AnswerShown]
    named: Sequence[Person]
    wishes: list[tuple[str, list[str]]]
    writes_in: str
    may_ask: bool
    takes_part: bool
    ask_first: bool
    messages: list[MessageShown]
    notes: list[NoteShown]
    handlers: list[HandlerShown]
    next: NextShown
    may_assign: bool
    candidates: Sequence[Reader]
    asked_for: list[AskedOfHer]
    history: list[EntryShown]
    evidence: Amount


def assemble(work: Work, house: House, member: StaffMember, case_id: bytes) -> tuple[CaseShown, OpenCase]:
    """Open the story, which the ledger records first, and return the page and the opened case.

    :raises NotFound: no grant.
    :raises NotAllowed: the conflict question comes first.
    """
    view = view_case(work, house, member, case_id)
    row, told = view.opened.row, view.disclosure
    choices = view.choices
    dates = case_dates(work, house, row)
    asked = [one for one in asked_of_her(work, case_id) if one.state is RequestState.WAITING]
    shown = CaseShown(
        id=case_id,
        title=view.title,
        kind=translated(KINDS[CaseKind(row.kind)]),
        office=view.office,
        received=row.received_on,
        dates=dates,
        feedback_by=day_of(Clock.FEEDBACK, dates),
        check_in_by=day_of(Clock.CHECK_IN, dates, soon=True),
        policy_version=row.policy_version,
        written_on=date.fromisoformat(told.written_on),
        language=told.language,
        language_name=NAMES.get(told.language, told.language),
        answers=answers_shown(told.answers, told.language),
        named=view.people.named,
        wishes=_wishes(choices),
        writes_in=choices.language,
        may_ask=choices.contact,
        takes_part=choices.taking_part,
        ask_first=choices.new_readers is NewReaders.ASK,
        messages=_messages(thread(work, view.opened), member, waiting=row.waiting),
        notes=[NoteShown(n.author_name, format_day(date.fromisoformat(n.day)), n.text) for n in reversed(view.notes)],
        handlers=[_handler(handler) for handler in view.handlers],
        next=next_in(row, member.role, dates),
        may_assign=may_enter(member.role, Permission.ASSIGN_CASE),
        candidates=_candidates(work, house, member, view),
        asked_for=[one for one in asked if one.kind is RequestKind.NEW_READER],
        history=[_entry(line) for line in reversed(follow.ledger(work, house, case_id))],
        evidence=amount(work, house, member, view.opened),
    )
    return shown, view.opened


def answers_shown(answers: Sequence[Answer], written_in: str) -> list[AnswerShown]:
    """Return the answers that say something; a question that was skipped is nobody's business."""
    said = [one for one in answers if one.says_something or one.state in _SAYS_WHY]
    return [_answer(one, written_in) for one in said]


def _answer(answer: Answer, written_in: str) -> AnswerShown:
    state = translated(STATE_LABELS[answer.state]) if answer.state in _SAYS_WHY else ""
    if written_in == language():
        return AnswerShown(answer.wording, "", answer.text, answer.choice_labels, state)
    try:
        asked = question(answer.question_id)
        labels = tuple(translated(asked.choice(choice_id).label) for choice_id in answer.choices)
    except KeyError:  # an older catalogue asked this: only the words that were shown are left
        return AnswerShown(answer.wording, "", answer.text, answer.choice_labels, state)
    label = translated(asked.label)
    return AnswerShown(label, answer.wording if answer.wording != label else "", answer.text, labels, state)


def _wishes(choices: Choices) -> list[tuple[str, list[str]]]:
    wanted = [*_labels("wishes.wanted", choices.wishes), *_labels("wishes.witness", choices.wishes)]
    rows = [
        (question("wishes.wanted").label, list(dict.fromkeys(wanted))),
        (question("wishes.own").label, [choices.wishes_text] if choices.wishes_text.strip() else []),
        (question("wishes.talk").label, _labels("wishes.talk", choices.talk)),
        (question("wishes.handler_gender").label, _labels("wishes.handler_gender", (choices.handler_gender,))),
    ]
    return [(translated(label), said) for label, said in [(_WAY, [translated(DOORS[choices.door])]), *rows] if said]


def _labels(question_id: str, chosen: Sequence[str]) -> list[str]:
    return [translated(choice.label) for choice in question(question_id).choices if choice.id in chosen]


def _messages(messages: Sequence[Message], member: StaffMember, *, waiting: bool) -> list[MessageShown]:
    """Return the thread; what stands after the team's last word is new as long as the case waits."""
    answered = max((one.position for one in messages if one.from_team), default=-1)
    return [
        MessageShown(
            _who(one),
            one.author == member.staff_id.hex(),
            date.fromisoformat(one.day),
            one.text,
            waiting and one.position > answered,
        )
        for one in messages
    ]


def _who(message: Message) -> str:
    """Return who wrote a message; a guest's name is marked, so that nobody takes it for a colleague's."""
    if message.from_reporter:
        return translated(_REPORTER)
    return message.author_name if message.from_team else translated(_BESIDE, name=message.author_name)


def _candidates(work: Work, house: House, member: StaffMember, view: CaseView) -> Sequence[Reader]:
    return candidates(work, house, member, view.opened) if may_enter(member.role, Permission.ASSIGN_CASE) else ()


def _handler(handler: Handler) -> HandlerShown:
    return HandlerShown(
        handler.staff_id, handler.display_name, translated(ROLES[handler.role]), handler.opens, handler.left
    )


def _entry(line: follow.LedgerLine) -> EntryShown:
    extra = [line.about, translated(DETAILS[line.detail]) if line.detail in DETAILS else ""]
    return EntryShown(exact_time(line.at), line.who, event_words(line.action, *extra))


def event_words(action: StaffEvent, *extra: str) -> str:
    """Return what was done, with whom it concerns or which step it was."""
    return " · ".join([translated(EVENTS[action]), *(word for word in extra if word)])
