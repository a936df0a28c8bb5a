"""Plain examples to compare with: for each kind that can be ticked, and for who somebody is.

No quiz and no verdict. An example says what was done, never what the other person meant, and never what the one it was
done to did before, wore or drank.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.domain.words import N_


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds that are shown under one heading; `kinds` are ids of the choices of the question `details.conduct`."""

    id: str
    title: str
    kinds: tuple[str, ...]


FAMILIES: tuple[Family, ...] = (
    Family("words", N_("It can be words"), ("remarks", "advances")),
    Family("looks", N_("It can be looks, gestures or pictures"), ("looks", "shown_pictures", "exposure", "following")),
    Family("touch", N_("It can be touch"), ("touching", "assault")),
    Family("power", N_("It can be pressure or power"), ("pressure", "power", "exchange", "bullying")),
    Family("who", N_("It can be about who you are"), ("gender", "discrimination")),
    Family(
        "online",
        N_("It can be online"),
        (
            "online_messages",
            "online_meeting",
            "online_images",
            "online_deepfake",
            "online_impersonation",
            "online_rumours",
            "online_group",
            "online_threats",
            "online_doxxing",
            "online_tracking",
            "online_account",
        ),
    ),
    Family("other", N_("It can be something else"), ("other",)),
)
"""Every kind, in the order of the page."""

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "remarks": (
        N_("Comments about your body or your sex life. One comment is enough."),
        N_("Sexual jokes, stories or questions that you did not ask for."),
    ),
    "advances": (
        N_("Being asked out again after you said no, or did not answer."),
        N_("A guest from outside sits too close at a work dinner and asks for your room number."),
    ),
    "looks": (N_("Staring at your body, whistling, sexual gestures, blocking your way."),),
    "shown_pictures": (N_("Sexual pictures on a wall, on a screen or passed around."),),
    "exposure": (N_("Someone shows you parts of their body that you did not want to see."),),
    "following": (N_("Someone waits for you after work, follows you or stands outside your door."),),
    "touching": (
        N_("A hand on your back, your knee or your hair."),
        N_("A hug or a kiss that you did not want. A hand that grabs you “for fun”."),
    ),
    "assault": (N_("Being held, cornered or forced into anything sexual. This may be a crime as well."),),
    "pressure": (
        N_("A contract, a promotion, a good review or a visa, in return for going along."),
        N_("Worse work, or silence, after you said no."),
    ),
    "power": (
        N_("Someone senior plans work or a trip so that you are alone with them."),
        N_("Being told that it will hurt you if you talk about it."),
    ),
    "exchange": (N_("Someone asks for sex before they give out food, papers, money or a place on a list."),),
    "bullying": (N_("Being shouted at or laughed at in front of others, or left out on purpose."),),
    "gender": (
        N_("Hearing that your work is nothing for a woman, or nothing for a man."),
        N_("Being mocked as “not a real man” or “not a real woman”."),
    ),
    "discrimination": (N_("Being passed over, paid less or not asked, because of who you are."),),
    "online_messages": (N_("Sexual messages, pictures or emojis in a chat, by e-mail or late at night."),),
    "online_meeting": (N_("Sexual remarks, pictures or behaviour in a video meeting."),),
    "online_images": (N_("An intimate picture of you is shared, or someone threatens to share it."),),
    "online_deepfake": (N_("Your face or voice is put into a sexual picture or film that is not real."),),
    "online_impersonation": (N_("A profile with your name or picture that you did not make."),),
    "online_rumours": (N_("A sexual story about you goes round in a group chat."),),
    "online_group": (N_("Many people write to you or about you at once."),),
    "online_threats": (N_("A message that says what will be done to you or your family."),),
    "online_doxxing": (N_("Your address, your number or something private is published."),),
    "online_tracking": (N_("Someone knows where you are, or what you write to others, and you never told them."),),
    "online_account": (N_("Someone gets into your e-mail, your accounts or your phone."),),
    "other": (N_("Something that no list has a name for. You can say it in your own words."),),
}
"""By kind: what it can look like."""


@dataclass(frozen=True, slots=True)
class Ground:
    """An example that is about who somebody is; `grounds` are ids of the choices of the question `details.grounds`."""

    grounds: frozenset[str]
    words: str


def _about(words: str, *grounds: str) -> Ground:
    return Ground(frozenset(grounds), words)


ABOUT_YOU: tuple[Ground, ...] = (
    _about(
        N_("Sexual remarks about your skin, your hair, your people, your language or where you come from."),
        *("sex", "race", "ethnic_origin", "nationality"),
    ),
    _about(
        N_("Questions about your body or your partner because you are gay, lesbian, bisexual, trans or intersex."),
        *("orientation", "gender_identity"),
    ),
    _about(N_("A threat to tell others whom you love, what you believe or how you live."), "orientation", "religion"),
    _about(N_("Being touched “to help” when you did not ask for it, because you have a disability."), "disability"),
    _about(
        N_("Sexual remarks about your health, your age, or because you are pregnant."), *("health", "age", "pregnancy")
    ),
    _about(N_("“Your papers depend on me.” “Your contract ends soon.”"), "migration", "contract"),
    _about(
        N_("Sexual talk about you because you have less money, or because you speak up for others at work."),
        *("class_caste", "union_politics"),
    ),
)
"""Several grounds can meet in one sentence, as they do in life."""
