"""What to know before turning to a service: its own four answers, or what follows from its traits, or that we ask.

Nothing here promises for a service what it has not said.
"""

from collections.abc import Mapping

from reporting.domain.directory.listing import Listed
from reporting.domain.directory.needs import WISHED, About, Age, Gender, Need, Wish
from reporting.domain.directory.taxonomies import Pathway, Telling, Trait
from reporting.domain.words import N_

ASK_FIRST = N_("We do not know. Ask before you say more than you want to.")

_PHONE = N_("Somebody answers the telephone. You can ask first and tell later, as much or as little as you want.")
_READ = N_("You read on their website first. Nobody there knows of you until you write to them.")
_HANG_UP = N_("Yes. You can hang up at any time, and you need not say why.")
_CLOSE = N_("Yes. You can close the page or stop answering at any time.")
_SOMEBODY_MAY_COME = N_("You can hang up. Once they know where you are, somebody may still come.")
_NO_NAME = N_("The people who answer. You need not say who you are.")
_NAME = N_("The people who answer. They ask who you are.")
_OUTSIDE = N_(
    "The people who answer, as far as we know nobody at your work. We do not know whether they ask your name."
)
_POLICE = N_("The people who answer, and the police.")
_HAS_TO = N_("It may have to report what you say. Ask before you tell them.")
_HAS_NOT = N_("No, as far as we know. You can ask first.")


def answers_of(service: Listed) -> Mapping[Telling, str]:
    """Return an answer to each of the four questions: the service's own, else what its traits say, else “ask”."""
    derived = {
        Telling.WHAT_HAPPENS: _PHONE if service.numbers else _READ if service.url else ASK_FIRST,
        Telling.WHO_WILL_KNOW: _who_will_know(service),
        Telling.CAN_I_STOP: _can_i_stop(service),
        Telling.MUST_REPORT: {True: _HAS_TO, False: _HAS_NOT, None: ASK_FIRST}[service.says(Trait.MANDATORY_REPORTER)],
    }
    return {telling: service.tellings.get(telling) or derived[telling] for telling in Telling}


def _who_will_know(service: Listed) -> str:
    if service.says(Trait.POLICE_INVOLVED):
        return _POLICE
    named = service.says(Trait.ANONYMOUS_OK)
    if named is not None:
        return _NO_NAME if named else _NAME
    return _OUTSIDE if service.says(Trait.INDEPENDENT_OF_EMPLOYER) else ASK_FIRST


def _can_i_stop(service: Listed) -> str:
    if service.says(Trait.POLICE_INVOLVED):
        return _SOMEBODY_MAY_COME
    return _HANG_UP if service.numbers else _CLOSE if service.url else ASK_FIRST


AGAINST: Mapping[Wish, str] = {
    Wish.ANONYMOUS: N_("They ask who you are."),
    Wish.NO_BILL: N_("A call shows on the telephone bill."),
    Wish.NO_POLICE: N_("The police are involved here."),
    Wish.NO_DUTY: N_("They may have to report what you say."),
}
"""Why a service stands below: it goes against a wish."""
NOT_KNOWN: Mapping[Wish, str] = {
    Wish.ANONYMOUS: N_("We do not know whether you can stay without a name: ask before you say more."),
    Wish.NO_BILL: N_("We do not know whether a call shows on the telephone bill: use another phone if that matters."),
    Wish.NO_POLICE: N_("We do not know whether they involve the police: ask before you say more."),
    Wish.NO_DUTY: N_("We do not know whether they have to report what you say: ask before you say more."),
}
"""What is said where nothing is known about a wish."""
WOMEN_ONLY = N_("Not for men, as far as we know.")
MEN_UNKNOWN = N_("We do not know whether they are there for men, too. You can ask that first.")
ADULTS_ONLY = N_("For people of 18 and older only.")
MINORS_UNKNOWN = N_("We do not know whether they are there for people under 18, too. You can ask that first.")
LGBTI_NOT = N_("They say that they are not ready for LGBTI people.")
LGBTI_UNKNOWN = N_("We do not know whether they are ready for LGBTI people. You need not tell them.")
DISABILITY_NOT = N_("They say that they are not ready for people with disabilities. You can ask what they can do.")
DISABILITY_UNKNOWN = N_("We do not know whether they are ready for people with disabilities. You can ask that first.")

_FOR_CHILDREN = frozenset({Pathway.CHILD_PROTECTION, Pathway.TAKEDOWN_MINOR})


def reasons_below(service: Listed, need: Need) -> list[str]:
    """Return why a service stands below the others for her; nothing where it does not."""
    found = [AGAINST[wish] for wish in Wish if wish in need.wishes and _answer(service, wish) is False]
    if need.gender is Gender.MAN and service.says(Trait.MALE_SURVIVORS) is False:
        found.append(WOMEN_ONLY)
    if need.age is Age.UNDER_18 and (service.says(Trait.ADULTS_ONLY) or service.says(Trait.MINORS) is False):
        found.append(ADULTS_ONLY)
    if About.LGBTI in need.about and service.says(Trait.LGBTI) is False:
        found.append(LGBTI_NOT)
    if About.DISABILITY in need.about and service.says(Trait.DISABILITY) is False:
        found.append(DISABILITY_NOT)
    return found


def not_known(service: Listed, need: Need) -> list[str]:
    """Return what she should ask first, because it matters to her and we do not know it."""
    found = [NOT_KNOWN[wish] for wish in Wish if wish in need.wishes and _answer(service, wish) is None]
    if need.gender is Gender.MAN and service.says(Trait.MALE_SURVIVORS) is None:
        found.append(MEN_UNKNOWN)
    if need.age is Age.UNDER_18 and _may_be_for_adults(service):
        found.append(MINORS_UNKNOWN)
    if About.LGBTI in need.about and service.says(Trait.LGBTI) is None:
        found.append(LGBTI_UNKNOWN)
    if About.DISABILITY in need.about and service.says(Trait.DISABILITY) is None:
        found.append(DISABILITY_UNKNOWN)
    return found


def _may_be_for_adults(service: Listed) -> bool:
    """Return whether nothing says that a service is for under 18, neither its traits nor what it is listed for."""
    if service.says(Trait.MINORS) is not None or service.says(Trait.ADULTS_ONLY):
        return False
    return _FOR_CHILDREN.isdisjoint(service.pathways)


def fits(service: Listed, need: Need) -> int:
    """Return how many things about her and her wishes a service says that it is right for."""
    about = {
        Trait.MALE_SURVIVORS: need.gender is Gender.MAN,
        Trait.LGBTI: About.LGBTI in need.about,
        Trait.DISABILITY: About.DISABILITY in need.about,
        Trait.MINORS: need.age is Age.UNDER_18,
    }
    said = sum(asked and service.says(trait) is True for trait, asked in about.items())
    return said + sum(_answer(service, wish) is True for wish in need.wishes)


def _answer(service: Listed, wish: Wish) -> bool | None:
    """Return whether a service is as she wishes; a service without a number shows on no bill."""
    if wish is Wish.NO_BILL and not service.numbers:
        return True
    trait, hoped = WISHED[wish]
    said = service.says(trait)
    return None if said is None else said is hoped
