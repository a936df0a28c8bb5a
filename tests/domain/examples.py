"""Records of every kind, with the awkward text that people really type."""

from reporting.domain.canonical import Record
from reporting.domain.casework.assessment import Assessment, Detriment, Risk
from reporting.domain.casework.classification import (
    Cell,
    Classification,
    ConductKind,
    Counted,
    Factor,
    Party,
    Path,
    Setting,
    Target,
    Urgency,
)
from reporting.domain.casework.clear_check import Check, ClearCheck
from reporting.domain.casework.interviews import Interview, Whom
from reporting.domain.casework.outcome import Consequence, Finding, Outcome, OutcomeNote, Waiver
from reporting.domain.casework.plan import Plan
from reporting.domain.casework.resolution import HerAnswer, Measure, MediationWish, Offer
from reporting.domain.casework.rounds import Reopened
from reporting.domain.casework.tasks import Task, TaskKind
from reporting.domain.questions import Door
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.disclosure import (
    REPORTER,
    Answer,
    AnswerState,
    Choices,
    Disclosure,
    Identity,
    Message,
    Note,
    People,
    Person,
    WorkingTitle,
)

ANNA, BORIS = "a" * 32, "b" * 32
HARD_TEXT = 'مرحبا\u200f \u202eabc\u202c\r\n👩🏽‍⚖️ "\\ \u2028 </script>'

ACCOUNT = Disclosure(
    catalogue=1,
    language="en",
    door=Door.FORMAL,
    answers=(
        Answer("account.story", "What happened?", AnswerState.ANSWERED, HARD_TEXT),
        Answer("details.often", "Was it once?", AnswerState.ANSWERED, "", ("once",), ("Once",)),
        Answer("details.when", "When was it?", AnswerState.NOT_SURE),
    ),
    written_on="2024-02-29",
)

BY_ANNA = (3, ANNA, "Anna Brown", "2024-01-31")

RECORDS: list[Record] = [
    ACCOUNT,
    People((Person("Anna", "boss", "Geneva", "@anna"), Person()), (ANNA,), ("Boris",), (BORIS,)),
    People(),
    Identity((Answer("about.name", "Name?", AnswerState.PREFER_NOT),), visible_to_team=True),
    Identity(),
    Choices(Door.PRIVATE, "ar"),
    Choices(Door.FORMAL, "en", ("stop",), HARD_TEXT, "woman", ("meet",), True, True, False, NewReaders.TELL),
    Message(3, REPORTER, "", "2024-01-31", HARD_TEXT),
    Note(0, ANNA, "Anna Brown", "2024-01-31", "seen"),
    WorkingTitle(),
    WorkingTitle("stairs"),
    Classification(
        *BY_ANNA,
        (ConductKind.HARASSMENT, ConductKind.ONLINE_IMAGES),
        (Setting.ONLINE,),
        (Factor.POWER,),
        Target.COMMUNITY,
        Path.SEA_PROCEDURE,
        Urgency.TODAY,
        Path.EITHER,
        Urgency.TODAY,
        (Party.DIGITAL_SAFETY,),
        HARD_TEXT,
    ),
    Counted(*BY_ANNA, Cell.EXPLOITATION),
    Assessment(*BY_ANNA, Risk.SOME, (Detriment.PAY,), HARD_TEXT, "watched", "2024-03-01"),
    Plan(*BY_ANNA, HARD_TEXT),
    Task(*BY_ANNA, TaskKind.EVIDENCE, HARD_TEXT, ANNA, "Anna Brown", "2024-03-01"),
    Interview(*BY_ANNA, Whom.WITNESS, "2024-01-30", "a note-taker", True, HARD_TEXT),
    Offer(*BY_ANNA, Measure.WORD, HARD_TEXT),
    HerAnswer(*BY_ANNA, ANNA, True),
    MediationWish(*BY_ANNA, False),
    Outcome(*BY_ANNA, Finding.PARTLY, HARD_TEXT, (Consequence.WARNING,)),
    OutcomeNote(*BY_ANNA, Finding.PARTLY, (), HARD_TEXT),
    Waiver(*BY_ANNA, True),
    Reopened(*BY_ANNA),
    ClearCheck(*BY_ANNA, ANNA, (Check.FINAL,)),
]
