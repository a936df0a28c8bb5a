"""What she would like to happen, and what she allows. Nothing is ticked for her."""

from reporting.domain.questions.kinds import REPORTS, TO_SOMEBODY, Choice, Door, Kind, asked, options
from reporting.domain.reading.consent import NEW_READERS, NewReaders
from reporting.domain.words import N_

YES_NO = options(yes=N_("Yes"), no=N_("No"))

WISHES = (
    asked(
        "wishes.wanted",
        REPORTS | {Door.RETALIATION},
        Kind.CHOICES,
        label=N_("What would you like to happen?"),
        hint=N_("Tick as many as fit. None of it binds you."),
        why=N_("So that the team starts from what you want."),
        choices=options(
            listen=N_("That someone listens to me"),
            advice=N_("Advice about what I can do"),
            stop=N_("That it stops"),
            support=N_("Help with my health, safety, work or rights"),
            apart=N_("Not to work with or near the person"),
            word=N_("That someone speaks with the person, once I have agreed to it"),
            mediation=N_("A talk between us with someone neutral"),
            investigation=N_("An investigation"),
            undo=N_("That what was done to me at work is put right"),
            change=N_("That things change here, so that it happens to nobody else"),
            record=N_("That it is written down, and nothing more for now"),
            unsure=N_("I do not know yet"),
        ),
    ),
    asked(
        "wishes.witness",
        frozenset({Door.WITNESS}),
        Kind.CHOICES,
        label=N_("What would you like to happen?"),
        hint=N_("Tick as many as fit."),
        why=N_("So that the team knows what you hope for. It listens first to the person it happened to."),
        choices=options(
            stop=N_("That it stops"),
            support=N_("That the person it happened to gets help"),
            advice=N_("Advice about what I can do"),
            look=N_("That someone looks into it"),
            know=N_("That you know about it, and nothing more for now"),
            unsure=N_("I do not know yet"),
        ),
    ),
    asked(
        "wishes.own",
        TO_SOMEBODY - {Door.QUESTION},
        Kind.LONG_TEXT,
        label=N_("In your own words, what would help?"),
        hint=N_("Also what should not happen."),
        why=N_("No list has everything that a person can wish for."),
    ),
    asked(
        "wishes.contact",
        TO_SOMEBODY,
        Kind.CHOICE,
        label=N_("May the people who read this ask you things on your page?"),
        hint=N_("You answer if and when you want. If you say no, they only tell you what happens."),
        why=N_("Nobody writes to you anywhere else unless you give an address for it and say yes."),
        choices=YES_NO,
    ),
    asked(
        "wishes.statistics",
        TO_SOMEBODY - {Door.QUESTION},
        Kind.CHOICE,
        label=N_("May we count this in statistics, without names?"),
        hint=N_("If you do not answer, it is not counted."),
        why=N_("Figures show where things have to change. They are blurred so that nobody can find you in them."),
        choices=YES_NO,
    ),
    asked(
        "wishes.new_readers",
        TO_SOMEBODY,
        Kind.CHOICE,
        label=N_("Somebody new may have to read this, for example an investigator. What then?"),
        hint=N_("If you do not answer, we ask you first."),
        why=N_("It is your story. Asking first can take longer, because we wait for your answer."),
        choices=tuple(Choice(way.value, NEW_READERS[way]) for way in NewReaders),
    ),
    asked(
        "wishes.handler_gender",
        REPORTS | {Door.RETALIATION, Door.COMPLAINT},
        Kind.CHOICE,
        label=N_("Who would you rather speak with?"),
        why=N_("The team tries to find this person. If it cannot, it tells you."),
        choices=options(
            woman=N_("A woman"),
            man=N_("A man"),
            another=N_("Someone of another gender"),
            any=N_("It does not matter to me"),
        ),
    ),
    asked(
        "wishes.talk",
        TO_SOMEBODY - {Door.QUESTION},
        Kind.CHOICES,
        label=N_("How would you like to talk?"),
        hint=N_("Writing on your page is always possible."),
        why=N_("Some people would rather speak than write."),
        choices=options(
            write=N_("Writing on my page"),
            meet=N_("Meeting in person"),
            call=N_("By phone or video"),
            with_someone=N_("Only with someone I trust beside me"),
            interpreter=N_("With an interpreter"),
            access=N_("I need something else: sign language, more time, a place without steps"),
        ),
    ),
)
