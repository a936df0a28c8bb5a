"""Her own words, then open questions about what she may have mentioned, then how she is."""

from reporting.domain.questions.kinds import REPORTS, Door, Kind, asked, options
from reporting.domain.words import N_

_TELLING = REPORTS | {Door.PRIVATE}

ACCOUNT = (
    asked(
        "account.story",
        _TELLING,
        Kind.LONG_TEXT,
        label=N_("What happened?"),
        hint=N_("As much or as little as you like. You need no dates and no proof, and you do not need to be sure."),
        why=N_("Your own words come first. Everything after this only adds to them."),
    ),
    asked(
        "account.retaliation",
        frozenset({Door.RETALIATION}),
        Kind.LONG_TEXT,
        label=N_("What has happened to you since you spoke up?"),
        hint=N_("Small things count too, and things that somebody only said they would do."),
        why=N_("Your own words come first. Everything after this only adds to them."),
    ),
    asked(
        "account.witness",
        frozenset({Door.WITNESS}),
        Kind.LONG_TEXT,
        label=N_("What did you see, hear or learn?"),
        hint=N_("You can tell it without any name. Say what you know yourself and what others told you."),
        why=N_("What people around it notice can make it stop."),
    ),
    asked(
        "account.question",
        frozenset({Door.QUESTION}),
        Kind.LONG_TEXT,
        label=N_("What would you like to ask?"),
        hint=N_("Any question is fine. You do not need to say if it is about you."),
        why=N_("So that somebody can answer you on your page."),
    ),
    asked(
        "account.complaint",
        frozenset({Door.COMPLAINT}),
        Kind.LONG_TEXT,
        label=N_("What is not right in how you are treated?"),
        hint=N_("It may be about a person, a delay, a decision or a feeling. All of it counts."),
        why=N_("So that somebody can put it right."),
    ),
)

MORE = (
    asked(
        "more.people_place",
        _TELLING,
        Kind.LONG_TEXT,
        label=N_("Who was there, and what was the place like?"),
        hint=N_("Whatever comes to mind: people, rooms, sounds, what happened just before and just after."),
        why=N_("Places and people often bring back more."),
    ),
    asked(
        "more.words_contact",
        _TELLING,
        Kind.LONG_TEXT,
        label=N_("What was said, written or done?"),
        hint=N_("The exact words if you have them. If not, the meaning is enough."),
        why=N_("Words and touch can weigh more than they seem to somebody who was not there."),
    ),
    asked(
        "more.online",
        _TELLING,
        Kind.LONG_TEXT,
        label=N_("Did any of it happen by phone or online?"),
        hint=N_(
            "Messages, calls, pictures, social media, work chat, tracking. Which app or site, and which name was used? "
            "Please describe intimate pictures. Do not send them."
        ),
        why=N_("What happens online counts the same. Some of it can be taken down."),
    ),
    asked(
        "more.witnesses",
        _TELLING,
        Kind.LONG_TEXT,
        label=N_("Who saw or heard something, or may know about it?"),
        hint=N_("Perhaps nobody. That is very common and does not make it less true."),
        why=N_("So that the team knows who else may know, and can be careful with whom it speaks."),
    ),
    asked(
        "more.told",
        _TELLING,
        Kind.LONG_TEXT,
        label=N_("Have you told anyone?"),
        hint=N_("A friend, a colleague, a doctor, a boss, or nobody until now: every answer is fine."),
        why=N_("So that we know who already stands by you, and if you were sent away before."),
    ),
)

SAFETY = (
    asked(
        "safety.effects",
        REPORTS | {Door.RETALIATION},
        Kind.LONG_TEXT,
        label=N_("How are you, and what has it done to you?"),
        hint=N_("Your health, sleep, work, studies, money, family, or how safe you feel."),
        why=N_("So that the team can offer help that fits. Help does not depend on proof."),
    ),
    asked(
        "safety.now",
        REPORTS | {Door.RETALIATION},
        Kind.CHOICE,
        label=N_("Do you feel safe now?"),
        why=N_("If you do not, your safety comes before everything else."),
        choices=options(
            yes=N_("Yes"),
            partly=N_("In some places or at some times"),
            no=N_("No"),
        ),
    ),
    asked(
        "safety.needs",
        REPORTS | {Door.RETALIATION},
        Kind.LONG_TEXT,
        label=N_("What would make you safer, or feel safer?"),
        hint=N_("For example: another place or time to work, not meeting somebody, someone with you on the way home."),
        why=N_("You know best what helps and what would make it worse."),
    ),
)
