"""From what somebody says to ordered services: every way through the form ends in something to do."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, product
from zoneinfo import ZoneInfo

import pytest

from reporting.domain.directory.before import (
    ADULTS_ONLY,
    AGAINST,
    ASK_FIRST,
    DISABILITY_NOT,
    DISABILITY_UNKNOWN,
    LGBTI_NOT,
    LGBTI_UNKNOWN,
    MEN_UNKNOWN,
    MINORS_UNKNOWN,
    NOT_KNOWN,
    WOMEN_ONLY,
    answers_of,
)
from reporting.domain.directory.do_now import DO_NOW, WITHOUT
from reporting.domain.directory.finding import FIRST, Found, Offer, countries_of, emergency_number, find_help
from reporting.domain.directory.hours import State
from reporting.domain.directory.international import INTERNATIONAL
from reporting.domain.directory.listing import WORLDWIDE, Directory, Listed, Number, listed_in
from reporting.domain.directory.moldova import MOLDOVA
from reporting.domain.directory.needs import (
    ABOUT,
    AGES,
    AGO,
    GENDERS,
    HAPPENED,
    WISHES,
    About,
    Age,
    Ago,
    Gender,
    Happened,
    Need,
    Wish,
    ago_of,
    time_since,
)
from reporting.domain.directory.pathway_rules import RULES, VERSION, pathways_for, review_from
from reporting.domain.directory.seed import records_of
from reporting.domain.directory.showing import shown
from reporting.domain.directory.taxonomies import Pathway, Telling, Trait

NOON = datetime(2026, 3, 2, 12)  # noqa: DTZ001 - the store keeps UTC without a mark
EMPTY = Directory(())
SHIPPED = listed_in(records_of(INTERNATIONAL))
WITH_MOLDOVA = listed_in(records_of((*INTERNATIONAL, *MOLDOVA)))
PRODUCTION = shown(WITH_MOLDOVA, NOON.date())
"""As everybody sees it where nobody has checked an entry: most numbers are kept back."""
DIRECTORIES = {"empty": EMPTY, "shipped": SHIPPED, "moldova": WITH_MOLDOVA, "unchecked": PRODUCTION}
TOUCHED = frozenset({Happened.TOUCHED})


def service(name: str, *pathways: Pathway, area: str = WORLDWIDE, **facts: object) -> Listed:
    """Return a service that everybody could call."""
    known: dict[str, object] = {"numbers": (Number("1"),), "areas": frozenset({area}), "what": "Helps."}
    return Listed(id=name, name=name, pathways=pathways, **(known | facts))  # type: ignore[arg-type]


def names(directory: Directory, need: Need, pathway: Pathway, language: str = "en") -> list[str]:
    """Return the services that are shown on a pathway, in order."""
    found = find_help(directory, need, NOON, language, everything=True)
    return [offer.service.name for way in found.ways if way.pathway is pathway for offer in way.offers]


def offers(directory: Directory, need: Need) -> dict[str, Offer]:
    """Return every offer by name."""
    found = find_help(directory, need, NOON, everything=True)
    return {offer.service.name: offer for way in found.ways for offer in way.offers}


def order(need: Need) -> list[Pathway]:
    """Return the pathways for a need, in order."""
    return [rule.pathway for rule in pathways_for(need)]


def has_an_answer(found: Found) -> bool:
    """Return whether each pathway says something to do: a service that can be reached, or what to do without one."""
    return bool(found.ways) and all(
        way.without in WITHOUT.values() or any(one.url or one.numbers for one in _named(way.offers, way.above))
        for way in found.ways
    )


def _named(given: tuple[Offer, ...], above: tuple[Listed, ...]) -> list[Listed]:
    return [*(offer.service for offer in given), *above]


@pytest.mark.req("P9", "G1")
@pytest.mark.principle("support")
@pytest.mark.parametrize("known", DIRECTORIES)
def test_every_way_through_the_form_ends_in_a_service_or_in_what_to_do(known: str) -> None:
    subsets = [frozenset(few) for size in range(3) for few in combinations(Happened, size)] + [frozenset(Happened)]
    whos = [frozenset[About](), *(frozenset({one}) for one in About), frozenset(About)]
    wishes = [frozenset[Wish](), *(frozenset({one}) for one in Wish), frozenset(Wish)]
    for happened, ago, age, country in product(subsets, Ago, Age, ("", "MD", "KE")):
        assert has_an_answer(find_help(DIRECTORIES[known], Need(happened, ago, country, age), NOON))
    for happened, gender, about, wish in product(subsets, Gender, whos, wishes):
        need = Need(happened, country="MD", gender=gender, about=about, wishes=wish)
        assert has_an_answer(find_help(DIRECTORIES[known], need, NOON))


def test_where_nothing_is_near_it_says_so_and_where_something_is_it_does_not() -> None:
    assert not find_help(EMPTY, Need(country="MD"), NOON).near
    assert not find_help(SHIPPED, Need(country="MD"), NOON).near
    assert find_help(WITH_MOLDOVA, Need(TOUCHED, country="MD"), NOON).near
    assert not find_help(WITH_MOLDOVA, Need(TOUCHED, country="KE"), NOON).near
    assert not find_help(PRODUCTION, Need(country="MD"), NOON).near, "a number that is kept back helps nobody"
    assert all(sentence.endswith(".") for sentence in (*DO_NOW, *WITHOUT.values()))


def test_every_word_of_the_form_and_every_pathway_has_its_sentence() -> None:
    assert set(HAPPENED) | set(AGO) | set(AGES) == set(Happened) | set(Ago) | set(Age)
    assert set(GENDERS) | set(ABOUT) | set(WISHES) == set(Gender) | set(About) | set(Wish)
    assert set(WITHOUT) == set(Pathway)
    assert {rule.pathway for rule in RULES} <= set(WITHOUT)
    assert all(rule.because.endswith(".") for rule in RULES)


@pytest.mark.req("G5")
@pytest.mark.parametrize(
    ("hours", "minutes", "expected"),
    [
        (0, 0, Ago.WITHIN_72),
        (71, 59, Ago.WITHIN_72),
        (72, 0, Ago.WITHIN_120),
        (119, 59, Ago.WITHIN_120),
        (120, 0, Ago.LONGER),
        (100_000, 0, Ago.LONGER),
    ],
)
def test_the_windows_end_exactly(hours: int, minutes: int, expected: Ago) -> None:
    since = timedelta(hours=hours, minutes=minutes)
    assert ago_of(since) is expected
    clock = (NOON - since).replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Chisinau"))
    counted = time_since(clock.date(), clock.time(), [ZoneInfo("Europe/Chisinau")], NOON)
    assert ago_of(counted) is expected


@pytest.mark.req("G5")
def test_what_is_not_certain_is_counted_in_her_favour() -> None:
    east, west = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
    day = date(2026, 2, 27)
    assert time_since(day, time(12), [east, west], NOON) == time_since(day, time(12), [west], NOON)
    assert time_since(day, time(12), [west], NOON) < time_since(day, time(12), [east], NOON)
    assert time_since(day, time(12), [], NOON) < time_since(day, time(12), [west], NOON)
    assert time_since(day, None, [UTC], NOON) < timedelta(hours=60, seconds=1), "from the end of the day"
    assert time_since(date(2026, 3, 3), time(12), [UTC], NOON) == timedelta(0), "what lies ahead is now"
    # 25 October 2026, 03:30 comes twice in Chisinau, at 00:30 and at 01:30 UTC.
    after = datetime(2026, 10, 28, 1)  # noqa: DTZ001 - as above
    twice = time_since(date(2026, 10, 25), time(3, 30), [ZoneInfo("Europe/Chisinau")], after)
    assert twice == timedelta(hours=71, minutes=30)


@pytest.mark.req("G5", "U14")
def test_a_doctor_comes_first_while_a_window_is_open_and_the_police_always_last() -> None:
    for ago in (Ago.UNSAID, Ago.WITHIN_72, Ago.WITHIN_120):
        assert order(Need(TOUCHED, ago))[0] is Pathway.HEALTH_ACUTE
    later = order(Need(TOUCHED, Ago.LONGER))
    assert later.index(Pathway.CRISIS) < later.index(Pathway.HEALTH_ACUTE)
    for happened in Happened:
        found = order(Need(frozenset({happened})))
        assert Pathway.POLICE not in found[:-2], "never before anything but the lists"
    assert Pathway.POLICE not in order(Need(TOUCHED, wishes=frozenset({Wish.NO_POLICE})))


@pytest.mark.req("G6")
@pytest.mark.principle("safety")
def test_under_18_child_protection_comes_first_whatever_happened() -> None:
    for happened in (frozenset[Happened](), *(frozenset({one}) for one in Happened), frozenset(Happened)):
        found = order(Need(happened, age=Age.UNDER_18))
        assert found[0] is Pathway.CHILD_PROTECTION
        assert Pathway.TAKEDOWN_ADULT not in found
    assert names(WITH_MOLDOVA, Need(country="MD", age=Age.UNDER_18), Pathway.CHILD_PROTECTION)[0] == "Child line"
    adults = service("Adults", Pathway.CRISIS, traits={Trait.ADULTS_ONLY: True})
    assert offers(Directory((adults,)), Need(age=Age.UNDER_18))["Adults"].below == (ADULTS_ONLY,)


@pytest.mark.req("S17")
def test_pictures_lead_to_having_them_taken_down_by_age() -> None:
    pictures = frozenset({Happened.PICTURES})
    assert order(Need(pictures, age=Age.ADULT))[0] is Pathway.TAKEDOWN_ADULT
    assert Pathway.TAKEDOWN_MINOR in order(Need(pictures, age=Age.ADULT)), "they may have been taken before"
    assert order(Need(pictures, age=Age.UNDER_18))[:2] == [Pathway.CHILD_PROTECTION, Pathway.TAKEDOWN_MINOR]
    assert Pathway.DIGITAL_SAFETY in order(Need(pictures))
    assert names(SHIPPED, Need(pictures), Pathway.TAKEDOWN_ADULT) == ["StopNCII"]


def test_threats_punishment_and_words_at_work_have_ways_of_their_own() -> None:
    assert order(Need(frozenset({Happened.THREATENED})))[0] is Pathway.SHELTER
    assert order(Need(frozenset({Happened.PUNISHED}))).index(Pathway.RETALIATION) == 1
    assert {Pathway.OMBUDSMAN, Pathway.EQUALITY_BODY} <= set(order(Need(frozenset({Happened.WORDS}))))
    assert order(Need())[0] is Pathway.CRISIS
    assert order(Need(frozenset({Happened.NOT_SURE}))) == order(Need())


@pytest.mark.req("S22")
@pytest.mark.principle("non_discrimination")
def test_a_man_sees_first_what_says_that_it_is_for_men_and_is_told_of_what_is_not() -> None:
    man = Need(country="MD", gender=Gender.MAN)
    assert names(WITH_MOLDOVA, man, Pathway.CRISIS)[0] == "1in6"
    assert names(WITH_MOLDOVA, Need(country="MD"), Pathway.CRISIS)[0] != "1in6"
    assert "1in6" not in names(SHIPPED, Need(gender=Gender.WOMAN), Pathway.CRISIS)
    assert names(SHIPPED, Need(), Pathway.CRISIS)[-2:] == ["1in6", "Child Helpline International"]
    assert offers(WITH_MOLDOVA, man)["La Strada trust line for women"].ask == (MEN_UNKNOWN,)
    women = service("Women", Pathway.CRISIS, area="MD", traits={Trait.MALE_SURVIVORS: False})
    anyone = service("Anyone", Pathway.CRISIS)
    found = Directory((anyone, women))
    assert names(found, man, Pathway.CRISIS) == ["Anyone", "Women"]
    assert offers(found, man)["Women"].below == (WOMEN_ONLY,)
    assert offers(found, Need(country="MD", gender=Gender.WOMAN))["Women"].below == ()


@pytest.mark.parametrize(
    ("wish", "trait", "good"),
    [
        (Wish.ANONYMOUS, Trait.ANONYMOUS_OK, True),
        (Wish.NO_BILL, Trait.PHONE_BILL_VISIBLE, False),
        (Wish.NO_POLICE, Trait.POLICE_INVOLVED, False),
        (Wish.NO_DUTY, Trait.MANDATORY_REPORTER, False),
    ],
)
def test_what_goes_against_a_wish_stands_below_with_the_reason_and_what_is_not_known_is_said(
    wish: Wish, trait: Trait, good: bool
) -> None:
    against = service("A against", Pathway.CRISIS, area="MD", traits={trait: not good})
    unknown = service("B unknown", Pathway.CRISIS)
    fitting = service("C fitting", Pathway.CRISIS, traits={trait: good})
    found, need = Directory((against, unknown, fitting)), Need(country="MD", wishes=frozenset({wish}))
    assert names(found, need, Pathway.CRISIS) == ["C fitting", "B unknown", "A against"]
    said = offers(found, need)
    assert said["A against"].below == (AGAINST[wish],)
    assert said["B unknown"].ask == (NOT_KNOWN[wish],)
    assert said["C fitting"].below == said["C fitting"].ask == ()


def test_what_matters_about_her_and_is_not_known_is_said_and_what_fits_comes_first() -> None:
    about = frozenset({About.LGBTI, About.DISABILITY})
    unknown = service("A unknown", Pathway.CRISIS)
    fitting = service("B fitting", Pathway.CRISIS, traits={Trait.LGBTI: True, Trait.DISABILITY: True})
    against = service("C against", Pathway.CRISIS, traits={Trait.LGBTI: False, Trait.DISABILITY: False})
    found = Directory((unknown, fitting, against))
    assert names(found, Need(about=about), Pathway.CRISIS) == ["B fitting", "A unknown", "C against"]
    said = offers(found, Need(about=about))
    assert said["A unknown"].ask == (LGBTI_UNKNOWN, DISABILITY_UNKNOWN)
    assert said["C against"].below == (LGBTI_NOT, DISABILITY_NOT)
    assert said["B fitting"].ask == said["B fitting"].below == ()


@pytest.mark.req("G6")
@pytest.mark.parametrize("pathway", [Pathway.CHILD_PROTECTION, Pathway.TAKEDOWN_MINOR])
def test_nobody_under_18_is_told_to_ask_a_service_for_children_whether_it_is_for_children(pathway: Pathway) -> None:
    need = Need(happened=frozenset({Happened.PICTURES}), age=Age.UNDER_18)
    said = offers(Directory((service("For children", pathway), service("For anybody", Pathway.CRISIS))), need)
    assert said["For children"].ask == ()
    assert said["For anybody"].ask == (MINORS_UNKNOWN,)


def test_a_service_without_a_number_shows_on_no_bill() -> None:
    online = service("Online", Pathway.CRISIS, numbers=(), url="https://example.org/")
    assert offers(Directory((online,)), Need(wishes=frozenset({Wish.NO_BILL})))["Online"].ask == ()


def test_near_comes_before_worldwide_checked_before_unchecked_and_open_before_closed() -> None:
    day = ("FR", "MO")
    rows = [({"freq": "WEEKLY", "byday": one, "opens_at": "00:00", "closes_at": "23:59"},) for one in day]
    services = (
        service("a far"),
        service("b near", area="MD"),
        service("c near, checked", area="MD", checked_on=date(2026, 1, 1)),
        service("d near, closed", area="MD", hours=rows[0], time_zone="UTC"),
        service("e near, open", area="MD", hours=rows[1], time_zone="UTC"),
        service("f near, in French", area="MD", languages=("fr",)),
        service("g near, nothing to reach it by", area="MD", numbers=()),
        service("h near, for people with disabilities", area="MD", traits={Trait.DISABILITY: True}),
    )
    all_on = Directory(tuple(replace(one, pathways=(Pathway.CRISIS,)) for one in services))
    need = Need(country="MD", about=frozenset({About.DISABILITY}))
    assert [name[0] for name in names(all_on, need, Pathway.CRISIS)] == list("chebdfag")
    assert [name[0] for name in names(all_on, need, Pathway.CRISIS, "fr")] == list("chebfdag")
    assert offers(all_on, need)["e near, open"].hours.state is State.OPEN


def test_services_of_the_united_nations_are_shown_to_whoever_works_there() -> None:
    words = frozenset({Happened.WORDS})
    inside = Need(words, about=frozenset({About.UNITED_NATIONS}))
    assert not names(SHIPPED, Need(words), Pathway.OMBUDSMAN)
    assert "UN Ombudsman and Mediation Services" in names(SHIPPED, inside, Pathway.OMBUDSMAN)
    assert "UN OIOS hotline" in names(SHIPPED, inside, Pathway.INVESTIGATION)
    assert Pathway.INVESTIGATION not in order(Need(words))


def test_a_page_shows_twelve_at_first_each_once_and_the_rest_when_asked() -> None:
    everything = Need(frozenset(Happened), country="MD")
    first = find_help(WITH_MOLDOVA, everything, NOON)
    assert FIRST <= len(first.services) <= FIRST + 4
    whole = find_help(WITH_MOLDOVA, everything, NOON, everything=True)
    assert whole.left == 0 < first.left
    ids = [one.id for one in whole.services]
    assert len(ids) == len(set(ids)) > FIRST
    assert any(way.above for way in whole.ways)


@pytest.mark.principle("informed_consent")
def test_each_service_answers_four_questions_or_says_to_ask() -> None:
    for offer in offers(WITH_MOLDOVA, Need(frozenset(Happened), country="MD")).values():
        assert [telling for telling, _ in offer.answers] == list(Telling)
        assert all(answer for _, answer in offer.answers)
    unknown = answers_of(service("Unknown"))
    assert unknown[Telling.MUST_REPORT] == unknown[Telling.WHO_WILL_KNOW] == ASK_FIRST
    own = answers_of(service("Own", tellings={Telling.MUST_REPORT: "Only when a child is in danger."}))
    assert own[Telling.MUST_REPORT] == "Only when a child is in danger."
    police = answers_of(service("Police", traits={Trait.POLICE_INVOLVED: True}))
    assert "may still come" in police[Telling.CAN_I_STOP]


def test_the_emergency_number_is_that_of_the_country_or_none() -> None:
    assert emergency_number(WITH_MOLDOVA, "MD") == emergency_number(PRODUCTION, "MD") == "112"
    assert emergency_number(WITH_MOLDOVA, "KE") is emergency_number(WITH_MOLDOVA, "") is None
    assert countries_of(WITH_MOLDOVA) == {"MD"}


def test_the_table_is_reviewed_by_nobody_until_somebody_is_named_for_this_version() -> None:
    assert review_from("") is None
    review = review_from(f"{VERSION}; 2026-03-02; Dr A., forensic doctor; Geneva")
    assert review is not None
    assert (review.who, review.on) == ("Dr A., forensic doctor; Geneva", date(2026, 3, 2))
    assert review_from(f"{VERSION + 1}; 2026-03-02; Dr A.") is None
