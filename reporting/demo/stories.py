"""What is told in the demonstration: short, restrained and invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reporting.demo.cast import CHISINAU, NORTH
from reporting.domain.questions import Door
from reporting.domain.sealed.disclosure import Person

Said = str | tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """One report as somebody would fill it in: question ids with words or ticked choices."""

    door: Door
    place: str
    said: Mapping[str, Said]
    named: tuple[Person, ...] = ()
    closed_to: tuple[str, ...] = ()
    language: str = "en"


UNIT_HEAD: Final = Story(
    Door.FORMAL,
    CHISINAU,
    {
        "account.story": (
            "Since the summer the head of my unit makes remarks about how I look, also when others are there. After "
            "a late meeting he held my arm and said that my contract is easier to renew for somebody who is nice to "
            "him. Since then I try never to be alone with him. I sleep badly and think of leaving."
        ),
        "more.words_contact": "He called it a joke the next day. Nobody laughed.",
        "more.told": "Nobody at work. My sister knows.",
        "safety.now": ("partly",),
        "details.conduct": ("remarks", "pressure", "touching"),
        "details.when": "Since about June",
        "details.where": "At work, mostly after meetings",
        "details.often": ("more",),
        "details.ongoing": ("yes",),
        "details.link": ("staff",),
        "people.relationship": ("senior",),
        "wishes.wanted": ("stop", "apart", "support", "investigation"),
        "wishes.own": "I do not want my team to hear of it before I know what happens next.",
        "wishes.contact": ("yes",),
        "wishes.statistics": ("yes",),
        "wishes.new_readers": ("ask",),
        "wishes.talk": ("write",),
        "about.name": "You may call me Lidia",
        "about.visible": ("no",),
    },
    (Person("Petru Dragan", "Head of unit", "Chisinau office"),),
)

CHAT: Final = Story(
    Door.INFORMAL,
    CHISINAU,
    {
        "account.story": (
            "A colleague from another team writes to me in the work chat late at night, every few days. I asked him "
            "to stop. Now he comments on what I wear when we meet in the corridor. I would like advice first."
        ),
        "more.online": "The work chat and two private messages.",
        "details.conduct": ("online_messages", "remarks"),
        "details.ongoing": ("yes",),
        "details.link": ("staff",),
        "people.relationship": ("colleague",),
        "wishes.wanted": ("listen", "advice", "stop"),
        "wishes.contact": ("yes",),
    },
)

TRAINING: Final = Story(
    Door.FORMAL,
    CHISINAU,
    {
        "account.story": (
            "At the training in spring one of the trainers put his hand on my back several times although I moved "
            "away. He asked for my room number. Two other participants saw it. He will train our team again."
        ),
        "more.witnesses": "Two people from another organisation. I can ask them if they agree to be named.",
        "details.conduct": ("touching", "advances"),
        "details.when": "In April",
        "details.where": "At a hotel, during a training",
        "details.ongoing": ("may_return",),
        "details.link": ("partner",),
        "people.relationship": ("outside",),
        "wishes.wanted": ("stop", "investigation", "change"),
        "wishes.contact": ("yes",),
        "wishes.statistics": ("yes",),
        "wishes.new_readers": ("tell",),
        "about.name": "Tatiana M.",
        "about.reach": "On my page is best",
        "about.visible": ("yes",),
    },
    (Person("Oleg Sandu", "Trainer", "A company that gives trainings"),),
)

AFTERWARDS: Final = Story(
    Door.RETALIATION,
    NORTH,
    {
        "account.retaliation": (
            "In the spring I stood by a colleague who had complained. Since then I am on every night shift, and my "
            "leave was refused twice without a reason."
        ),
        "retaliation.changed": ("moved", "pay", "left_out"),
        "retaliation.since": "Since the spring",
        "wishes.wanted": ("undo", "stop"),
        "wishes.contact": ("yes",),
        "wishes.statistics": ("yes",),
    },
)

WITNESSED: Final = Story(
    Door.WITNESS,
    NORTH,
    {
        "account.witness": (
            "رأيت في مكان توزيع المساعدات أن أحد العاملين يطلب من امرأة أن تلتقي به على انفراد قبل أن تحصل على "
            "حصتها. بدت خائفة. لا أعرف اسمها، ولا أريد أن أسبب لها أي أذى."
        ),
        "witness.how": ("saw",),
        "witness.for_whom": ("myself",),
        "witness.knows": ("no",),
        "details.conduct": ("exchange",),
        "details.where": "في مكان التوزيع",
        "wishes.witness": ("stop", "support"),
        "wishes.contact": ("yes",),
        "wishes.new_readers": ("tell",),
    },
    language="ar",
)

ASKING: Final = Story(
    Door.QUESTION,
    CHISINAU,
    {
        "account.question": "Can I report something that happened two years ago, when I was an intern here?",
        "wishes.contact": ("yes",),
    },
)

FIELD_TRIP: Final = Story(
    Door.INFORMAL,
    NORTH,
    {
        "account.story": (
            "On field trips the driver of our team tells sexual jokes and asks the women in the car about their "
            "private life. We are on the road for hours and cannot get out. Most of us have stopped answering."
        ),
        "details.conduct": ("remarks",),
        "details.often": ("long",),
        "details.ongoing": ("yes",),
        "details.link": ("staff",),
        "people.relationship": ("colleague",),
        "wishes.wanted": ("stop", "word", "change"),
        "wishes.contact": ("yes",),
        "wishes.statistics": ("yes",),
        "wishes.new_readers": ("tell",),
        "about.name": "R., from the health team",
        "about.visible": ("no",),
    },
    (Person("", "Driver", "Field office North"),),
    ("ioana.lupu",),
)

DIARY: Final = Story(
    Door.PRIVATE,
    CHISINAU,
    {
        "account.story": (
            "I only want to write this down. Yesterday, after the farewell party, a guest of our office followed me "
            "to the bus stop. I do not know yet if I want anybody to read this."
        ),
        "details.when": "Last week",
    },
)

UNANSWERED: Final = Story(
    Door.COMPLAINT,
    NORTH,
    {
        "account.complaint": "I wrote to the team in the spring and was told to wait. Nobody has answered since.",
        "treatment.about": ("silence", "delay"),
        "wishes.contact": ("yes",),
    },
)

TRYING: Final = Story(Door.INFORMAL, CHISINAU, {"account.story": "test test 123"})
