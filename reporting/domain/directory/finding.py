"""From what somebody says to ordered services: pathways in the order of the table, in each the best fitting first.

Every answer holds something to do: a service, or what to do without one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reporting.domain.directory.before import answers_of, fits, not_known, reasons_below
from reporting.domain.directory.do_now import WITHOUT
from reporting.domain.directory.hours import Hours, State, hours_at
from reporting.domain.directory.listing import WORLDWIDE, Directory, Listed
from reporting.domain.directory.needs import About, Age, Gender, Need
from reporting.domain.directory.pathway_rules import PathwayRule, pathways_for
from reporting.domain.directory.taxonomies import Pathway, Telling, Trait

FIRST_OF_EACH = 3
"""How many services of a pathway are shown at first."""
FIRST = 12
"""How many services of all pathways are shown at first; one for each pathway, whatever the number."""
_SHORT_NUMBER = re.compile(r"\d{2,4}")


@dataclass(frozen=True, slots=True)
class Offer:
    """One service for her: what to know before, why it stands below, what to ask first, and whether it is open."""

    service: Listed
    near: bool
    below: tuple[str, ...]
    ask: tuple[str, ...]
    hours: Hours
    answers: tuple[tuple[Telling, str], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One pathway: why it is here, its services, those named above already, and what to do where there is none near.

    `without` is empty where something near is known, or where the services of this pathway need not be near.
    """

    pathway: Pathway
    because: str
    offers: tuple[Offer, ...]
    above: tuple[Listed, ...]
    without: str


@dataclass(frozen=True, slots=True)
class Found:
    """What there is for her. `near` says whether anything serves the country that she named; `left` counts the rest."""

    ways: tuple[Way, ...]
    near: bool
    left: int

    @property
    def services(self) -> list[Listed]:
        """Return every service that is shown, in order."""
        return [offer.service for way in self.ways for offer in way.offers]


def find_help(
    directory: Directory, need: Need, now: datetime, language: str = "", *, everything: bool = False
) -> Found:
    """Return the ways that there are for her at a moment (UTC); `language` is that of the page."""
    shown: dict[str, Listed] = {}
    ways, left = [], 0
    for rule in pathways_for(need):
        offers = _offers(directory, rule.pathway, need, now, language)
        fresh = [offer for offer in offers if offer.service.id not in shown]
        above = [offer.service for offer in offers if offer.service.id in shown]
        least = 0 if any(one.is_reachable for one in above) else 1
        room = len(fresh) if everything else max(least, min(FIRST_OF_EACH, FIRST - len(shown)))
        ways.append(_way(rule, fresh[:room], above[:FIRST_OF_EACH], offers))
        shown |= {offer.service.id: offer.service for offer in fresh[:room]}
        left += len(fresh[room:])
    near = bool(need.country) and any(need.country in one.areas and one.is_reachable for one in shown.values())
    return Found(tuple(ways), near, left)


def _way(rule: PathwayRule, offers: Sequence[Offer], above: Sequence[Listed], known: Sequence[Offer]) -> Way:
    reachable = [offer for offer in known if offer.service.is_reachable]
    enough = any(offer.near or rule.pathway in ANYWHERE for offer in reachable)
    without = "" if enough else WITHOUT[rule.pathway]
    return Way(rule.pathway, rule.because, tuple(offers), tuple(above), without)


ANYWHERE = frozenset(
    {
        Pathway.CRISIS,
        Pathway.COUNSELLING,
        Pathway.DIGITAL_SAFETY,
        Pathway.TAKEDOWN_ADULT,
        Pathway.TAKEDOWN_MINOR,
        Pathway.OMBUDSMAN,
        Pathway.RETALIATION,
        Pathway.INVESTIGATION,
        Pathway.DIRECTORIES,
        Pathway.KNOWLEDGE,
    }
)
"""Where a service need not be near to be of use: by telephone, online, or inside an organisation."""


def _offers(directory: Directory, pathway: Pathway, need: Need, now: datetime, language: str) -> list[Offer]:
    offers = [_offer(one, need, now) for one in directory.on(pathway, need.country) if _is_meant(one, need)]
    return sorted(offers, key=lambda offer: _rank(offer, need, language))


def _is_meant(service: Listed, need: Need) -> bool:
    """Return whether a service may be for her; one that is surely for others would only take her time."""
    if service.says(Trait.MEN_ONLY) and need.gender is Gender.WOMAN:
        return False
    return not service.says(Trait.UNITED_NATIONS_STAFF) or About.UNITED_NATIONS in need.about


def _is_rather_for_others(service: Listed, need: Need) -> bool:
    for_children = Pathway.CHILD_PROTECTION in service.pathways and need.age is not Age.UNDER_18
    return for_children or (service.says(Trait.MEN_ONLY) is True and need.gender is not Gender.MAN)


def _offer(service: Listed, need: Need, now: datetime) -> Offer:
    return Offer(
        service,
        bool(need.country) and need.country in service.areas,
        tuple(reasons_below(service, need)),
        tuple(not_known(service, need)),
        hours_at(service.hours, service.time_zone, now),
        tuple(answers_of(service).items()),
    )


def _rank(offer: Offer, need: Need, language: str) -> tuple[object, ...]:
    """Return the place of an offer among those of its pathway: the smaller, the higher."""
    service = offer.service
    of_men = need.gender is Gender.MAN and service.says(Trait.MALE_SURVIVORS) is True
    is_open = {State.CLOSED: 2, State.UNKNOWN: 1}.get(offer.hours.state, 0) if service.numbers else 1
    return (
        bool(offer.below),
        not service.is_reachable,
        _is_rather_for_others(service, need),
        not of_men,
        not offer.near,
        service.says(Trait.UNITED_NATIONS_STAFF) is not True,  # what was made for people like her
        service.checked_on is None,
        -fits(service, need),
        bool(service.languages) and language not in service.languages,
        is_open,
        service.name.casefold(),
    )


def emergency_number(directory: Directory, country: str) -> str | None:
    """Return the emergency number of a country, if the directory knows it: short, for doctors and police at once."""
    for one in directory.services:
        if country and country in one.areas and {Pathway.HEALTH_ACUTE, Pathway.POLICE} <= set(one.pathways):
            found = next((each.number for each in one.numbers if _SHORT_NUMBER.fullmatch(each.number)), None)
            if found:
                return found
    return None


def countries_of(directory: Directory) -> frozenset[str]:
    """Return the countries for which the directory knows something."""
    return frozenset(area for one in directory.services for area in one.areas if area and area != WORLDWIDE)
