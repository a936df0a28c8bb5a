"""Our own words in the directory: pathways, safety traits, and what each service answers beforehand.

They stand in the directory as taxonomies of HSDS, so that an export explains itself. Ids follow from the codes, so the
same word has the same id in every instance.
"""

from collections.abc import Mapping
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from reporting.domain.directory.tables import Records, Row
from reporting.domain.words import N_

_SPACE = uuid5(NAMESPACE_URL, "https://harbour.invalid/directory")


class Pathway(StrEnum):
    """What somebody needs: the way that a service stands on."""

    HEALTH_ACUTE = "health.acute"
    CRISIS = "mhpss.crisis"
    COUNSELLING = "mhpss.longer"
    SHELTER = "safety.shelter"
    LEGAL_AID = "legal.aid"
    POLICE = "justice.police"
    OMBUDSMAN = "internal.ombudsman"
    RETALIATION = "internal.retaliation"
    INVESTIGATION = "internal.investigation"
    EQUALITY_BODY = "justice.equality"
    DIGITAL_SAFETY = "digital.safety"
    TAKEDOWN_ADULT = "digital.takedown.adult"
    TAKEDOWN_MINOR = "digital.takedown.minor"
    CHILD_PROTECTION = "child.protection"
    KNOWLEDGE = "knowledge"
    DIRECTORIES = "directories"


PATHWAYS: Mapping[Pathway, str] = {
    Pathway.HEALTH_ACUTE: N_("Medical care now"),
    Pathway.CRISIS: N_("Someone to talk to now"),
    Pathway.COUNSELLING: N_("Counselling and therapy"),
    Pathway.SHELTER: N_("A safe place to stay"),
    Pathway.LEGAL_AID: N_("Legal advice"),
    Pathway.POLICE: N_("Police and courts"),
    Pathway.OMBUDSMAN: N_("A neutral person inside the organisation"),
    Pathway.RETALIATION: N_("Protection against punishment for speaking up"),
    Pathway.INVESTIGATION: N_("An investigation inside the organisation"),
    Pathway.EQUALITY_BODY: N_("A public body for equality or labour rights"),
    Pathway.DIGITAL_SAFETY: N_("Safety of phone, accounts and data"),
    Pathway.TAKEDOWN_ADULT: N_("Having pictures taken down (18 or older)"),
    Pathway.TAKEDOWN_MINOR: N_("Having pictures taken down (taken before 18)"),
    Pathway.CHILD_PROTECTION: N_("Protection of children and young people"),
    Pathway.KNOWLEDGE: N_("Guides to read"),
    Pathway.DIRECTORIES: N_("Lists of services by country"),
}
"""What each pathway is called on a page."""


class Trait(StrEnum):
    """Something about a service that decides whether it is safe or right for somebody: yes, no or not known."""

    ANONYMOUS_OK = "anonymous_ok"
    PHONE_BILL_VISIBLE = "phone_bill_visible"
    MANDATORY_REPORTER = "mandatory_reporter"
    POLICE_INVOLVED = "police_involved"
    MALE_SURVIVORS = "male_survivors"
    MEN_ONLY = "men_only"
    LGBTI = "lgbti"
    DISABILITY = "disability"
    MINORS = "minors"
    ADULTS_ONLY = "adults_only"
    INDEPENDENT_OF_EMPLOYER = "independent_of_employer"
    UNITED_NATIONS_STAFF = "united_nations_staff"
    WORKPLACE = "workplace"
    ACUTE_72H = "acute_72h"
    ACUTE_120H = "acute_120h"


TRAITS: Mapping[Trait, str] = {
    Trait.ANONYMOUS_OK: N_("You need not say who you are"),
    Trait.PHONE_BILL_VISIBLE: N_("A call shows on the telephone bill"),
    Trait.MANDATORY_REPORTER: N_("May have to report what you say"),
    Trait.POLICE_INVOLVED: N_("The police are involved"),
    Trait.MALE_SURVIVORS: N_("For men, too"),
    Trait.MEN_ONLY: N_("For men and boys only"),
    Trait.LGBTI: N_("For LGBTI people, too"),
    Trait.DISABILITY: N_("Ready for people with disabilities"),
    Trait.MINORS: N_("For people under 18, too"),
    Trait.ADULTS_ONLY: N_("For people of 18 and older only"),
    Trait.INDEPENDENT_OF_EMPLOYER: N_("Independent of your employer"),
    Trait.UNITED_NATIONS_STAFF: N_("For people who work for the United Nations"),
    Trait.WORKPLACE: N_("Covers harassment at work"),
    Trait.ACUTE_72H: N_("Care that works best within 72 hours"),
    Trait.ACUTE_120H: N_("Care that works best within 120 hours"),
}
"""What each trait is called on a page where it is true."""


class Telling(StrEnum):
    """What somebody should know before she turns to a service; answered in words."""

    WHAT_HAPPENS = "what_happens"
    WHO_WILL_KNOW = "who_will_know"
    CAN_I_STOP = "can_i_stop"
    MUST_REPORT = "must_report"


TELLINGS: Mapping[Telling, str] = {
    Telling.WHAT_HAPPENS: N_("What happens?"),
    Telling.WHO_WILL_KNOW: N_("Who will know?"),
    Telling.CAN_I_STOP: N_("Can I stop?"),
    Telling.MUST_REPORT: N_("Does this service have to report?"),
}

PLAIN_FACTS = ("time_zone",)
"""Facts that HSDS has no field for: the time zone in which hours are meant, such as Europe/Chisinau."""

_TAXONOMIES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "pathways": ("What a service is for.", {pathway.value: name for pathway, name in PATHWAYS.items()}),
    "traits": (
        "What makes a service safe or right for somebody.",
        {trait.value: name for trait, name in TRAITS.items()},
    ),
    "tellings": ("What to know before turning to a service.", {one.value: name for one, name in TELLINGS.items()}),
    "facts": ("Facts that have no field of their own.", {code: code for code in PLAIN_FACTS}),
}


def stable_id(*words: str) -> str:
    """Return the same id for the same words, in every instance (UUID version 5)."""
    return str(uuid5(_SPACE, "/".join(words)))


def term_id(code: str) -> str:
    """Return the id of a word of ours; codes are unique among all of our taxonomies."""
    return stable_id("term", code)


def is_id(text: str) -> bool:
    """Return whether this is an id as HSDS writes them: a UUID in its usual form."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def own_taxonomies() -> Records:
    """Return our taxonomies and their words as rows of the directory."""
    taxonomies: list[Row] = []
    terms: list[Row] = []
    for name, (description, words) in _TAXONOMIES.items():
        taxonomy_id = stable_id("taxonomy", name)
        taxonomies.append({"id": taxonomy_id, "name": name, "description": description})
        for code, word in words.items():
            of = {"taxonomy": name, "taxonomy_id": taxonomy_id, "language": "en"}
            terms.append({"id": term_id(code), "code": code, "name": word, "description": word, **of})
    return {"taxonomy": taxonomies, "taxonomy_term": terms}


CODE_OF: Mapping[str, str] = {term_id(code): code for _, words in _TAXONOMIES.values() for code in words}
"""The code of each of our words, by the id of its row."""
