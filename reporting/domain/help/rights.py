"""The rights of whoever was harassed, in plain words, each with what can be done about it here.

After the statement of victims' rights of the United Nations (2023), in words of our own. A right without a working
action does not belong in this table: `tests/web/test_guides.py` follows each of them.
"""

from dataclasses import dataclass

from reporting.domain.questions import Door
from reporting.domain.words import N_


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: a link to `endpoint`, through `door` where it leads to writing."""

    label: str
    endpoint: str
    door: Door | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One thing to do on her own page: the `name` of the link there, and the endpoint behind it."""

    name: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class Right:
    """One right: what it is called, what it means, and what can be done, for anybody and by whoever has a page."""

    id: str
    title: str
    words: str
    actions: tuple[Action, ...]
    places: tuple[Place, ...] = ()


_CARE = Place(N_("Something is wrong"), "follow.care")
_PLAN = Place(N_("What is planned for you"), "follow.protection")
_AGREED = Place(N_("What you agreed to"), "follow.choices")
_WHO = Place(N_("Who can read it"), "follow.people")
_HELP = Action(N_("Get help"), "help.get_help")

RIGHTS: tuple[Right, ...] = (
    Right(
        "respect",
        N_("To be treated with respect"),
        N_("Whoever you are. Nobody may make you feel that it was your fault. You choose which questions you answer."),
        (Action(N_("Plain examples, without a verdict"), "help.is_this"),),
        (_CARE,),
    ),
    Right(
        "support",
        N_("To help and support"),
        N_("Help does not depend on a report, on proof or on what an investigation finds."),
        (_HELP,),
        (_PLAN,),
    ),
    Right(
        "justice",
        N_("To justice"),
        N_(
            "You may ask for a formal investigation at once. You do not have to try an informal way first. "
            "You may also change to one later."
        ),
        (
            Action(N_("Ask for an investigation"), "report.start", Door.FORMAL),
            Action(N_("What the rules say"), "rules.say"),
        ),
        (_AGREED,),
    ),
    Right(
        "decide",
        N_("To decide how far you go"),
        N_(
            "You choose whether to tell, whom, when and how much. You may change your mind. You do not have to say why."
        ),
        (
            Action(N_("Write it down for myself"), "report.start", Door.PRIVATE),
            Action(N_("Report informally, without a name"), "report.start", Door.INFORMAL),
        ),
        (
            _AGREED,
            Place(N_("Stop, close or erase"), "follow.ways"),
        ),
    ),
    Right(
        "information",
        N_("To know what happens"),
        N_(
            "You read who may have a duty to act before you write the first word. "
            "Your page shows by which day you hear something, and who opened what you wrote."
        ),
        (Action(N_("Ask a question"), "report.start", Door.QUESTION),),
        (
            _WHO,
            Place(N_("Your own copy"), "follow.keep"),
        ),
    ),
    Right(
        "heard",
        N_("To be heard"),
        N_(
            "Tell it in your own words and in your own order. "
            "You can add to it later, write to the people who read it, and ask to talk or to meet."
        ),
        (Action(N_("Tell it in your own words"), "report.start", Door.INFORMAL),),
        (
            Place(N_("What you wrote"), "follow.text"),
            Place(N_("Talk or meet"), "follow.talk"),
            Place(N_("Somebody beside you"), "follow.beside"),
        ),
    ),
    Right(
        "privacy",
        N_("To privacy"),
        N_(
            "No page needs your name, your e-mail address or your staff number. "
            "You see who will read before you send, and you can shut anyone out."
        ),
        (Action(N_("What is kept, and who can read it"), "help.privacy"),),
        (_WHO,),
    ),
    Right(
        "protection",
        N_("To be safe"),
        N_(
            "Being punished for speaking up, or for helping someone who did, is wrong by itself. "
            "A change at work for you needs your yes."
        ),
        (
            Action(N_("Tell us about a punishment"), "report.start", Door.RETALIATION),
            Action(N_("Staying safe here"), "help.safety"),
        ),
        (_PLAN,),
    ),
    Right(
        "remedy",
        N_("To have it put right"),
        N_(
            "You can say what you wish for: that it stops, an apology, your work or your leave back. "
            "What can be had depends on the rules and on the law where you are."
        ),
        (
            Action(N_("What the law says"), "law.countries"),
            Action(N_("Find someone who knows the law"), "help.get_help"),
            Action(N_("Say what you wish for"), "report.start", Door.FORMAL),
        ),
        (_PLAN,),
    ),
    Right(
        "complaint",
        N_("To complain about us"),
        N_(
            "If you are not treated well here, you can complain past the team that reads your case. "
            "It goes to people outside the office."
        ),
        (Action(N_("Ask a question first"), "report.start", Door.QUESTION),),
        (_CARE,),
    ),
)
"""Every right, in the order of the page."""
