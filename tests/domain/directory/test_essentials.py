"""What must be in the directory before an office opens, and which entries need a look first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reporting.domain.directory.essentials import ESSENTIAL, missing
from reporting.domain.directory.international import INTERNATIONAL
from reporting.domain.directory.listing import WORLDWIDE, Directory, Listed, Number, listed_in
from reporting.domain.directory.looks import LOOKS, Look, Unmet, looks, unmet
from reporting.domain.directory.moldova import MOLDOVA
from reporting.domain.directory.seed import records_of
from reporting.domain.directory.showing import dated
from reporting.domain.directory.taxonomies import Pathway

TODAY = date(2026, 6, 1)


def entry(name: str, days: int | None = 1, area: str = WORLDWIDE, pathways: tuple[Pathway, ...] = ESSENTIAL) -> Listed:
    checked_on = None if days is None else TODAY - timedelta(days=days)
    numbers, areas = (Number("112"),), frozenset({area})
    return Listed(name, name, "Helps.", numbers=numbers, areas=areas, pathways=pathways, checked_on=checked_on)


def lacks(*entries: Listed, country: str = "MD", demo: bool = False) -> tuple[Pathway, ...]:
    return missing(dated(Directory(entries), TODAY), country, demo=demo)


@pytest.mark.req("G1")
def test_all_three_kinds_of_urgent_help_are_needed() -> None:
    assert lacks() == ESSENTIAL
    assert lacks(entry("all")) == ()
    assert lacks(entry("two", pathways=(Pathway.CRISIS, Pathway.LEGAL_AID))) == (Pathway.HEALTH_ACUTE,)


@pytest.mark.req("G1")
def test_worldwide_help_counts_and_that_of_another_country_does_not() -> None:
    assert lacks(entry("near", area="MD")) == ()
    assert lacks(entry("far", area="KE")) == ESSENTIAL
    assert lacks(entry("near", area="MD"), country="") == ESSENTIAL
    assert lacks(entry("all"), country="") == ()


@pytest.mark.req("G1")
def test_only_what_somebody_checked_at_least_once_counts_outside_the_demo() -> None:
    assert lacks(entry("never", None)) == ESSENTIAL
    assert lacks(entry("never", None), demo=True) == ()
    assert lacks(entry("old", 2000)) == ()
    assert lacks(entry("tomorrow", -1)) == ESSENTIAL


@pytest.mark.req("G1")
def test_a_list_of_services_and_what_nobody_can_reach_do_not_count() -> None:
    a_list = entry("list", pathways=(*ESSENTIAL, Pathway.DIRECTORIES))
    assert lacks(a_list) == lacks(a_list, demo=True) == ESSENTIAL
    assert lacks(replace(entry("mute"), numbers=()), demo=True) == ESSENTIAL
    assert lacks(replace(entry("page"), numbers=(), url="https://example.org/")) == ()


@pytest.mark.req("G1")
def test_the_entries_that_ship_let_the_example_country_open_in_the_demo_only() -> None:
    shipped = dated(listed_in(records_of((*INTERNATIONAL, *MOLDOVA))), TODAY)
    assert missing(shipped, "MD", demo=True) == ()
    assert missing(shipped, "MD") == ESSENTIAL


@pytest.mark.req("P9")
def test_entries_stand_under_what_they_need_the_longest_unchecked_first() -> None:
    one = (Pathway.CRISIS,)
    days = {"hidden": 366, "soon": 336, "sooner": 365, "late": 335, "later": 181, "fine": 180, "never": None}
    made = [entry(name, at, pathways=one) for name, at in days.items()]
    made.append(entry("last", 900, pathways=(Pathway.SHELTER,)))
    found = looks(dated(Directory(tuple(made)), TODAY), TODAY)
    assert {look: [one.name for one in listed] for look, listed in found.items()} == {
        Look.HIDDEN: ["hidden"],
        Look.OLD: ["last"],
        Look.SOON_HIDDEN: ["sooner", "soon"],
        Look.NEVER: ["never"],
        Look.NOT_LATELY: ["late", "later"],
        Look.FINE: ["fine"],
    }
    assert list(found) == list(Look)
    assert set(LOOKS) == set(Look)


@pytest.mark.req("P9")
def test_a_need_without_any_service_is_named_for_each_country() -> None:
    services = Directory((entry("near", None, "MD", (Pathway.SHELTER,)), entry("all", None)))
    (moldova, elsewhere) = unmet(services, ["MD", "KE"])
    assert Pathway.SHELTER not in moldova.pathways
    assert Pathway.SHELTER in elsewhere.pathways
    assert not {Pathway.KNOWLEDGE, Pathway.DIRECTORIES, *ESSENTIAL} & {*moldova.pathways, *elsewhere.pathways}
    everything = Directory((entry("all", pathways=tuple(set(Pathway) - {Pathway.DIRECTORIES})),))
    assert unmet(everything, ["MD", ""]) == []
    assert unmet(Directory(()), [""]) == [Unmet("", tuple(list(Pathway)[:-2]))]
