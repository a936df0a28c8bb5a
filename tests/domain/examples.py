"""Records of every kind, with the awkward text that people really type."""

from reporting.domain.canonical import Record
from reporting.domain.consent import NewReaders
from reporting.domain.disclosure import (
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
from reporting.domain.questions import Door

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
]
