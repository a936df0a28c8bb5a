"""What she may tell about herself, which is sealed by itself, and the one question before writing."""

from reporting.domain.questions.kinds import EVERY_DOOR, TO_SOMEBODY, Door, Kind, asked, options
from reporting.domain.questions.wishes import YES_NO
from reporting.domain.words import N_

BEFORE = (
    asked(
        "before.age",
        EVERY_DOOR,
        Kind.CHOICE,
        label=N_("Are you under 18?"),
        why=N_("If you are, there are people whose work is to help children and young people. This is not saved."),
        choices=options(no=N_("No, I am 18 or older"), yes=N_("Yes, I am under 18")),
    ),
)

ABOUT = (
    asked(
        "about.name",
        TO_SOMEBODY,
        Kind.TEXT,
        label=N_("What is your name, or what may we call you?"),
        why=N_("Only if you want to be known. Everything works without a name."),
    ),
    asked(
        "about.reach",
        TO_SOMEBODY,
        Kind.TEXT,
        label=N_("How can someone reach you safely, if not on your page?"),
        hint=N_("An address or number that nobody else sees, hears or pays for."),
        why=N_("Only for what you allow: a call, a meeting, or if you cannot come back here."),
    ),
    asked(
        "about.safely",
        TO_SOMEBODY,
        Kind.TEXT,
        label=N_("When is it safe, and what should someone say or not say?"),
        hint=N_("For example: “mornings only”, “no voice message”, “say that you call about a course”."),
        why=N_("A message at the wrong moment can be dangerous."),
    ),
    asked(
        "about.pronoun",
        TO_SOMEBODY,
        Kind.TEXT,
        label=N_("How should we speak of you?"),
        hint=N_("For example: she, he, they, or a title."),
        why=N_("So that we speak of you in the right way."),
    ),
    asked(
        "about.languages",
        TO_SOMEBODY,
        Kind.TEXT,
        label=N_("Which languages are you at ease in?"),
        why=N_("So that you can tell it in a language that is yours."),
    ),
    asked(
        "about.work",
        TO_SOMEBODY,
        Kind.TEXT,
        label=N_("Where do you work, and what do you do there?"),
        why=N_("So that the team can plan help at work, and does not ask the wrong people."),
    ),
    asked(
        "about.affected",
        frozenset({Door.WITNESS}),
        Kind.TEXT,
        label=N_("What is the name of the person it happened to?"),
        hint=N_("Best only if this person agrees. You can leave it empty."),
        why=N_("It is locked away with what you tell about yourself, apart from what you saw."),
    ),
    asked(
        "about.visible",
        TO_SOMEBODY,
        Kind.CHOICE,
        label=N_("May the people who work on this see what you wrote on this page?"),
        hint=N_("If you do not answer, they may not. You can change it later."),
        why=N_("Your story and your name are two things. You can share one without the other."),
        choices=YES_NO,
    ),
)
