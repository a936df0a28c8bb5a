"""Boxes to tick after her own words, and who did it."""

from reporting.domain.questions.kinds import REPORTS, Door, Kind, asked, options
from reporting.domain.words import N_

_REPORTED = REPORTS | {Door.WITNESS}
_NOTED = _REPORTED | {Door.PRIVATE}

CONDUCT = options(
    remarks=N_("Sexual remarks, jokes or questions"),
    looks=N_("Staring, gestures or sounds"),
    advances=N_("Invitations or advances that were not wanted"),
    pressure=N_("Pressure for dates or sex, with a promise or a threat"),
    shown_pictures=N_("Sexual pictures or films shown to someone"),
    exposure=N_("Someone showed private parts of their body"),
    touching=N_("Touching that was not wanted"),
    assault=N_("Being forced into something sexual, or an attempt to do it"),
    following=N_("Being followed, watched or waited for"),
    gender=N_("Insults or bad treatment because of gender"),
    bullying=N_("Shouting, humiliation or leaving someone out"),
    discrimination=N_("Worse treatment because of who someone is"),
    power=N_("Power at work used in a wrong way"),
    exchange=N_("Sex asked for in return for help, goods or a service"),
    online_messages=N_("Online: messages, calls or pictures that were not wanted"),
    online_images=N_("Online: intimate pictures shared, or a threat to share them"),
    online_deepfake=N_("Online: fake pictures, films or voices of someone (deepfakes)"),
    online_tracking=N_("Online: tracking by phone or app, or reading along in secret"),
    online_account=N_("Online: breaking into an account or device"),
    online_impersonation=N_("Online: a fake profile, or someone pretending to be another person"),
    online_doxxing=N_("Online: an address, number or other private facts made public"),
    online_threats=N_("Online: threats"),
    online_rumours=N_("Online: lies or rumours spread about someone"),
    online_group=N_("Online: many people attacking one person"),
    online_meeting=N_("Online: sexual behaviour in a video call or work chat"),
    other=N_("Something else"),
)

GROUNDS = options(
    sex=N_("Being a woman or a man"),
    gender_identity=N_("Gender identity, or how someone shows it"),
    orientation=N_("Whom someone loves (sexual orientation)"),
    race=N_("Race or skin colour"),
    ethnic_origin=N_("Ethnic origin or indigenous people"),
    nationality=N_("Nationality or language"),
    religion=N_("Religion or belief"),
    disability=N_("Disability"),
    health=N_("Health or HIV status"),
    age=N_("Age"),
    pregnancy=N_("Pregnancy, children or family"),
    migration=N_("Migration or refugee status"),
    contract=N_("Kind of contract, or low rank"),
    class_caste=N_("Class, caste or poverty"),
    union_politics=N_("Union work or political views"),
    other=N_("Something else"),
)

LINKS = options(
    staff=N_("I work here"),
    contractor=N_("I work here for another company, or as a consultant"),
    intern=N_("I am an intern, a volunteer or a trainee"),
    applicant=N_("I applied for work here"),
    former=N_("I used to work here"),
    event=N_("I took part in an event"),
    partner=N_("I work for a partner organisation"),
    community=N_("I live in the community, or I receive help or services"),
    other=N_("Something else"),
)

DETAILS = (
    asked(
        "details.conduct",
        _REPORTED,
        Kind.CHOICES,
        label=N_("What kind of thing was it?"),
        hint=N_("Tick as many as fit. Once is enough."),
        why=N_("So that the right people help. You do not need to find the right name for it."),
        choices=CONDUCT,
    ),
    asked(
        "details.conduct_own",
        _REPORTED,
        Kind.TEXT,
        label=N_("What would you call it yourself?"),
        why=N_("No list has words for everything."),
    ),
    asked(
        "details.grounds",
        _REPORTED,
        Kind.CHOICES,
        label=N_("Was it also about who you are, or who they think you are?"),
        hint=N_("If you write for somebody else: about who that person is. Tick as many as fit."),
        why=N_("Harassment often strikes at several things at once. The answer to it should see all of them."),
        choices=GROUNDS,
    ),
    asked(
        "details.grounds_own",
        _REPORTED,
        Kind.TEXT,
        label=N_("How would you say it yourself?"),
        why=N_("You know best who you are."),
    ),
    asked(
        "details.when",
        _NOTED,
        Kind.TEXT,
        label=N_("When was it, roughly?"),
        hint=N_("“About March”, “before the summer meeting” or “for two years” are good answers."),
        why=N_("Some help and some rules have time limits. It is never too late to tell."),
    ),
    asked(
        "details.where",
        _NOTED,
        Kind.TEXT,
        label=N_("Where was it, roughly?"),
        hint=N_("“At work”, “on a trip”, “at a party after the conference” or “online” are good answers."),
        why=N_("So that the team knows who is responsible for the place."),
    ),
    asked(
        "details.often",
        _NOTED,
        Kind.CHOICE,
        label=N_("Was it once, or more than once?"),
        why=N_("Once is enough. If it comes again and again, the team plans for that."),
        choices=options(once=N_("Once"), more=N_("More than once"), long=N_("It went on over a long time")),
    ),
    asked(
        "details.ongoing",
        _NOTED,
        Kind.CHOICE,
        label=N_("Does it still go on?"),
        why=N_("So that the team knows how quickly it has to act."),
        choices=options(
            yes=N_("Yes"),
            may_return=N_("It has stopped, but it may start again"),
            no=N_("No"),
        ),
    ),
    asked(
        "details.link",
        _REPORTED,
        Kind.CHOICE,
        label=N_("What do you have to do with this organisation?"),
        why=N_("Different rules protect different people. You can report whoever you are."),
        choices=LINKS,
    ),
)

PEOPLE = (
    asked(
        "people.named",
        _NOTED | {Door.RETALIATION},
        Kind.PEOPLE,
        label=N_("Who did this?"),
        hint=N_("As many people as there are. A first name, a nickname, a job or an online name is enough."),
        why=N_("Anyone with a name like the ones you give starts without a key to what you wrote."),
    ),
    asked(
        "people.relationship",
        REPORTS | {Door.RETALIATION},
        Kind.CHOICES,
        label=N_("What are they to you?"),
        hint=N_("Tick as many as fit."),
        why=N_("It is harder when somebody has power over you. The team has to know that."),
        choices=options(
            senior=N_("My boss, or someone above me"),
            colleague=N_("A colleague"),
            junior=N_("Someone who works for me"),
            outside=N_("Someone from outside: a partner, supplier, customer or official"),
            community=N_("Someone whom the organisation helps"),
            close=N_("A partner, former partner or relative"),
            unknown=N_("Someone I do not know"),
            other=N_("Someone else"),
        ),
    ),
)
