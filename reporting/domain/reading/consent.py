"""What she can say yes to, each by itself, and how she wants to hear of new readers.

Nothing here is ticked for her. A consent that she did not give is not given; each can be taken
back on her page with one switch, and taking it back is recorded like giving it.
"""

from dataclasses import dataclass
from enum import StrEnum

from reporting.domain.words import N_


class NewReaders(StrEnum):
    """What must happen before somebody new receives a key of her case."""

    TELL = "tell"
    ASK = "ask"


class Purpose(StrEnum):
    """A use of what she wrote that needs a yes of its own."""

    CONTACT = "contact"
    STATISTICS = "statistics"
    IDENTITY = "identity"
    TAKING_PART = "taking_part"


@dataclass(frozen=True, slots=True)
class Consent:
    """The switch on her page: what it is called, and what yes and no mean in practice."""

    label: str
    yes: str
    no: str


CONSENTS = {
    Purpose.CONTACT: Consent(
        N_("The team may write to me on my page"),
        N_("The team can ask you questions here. You answer if and when you want."),
        N_("The team will not ask you anything. It only tells you here what happens with your case."),
    ),
    Purpose.STATISTICS: Consent(
        N_("Count my case in statistics, without names"),
        N_("Your case is counted once, in yearly figures that are blurred so that nobody can find you in them."),
        N_("Your case is in no figure."),
    ),
    Purpose.IDENTITY: Consent(
        N_("The team may see what I wrote about myself"),
        N_("The people who work on your case can open your name and the other things you wrote about yourself."),
        N_("What you wrote about yourself stays locked to your token."),
    ),
    Purpose.TAKING_PART: Consent(
        N_("I take part"),
        N_("The team may ask you to help with its work on your case. You can say no each time."),
        N_("The team goes on without you, and with care for your safety. You can still read and write here."),
    ),
}

NEW_READERS = {
    NewReaders.TELL: N_("Tell me when somebody new can read my case"),
    NewReaders.ASK: N_("Ask me first. Nobody new reads before I say yes"),
}
