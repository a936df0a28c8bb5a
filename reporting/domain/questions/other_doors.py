"""Questions of the doors beside a report: being punished, having seen it, being treated badly."""

from reporting.domain.questions.kinds import Door, Kind, asked, options
from reporting.domain.words import N_

_RETALIATION = frozenset({Door.RETALIATION})
_WITNESS = frozenset({Door.WITNESS})
_COMPLAINT = frozenset({Door.COMPLAINT})

RETALIATION = (
    asked(
        "retaliation.changed",
        _RETALIATION,
        Kind.CHOICES,
        label=N_("What has changed for you?"),
        hint=N_("Tick as many as fit."),
        why=N_("Punishment has many forms. Some can be stopped at once."),
        choices=options(
            tasks=N_("My tasks: taken away, added or made useless"),
            moved=N_("My place, team or working hours"),
            contract=N_("My contract: ended, not renewed or threatened"),
            pay=N_("Pay, promotion, leave or training refused"),
            assessment=N_("A bad assessment or a warning"),
            accused=N_("I am accused of something myself"),
            left_out=N_("I am left out, ignored or watched"),
            rumours=N_("Rumours or jokes about me"),
            silence=N_("Pressure to be silent or to take it back"),
            threats=N_("Threats or violence"),
            online=N_("Attacks online"),
            others=N_("Someone who helped me, or is close to me, is treated badly"),
            other=N_("Something else"),
        ),
    ),
    asked(
        "retaliation.since",
        _RETALIATION,
        Kind.TEXT,
        label=N_("Since when, roughly?"),
        hint=N_("“Since the spring” or “a week after I told my boss” are good answers."),
        why=N_("What comes soon after speaking up is easier to see as punishment."),
    ),
    asked(
        "retaliation.spoke_up",
        _RETALIATION,
        Kind.LONG_TEXT,
        label=N_("What did you speak up about, and to whom?"),
        hint=N_("A report, a question, help for a colleague, a “no”: all of it counts. You need not give any token."),
        why=N_("So that the team sees what the punishment is for."),
    ),
)

WITNESS = (
    asked(
        "witness.how",
        _WITNESS,
        Kind.CHOICES,
        label=N_("How do you know about it?"),
        hint=N_("Tick as many as fit."),
        why=N_("All of these help. The team only has to know which is which."),
        choices=options(
            saw=N_("I saw it"),
            heard=N_("I heard it"),
            online=N_("I saw it online"),
            told_by_person=N_("The person it happened to told me"),
            told_by_other=N_("Someone else told me"),
            noticed=N_("I noticed that something is wrong"),
        ),
    ),
    asked(
        "witness.for_whom",
        _WITNESS,
        Kind.CHOICE,
        label=N_("For whom are you writing?"),
        why=N_("So that the team knows whose wishes it hears."),
        choices=options(
            myself=N_("For myself, about what I know"),
            asked=N_("For the person it happened to, who asked me to"),
            not_asked=N_("For the person it happened to, who did not ask me to"),
        ),
    ),
    asked(
        "witness.knows",
        _WITNESS,
        Kind.CHOICE,
        label=N_("Does she know you are telling us? Or he, or they: the person it happened to."),
        hint=N_("If it is safe, ask first what this person wants. You can also write to us without any name."),
        why=N_("So that the team is careful, and does not surprise the person."),
        choices=options(agrees=N_("Yes, and this person agrees"), knows=N_("Yes"), no=N_("No")),
    ),
    asked(
        "witness.relation",
        _WITNESS,
        Kind.CHOICE,
        label=N_("What are you to this person?"),
        why=N_("So that the team knows how close you are, and how you may be able to help."),
        choices=options(
            colleague=N_("A colleague"),
            senior=N_("The boss"),
            friend=N_("A friend"),
            family=N_("A partner or relative"),
            helper=N_("Someone whose work is to help: a doctor, counsellor, union or staff representative"),
            stranger=N_("We do not know each other"),
            other=N_("Something else"),
        ),
    ),
    asked(
        "witness.danger",
        _WITNESS,
        Kind.LONG_TEXT,
        label=N_("Could this become dangerous for the person, or for you?"),
        hint=N_("Nobody reads this at night or at weekends. If someone is in danger now, call the emergency number."),
        why=N_("Safety comes before everything else."),
    ),
)

TREATMENT = (
    asked(
        "treatment.about",
        _COMPLAINT,
        Kind.CHOICES,
        label=N_("What is it about?"),
        hint=N_("Tick as many as fit."),
        why=N_("So that we can see at once what must not wait."),
        choices=options(
            silence=N_("Nobody answers me"),
            delay=N_("It takes too long"),
            shared=N_("Something was passed on without my yes"),
            not_believed=N_("I was not believed, or I was blamed"),
            pressed=N_("I was pressed to do or to say something"),
            without_me=N_("Something was decided without me"),
            conflict=N_("Someone who works on it is too close to the person who did it"),
            access=N_("My language, disability or other needs were not met"),
            unsafe=N_("What was done makes me less safe"),
            other=N_("Something else"),
        ),
    ),
    asked(
        "treatment.who",
        _COMPLAINT,
        Kind.PEOPLE,
        label=N_("Is it about a certain person?"),
        why=N_("Anyone with a name like the ones you give starts without a key to what you wrote."),
    ),
)
