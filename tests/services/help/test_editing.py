"""Keeping entries: who checked what, what a change takes away, and two people at the same entry."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from reporting.domain.directory.checks import How
from reporting.domain.directory.drafts import Draft, Place, Problem
from reporting.domain.directory.essentials import ESSENTIAL
from reporting.domain.directory.listing import WORLDWIDE, Freshness, Number
from reporting.domain.directory.looks import Look
from reporting.domain.directory.taxonomies import Pathway, Telling, Trait, stable_id, term_id
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.errors import ChangedMeanwhile, HelpFirst, NotAllowed, NotFound
from reporting.services.help import editing
from reporting.services.help.directory import load_shipped, shown_directory
from reporting.services.help.essentials import gaps
from reporting.services.organisation import offices
from reporting.store.audit import AuditEvent
from reporting.store.database import Work, reading, writing
from reporting.store.directory import put_records, read_records, remove_records
from reporting.store.offices import find_office
from tests.builders import Built, Team, add_staff, in_unit
from tests.directory import add_entry, add_help
from tests.services.together import at_once, meanwhile

FULL = Draft(
    name="Women's line",
    what="Someone to talk to.",
    organization="Women's Law Centre",
    for_whom="Women.",
    url="https://example.org/line",
    email="line@example.org",
    numbers=(Number("0 8008 0000"), Number("+373 22 811 999", "from abroad")),
    languages=("ro", "ru"),
    areas=frozenset({"MD", WORLDWIDE}),
    pathways=(Pathway.CRISIS, Pathway.LEGAL_AID),
    traits={Trait.ANONYMOUS_OK: True, Trait.MANDATORY_REPORTER: False},
    tellings={Telling.WHAT_HAPPENS: "Somebody answers."},
    hours=("mon tue wed thu fri 09:00-17:00", "sat 10:00-24:00"),
    time_zone="Europe/Chisinau",
    cost="Free",
    place=Place("Strada 1", "MD-2001", "Chisinau"),
)


@pytest.fixture
def lucia(built: Built, team: Team) -> StaffMember:
    """The directory editor."""
    return add_staff(built, team.office, Role.DIRECTORY_EDITOR, "Lucia Botezatu")


@pytest.fixture
def nina(built: Built, team: Team) -> StaffMember:
    """A focal point."""
    return add_staff(built, team.office, Role.FOCAL_POINT, "Nina Petrova")


def entry(built: Built, actor: StaffMember, entry_id: bytes) -> editing.Entry:
    with reading(built.stores) as work:
        return editing.find_entry(work, built.house, actor, entry_id)


def checked(built: Built, actor: StaffMember, draft: Draft = FULL) -> bytes:
    """Add an entry that this person has checked."""
    entry_id: bytes = in_unit(built, editing.add, actor, draft)
    in_unit(built, editing.check, actor, entry_id, entry(built, actor, entry_id).version, How.CALLED)
    return entry_id


def change(built: Built, actor: StaffMember, entry_id: bytes, **facts: Any) -> editing.Entry:
    now = entry(built, actor, entry_id)
    in_unit(built, editing.change, actor, entry_id, now.version, replace(now.draft, **facts))
    return entry(built, actor, entry_id)


def recorded(built: Built) -> list[tuple[str, bytes | None, str]]:
    with reading(built.stores) as work:
        rows = [
            row for row in work.main.query(AuditEvent).order_by(AuditEvent.seq) if row.action.startswith("service_")
        ]
        return [(row.action, row.actor_id, row.detail) for row in rows]


@pytest.mark.req("P9")
def test_what_was_filled_in_comes_back_and_keeping_it_again_changes_nothing(built: Built, lucia: StaffMember) -> None:
    entry_id = in_unit(built, editing.add, lucia, FULL)
    found = entry(built, lucia, entry_id)
    numbers = tuple(sorted(found.draft.numbers, key=lambda one: one.number))
    hours = tuple(sorted(found.draft.hours or ()))
    tidy = replace(found.draft, numbers=numbers, hours=hours, languages=tuple(sorted(found.draft.languages)))
    assert tidy == replace(FULL, numbers=tuple(sorted(FULL.numbers, key=lambda one: one.number)))
    assert found.listed.freshness is Freshness.NEVER
    with reading(built.stores) as work:
        before = read_records(work.main)
    assert change(built, lucia, entry_id).version == found.version
    with reading(built.stores) as work:
        assert read_records(work.main) == before


@pytest.mark.req("P9")
def test_a_check_says_who_when_and_how_and_stands_in_the_record(built: Built, lucia: StaffMember) -> None:
    entry_id = checked(built, lucia)
    found = entry(built, lucia, entry_id)
    assert (found.listed.checked_on, found.listed.checked_by) == (built.house.today(), "Lucia Botezatu")
    assert (found.how, found.listed.freshness) == (How.CALLED, Freshness.FRESH)
    name = str(UUID(bytes=entry_id))
    assert recorded(built) == [
        (StaffEvent.SERVICE_ADDED, lucia.staff_id, name),
        (StaffEvent.SERVICE_CHECKED, lucia.staff_id, name),
    ]


@pytest.mark.req("P9")
@pytest.mark.parametrize(
    "facts",
    [
        {"numbers": (Number("+1 900 555 0100"),)},
        {"url": "https://example.com/"},
        {"email": ""},
        {"place": Place()},
        {"place": Place("Strada 2", "MD-2001", "Chisinau")},
        {"pathways": (Pathway.CRISIS,)},
        {"traits": {Trait.ANONYMOUS_OK: True}},
        {"areas": frozenset({"MD"})},
    ],
)
def test_a_change_to_what_people_rely_on_takes_the_check_away(
    built: Built, lucia: StaffMember, facts: dict[str, Any]
) -> None:
    entry_id = checked(built, lucia)
    found = change(built, lucia, entry_id, **facts)
    assert (found.listed.checked_on, found.listed.freshness) == (None, Freshness.NEVER)
    for name, value in facts.items():
        assert getattr(found.draft, name) == value
    with reading(built.stores) as work:
        seen = shown_directory(work, built.house).find(found.listed.id)
    assert seen is not None
    assert seen.numbers == ()
    assert recorded(built)[-1] == (StaffEvent.SERVICE_CHANGED, lucia.staff_id, found.listed.id)


def test_a_better_wording_keeps_the_check(built: Built, nina: StaffMember) -> None:
    entry_id = checked(built, nina)
    found = change(
        built, nina, entry_id, what="Someone who listens.", cost="", languages=("ro",), hours=(), time_zone=""
    )
    assert found.listed.checked_on == built.house.today()
    assert (found.draft.what, found.draft.cost, found.draft.languages) == ("Someone who listens.", "", ("ro",))
    assert found.draft.hours == ()


def test_the_address_of_one_place_that_two_services_share_unchecks_both(built: Built, lucia: StaffMember) -> None:
    first, second = checked(built, lucia), checked(built, lucia, replace(FULL, name="Second", place=Place()))
    with writing(built.stores) as work:
        (place,) = read_records(work.main)["service_at_location"]
        other = {**place, "id": stable_id("other"), "service_id": str(UUID(bytes=second))}
        put_records(work.main, {"service_at_location": [other]})
    change(built, lucia, first, place=Place("Strada 9", "MD-2001", "Chisinau"))
    assert entry(built, lucia, second).listed.address == "Strada 9, MD-2001, Chisinau"
    assert entry(built, lucia, second).listed.checked_on is None


@pytest.mark.req("P9")
def test_what_is_taken_out_is_shown_to_nobody_and_can_be_brought_back(built: Built, lucia: StaffMember) -> None:
    entry_id = checked(built, lucia)
    name = str(UUID(bytes=entry_id))

    def seen() -> bool:
        with reading(built.stores) as work:
            return shown_directory(work, built.house).find(name) is not None

    assert seen()
    in_unit(built, editing.take_out, lucia, entry_id, entry(built, lucia, entry_id).version)
    assert not seen()
    assert not entry(built, lucia, entry_id).is_active
    with reading(built.stores) as work:
        assert [one.id for one in editing.work_list(work, built.house, lucia).taken_out] == [name]
    in_unit(built, editing.bring_back, lucia, entry_id, entry(built, lucia, entry_id).version)
    assert seen()
    assert [action for action, *_ in recorded(built)[-2:]] == [
        StaffEvent.SERVICE_TAKEN_OUT,
        StaffEvent.SERVICE_BROUGHT_BACK,
    ]


@pytest.mark.req("P9")
@pytest.mark.parametrize(
    ("facts", "field", "problem"),
    [
        ({"name": ""}, "name", Problem.EMPTY),
        ({"name": "x" * 201}, "name", Problem.LONG),
        ({"what": "x" * 2001}, "what", Problem.LONG),
        ({"tellings": {Telling.CAN_I_STOP: "x" * 2001}}, "can_i_stop", Problem.LONG),
        ({"pathways": ()}, "pathways", Problem.NO_PATHWAY),
        ({"areas": frozenset()}, "countries", Problem.NOBODY),
        ({"areas": frozenset({"XX"})}, "countries", Problem.NOT_A_COUNTRY),
        ({"url": "javascript:alert(1)"}, "url", Problem.NOT_A_LINK),
        ({"url": "JavaScript://example.org/%0aalert(1)"}, "url", Problem.NOT_A_LINK),
        ({"url": "data:text/html,x"}, "url", Problem.NOT_A_LINK),
        ({"url": "https://example.org@evil.example/"}, "url", Problem.NOT_A_LINK),
        ({"url": "https://example.org:x/"}, "url", Problem.NOT_A_LINK),
        ({"url": "https://[::1"}, "url", Problem.NOT_A_LINK),
        ({"url": 'https://example.org/"onclick=x'}, "url", Problem.NOT_A_LINK),
        ({"url": "//example.org/"}, "url", Problem.NOT_A_LINK),
        ({"email": "a@b"}, "email", Problem.NOT_AN_ADDRESS),
        ({"email": "a@example.org, b@example.org"}, "email", Problem.NOT_AN_ADDRESS),
        ({"numbers": (Number("call me"),)}, "numbers", Problem.NOT_A_NUMBER),
        ({"numbers": (Number("<b>112"),)}, "numbers", Problem.NOT_A_NUMBER),
        ({"numbers": (Number("112"),) * 41}, "numbers", Problem.TOO_MANY),
        ({"languages": ("romanian!",)}, "languages", Problem.NOT_A_LANGUAGE),
        ({"time_zone": "Mars/Olympus"}, "time_zone", Problem.NOT_A_ZONE),
        ({"time_zone": ""}, "time_zone", Problem.NO_ZONE),
        ({"hours": ("always",)}, "hours", Problem.NOT_HOURS),
        ({"hours": ("mon 09:00-25:00",)}, "hours", Problem.NOT_HOURS),
        ({"hours": ("mon 09:00-09:00",)}, "hours", Problem.NOT_HOURS),
        ({"hours": ("noday 09:00-10:00",)}, "hours", Problem.NOT_HOURS),
        ({"place": Place(city="Chisinau")}, "street", Problem.HALF_A_PLACE),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(
    built: Built, lucia: StaffMember, facts: dict[str, Any], field: str, problem: Problem
) -> None:
    with pytest.raises(editing.NotADraft) as refusal:
        in_unit(built, editing.add, lucia, replace(FULL, **facts))
    assert refusal.value.found == {field: problem}
    assert recorded(built) == []


@pytest.mark.req("P9")
@pytest.mark.principle("safety")
def test_a_shelter_never_has_an_address(built: Built, lucia: StaffMember) -> None:
    shelter = replace(FULL, pathways=(Pathway.SHELTER,))
    with pytest.raises(editing.NotADraft) as refusal:
        in_unit(built, editing.add, lucia, shelter)
    assert refusal.value.found == {"street": Problem.SHELTER_WITH_PLACE}
    entry_id = in_unit(built, editing.add, lucia, FULL)
    now = entry(built, lucia, entry_id)
    with pytest.raises(editing.NotADraft):
        in_unit(built, editing.change, lucia, entry_id, now.version, replace(now.draft, pathways=(Pathway.SHELTER,)))
    with writing(built.stores) as work:
        (location,) = read_records(work.main)["location"]
        put_records(work.main, {"location": [{**location, "latitude": "47.01", "longitude": "28.86"}]})
    change(built, lucia, entry_id, pathways=(Pathway.SHELTER,), place=Place())
    with reading(built.stores) as work:
        records = read_records(work.main)
    assert not records["address"]
    assert "latitude" not in records["location"][0]


@pytest.mark.req("P9")
@pytest.mark.principle("safety")
@pytest.mark.parametrize(
    "facts",
    [
        {"name": "House at Strada Florilor 12"},
        {"what": "Come to 12 Garden Street."},
        {"url": "https://www.openstreetmap.org/node/1"},
        {"tellings": {Telling.WHAT_HAPPENS: "Ring at 47.0123, 28.8456."}},
        {"numbers": (Number("112", "or strada Florilor 12"),)},
    ],
)
def test_no_word_of_a_shelter_says_where_it_is(built: Built, lucia: StaffMember, facts: dict[str, Any]) -> None:
    shelter = replace(FULL, **{"pathways": (Pathway.SHELTER,), "place": Place(), "tellings": {}, **facts})
    with pytest.raises(editing.NotADraft) as refusal:
        in_unit(built, editing.add, lucia, shelter)
    assert refusal.value.found == {str(next(iter(facts.get("tellings", facts)))): Problem.SHELTER_WITH_PLACE}


@pytest.mark.req("P9")
@pytest.mark.principle("safety")
def test_an_entry_becomes_no_shelter_while_a_place_that_no_form_shows_leads_there(
    built: Built, lucia: StaffMember
) -> None:
    entry_id = in_unit(built, editing.add, lucia, replace(FULL, place=Place()))
    with reading(built.stores) as work:
        ours = read_records(work.main)["service"][0]
    where = {"id": str(UUID(int=7)), "location_type": "physical", "organization_id": ours["organization_id"]}
    with writing(built.stores) as work:
        put_records(work.main, {"location": [{**where, "transportation": "Bus 5, the blue gate"}]})
    with pytest.raises(editing.NotADraft) as refusal:
        change(built, lucia, entry_id, pathways=(Pathway.SHELTER,))
    assert refusal.value.found == {"pathways": Problem.SHELTER_WITH_PLACE}
    assert Pathway.SHELTER not in entry(built, lucia, entry_id).draft.pathways


@pytest.mark.parametrize(
    "number", ["112", "15", "116 111", "0 8008 8008", "+373 (22) 24-06-24", "*1212#", "1-800-HELP"]
)
def test_a_short_code_and_a_number_as_people_write_it_are_kept(built: Built, lucia: StaffMember, number: str) -> None:
    entry_id = in_unit(built, editing.add, lucia, replace(FULL, numbers=(Number(number),)))
    assert entry(built, lucia, entry_id).draft.numbers == (Number(number),)


def test_what_an_import_says_beside_the_form_stays(built: Built, lucia: StaffMember) -> None:
    entry_id = in_unit(built, editing.add, lucia, FULL)
    name = str(UUID(bytes=entry_id))
    foreign = {"id": stable_id("their word"), "code": "theirs", "name": "Theirs", "description": "Theirs."}
    kept = {
        "taxonomy_term": [foreign],
        "attribute": [
            {
                "id": stable_id("theirs"),
                "link_id": name,
                "taxonomy_term_id": foreign["id"],
                "link_entity": "service",
            }
        ],
        "schedule": [{"id": stable_id("odd"), "service_id": name, "freq": "MONTHLY", "bymonthday": "1"}],
    }
    with writing(built.stores) as work:
        put_records(work.main, kept)
        phone = read_records(work.main)["phone"][0]
        put_records(work.main, {"phone": [{**phone, "extension": "12"}]})
    found = change(built, lucia, entry_id, what="Other words.")
    assert found.draft.hours is None
    with reading(built.stores) as work:
        records = read_records(work.main)
    assert {**phone, "extension": "12"} in records["phone"]
    assert all(row in records[table] for table, rows in kept.items() for row in rows)


def test_the_name_of_an_organisation_changes_for_its_only_service_and_not_for_others(
    built: Built, lucia: StaffMember
) -> None:
    first, second = in_unit(built, editing.add, lucia, FULL), in_unit(built, editing.add, lucia, FULL)
    change(built, lucia, first, organization="Another centre")
    assert entry(built, lucia, second).draft.organization == "Women's Law Centre"
    change(built, lucia, first, organization="A third one")
    assert entry(built, lucia, first).draft.organization == "A third one"
    with reading(built.stores) as work:
        assert len(read_records(work.main)["organization"]) == 2


def test_nobody_else_keeps_the_directory(built: Built, team: Team, lucia: StaffMember) -> None:
    entry_id = checked(built, lucia)
    version = entry(built, lucia, entry_id).version
    for role in set(Role) - {Role.DIRECTORY_EDITOR, Role.FOCAL_POINT}:
        other = replace(team.amina, role=role)
        for use, arguments in (
            (editing.work_list, ()),
            (editing.find_entry, (entry_id,)),
            (editing.add, (FULL,)),
            (editing.change, (entry_id, version, FULL)),
            (editing.check, (entry_id, version, How.CALLED)),
            (editing.take_out, (entry_id, version)),
            (editing.bring_back, (entry_id, version)),
            (editing.load, ("moldova",)),
        ):
            with pytest.raises(NotAllowed):
                in_unit(built, use, other, *arguments)
    assert len(recorded(built)) == 2


def test_an_entry_that_never_was_is_not_found(built: Built, lucia: StaffMember) -> None:
    for use, arguments in ((editing.find_entry, ()), (editing.take_out, ("x",)), (editing.change, ("x", FULL))):
        with pytest.raises(NotFound):
            in_unit(built, use, lucia, bytes(16), *arguments)


def test_whoever_read_another_version_looks_again(built: Built, lucia: StaffMember, nina: StaffMember) -> None:
    entry_id = checked(built, lucia)
    read = entry(built, nina, entry_id)
    change(built, lucia, entry_id, numbers=(Number("+1 900 555 0100"),))
    for use, arguments in (
        (editing.change, (read.draft,)),
        (editing.check, (How.CALLED,)),
        (editing.take_out, ()),
        (editing.bring_back, ()),
    ):
        with pytest.raises(ChangedMeanwhile):
            in_unit(built, use, nina, entry_id, read.version, *arguments)
    assert entry(built, lucia, entry_id).listed.checked_on is None


def test_of_two_editors_at_the_same_moment_one_is_first_and_the_other_looks_again(
    built: Built, lucia: StaffMember, nina: StaffMember
) -> None:
    entry_id = in_unit(built, editing.add, lucia, FULL)
    read, people = entry(built, lucia, entry_id), (lucia, nina)

    def act(place: int) -> None:
        with writing(built.stores) as work:
            draft = replace(read.draft, what=f"Words of {place}")
            editing.change(work, built.house, people[place], entry_id, read.version, draft)

    got = at_once(act, 2)
    assert sorted(type(one).__name__ for one in got) == ["ChangedMeanwhile", "NoneType"]
    assert entry(built, lucia, entry_id).draft.what == f"Words of {got.index(None)}"


def test_two_first_services_of_an_organisation_that_are_added_at_once_share_it(
    built: Built, lucia: StaffMember
) -> None:
    def adding(name: str) -> Callable[[Work], bytes]:
        return lambda work: editing.add(work, built.house, lucia, replace(FULL, name=name))

    meanwhile(built, adding("By day"), adding("By night"))
    with reading(built.stores) as work:
        names = [row["name"] for row in read_records(work.main)["organization"]]
    assert names.count("Women's Law Centre") == 1


def test_a_check_waits_for_a_change_and_then_is_refused(built: Built, lucia: StaffMember, nina: StaffMember) -> None:
    entry_id = in_unit(built, editing.add, lucia, FULL)
    read = entry(built, lucia, entry_id)
    planted = replace(read.draft, numbers=(Number("+1 900 555 0100"),))

    def first(work: Work) -> None:
        editing.change(work, built.house, lucia, entry_id, read.version, planted)

    def second(work: Work) -> None:
        editing.check(work, built.house, nina, entry_id, read.version, How.CALLED)

    assert isinstance(meanwhile(built, first, second), ChangedMeanwhile)
    assert entry(built, lucia, entry_id).listed.checked_on is None


@pytest.mark.req("G1")
@pytest.mark.principle("support")
def test_a_later_gap_alarms_the_editor_and_closes_nothing(built: Built, team: Team, lucia: StaffMember) -> None:
    def found() -> list[tuple[str, tuple[Pathway, ...]]]:
        with reading(built.stores) as work:
            assert list(editing.work_list(work, built.house, lucia).gaps) == list(gaps(work, built.house))
            return [(gap.office.name, gap.missing) for gap in gaps(work, built.house)]

    assert found() == [("Geneva", ESSENTIAL)]
    add_help(built)
    assert found() == []
    legal = UUID(stable_id("service", WORLDWIDE, "Help with legal.aid")).bytes
    in_unit(built, editing.take_out, lucia, legal, entry(built, lucia, legal).version)
    assert found() == [("Geneva", (Pathway.LEGAL_AID,))]
    with reading(built.stores) as work:
        office = find_office(work.main, team.office.id)
        assert office is not None
        assert office.is_open


@pytest.mark.req("G1")
def test_an_office_that_opens_while_the_last_legal_service_is_taken_out_is_seen_as_a_gap(
    built: Built, team: Team, lucia: StaffMember
) -> None:
    add_help(built)
    legal = UUID(stable_id("service", WORLDWIDE, "Help with legal.aid")).bytes
    version = entry(built, lucia, legal).version
    with writing(built.stores) as work:
        office = find_office(work.main, team.office.id)
        assert office is not None
        office.is_open = False

    def opening(work: Work) -> None:
        offices.open_office(work, built.house, team.office.id)

    def taking(work: Work) -> None:
        editing.take_out(work, built.house, lucia, legal, version)

    assert meanwhile(built, opening, taking) is None
    with writing(built.stores) as work:
        assert [gap.office.is_open for gap in gaps(work, built.house)] == [True]
        office = find_office(work.main, team.office.id)
        assert office is not None
        office.is_open = False
    in_unit(built, editing.bring_back, lucia, legal, entry(built, lucia, legal).version)
    version = entry(built, lucia, legal).version
    got = meanwhile(built, taking, opening)
    with reading(built.stores) as work:
        (gap,) = gaps(work, built.house)
        assert gap.missing == (Pathway.LEGAL_AID,)
        assert gap.office.is_open == (not isinstance(got, HelpFirst))


@pytest.mark.req("P9")
def test_an_entry_that_serves_no_need_of_ours_can_be_checked_again_after_a_year(
    built: Built, lucia: StaffMember
) -> None:
    entry_id = checked(built, lucia)
    with writing(built.stores) as work:
        words = {
            row["id"] for row in read_records(work.main)["attribute"] if row["link_id"] == str(UUID(bytes=entry_id))
        }
        remove_records(work.main, {"attribute": frozenset(words)})
    built.clock.moment += timedelta(days=400)
    with reading(built.stores) as work:
        assert shown_directory(work, built.house).find(str(UUID(bytes=entry_id))) is None
    old = entry(built, lucia, entry_id)
    assert (old.listed.freshness, old.withholds) == (Freshness.OLD, False)
    in_unit(built, editing.check, lucia, entry_id, old.version, How.CALLED)
    assert entry(built, lucia, entry_id).listed.freshness is Freshness.FRESH


@pytest.mark.req("P9")
def test_the_work_list_grows_by_itself_as_days_go_by(built: Built, lucia: StaffMember) -> None:
    add_entry(built, "Old", days=366)
    add_entry(built, "New", days=1)
    add_entry(built, "Never")

    def found() -> dict[Look, list[str]]:
        with reading(built.stores) as work:
            listed = editing.work_list(work, built.house, lucia)
            return {look: [one.name for one in there] for look, there in listed.looks.items()}

    assert found() == {Look.HIDDEN: ["Old"], Look.NEVER: ["Never"], Look.FINE: ["New"]}
    built.clock.moment += timedelta(days=400)
    assert found() == {Look.HIDDEN: ["Old"], Look.OLD: ["New"], Look.NEVER: ["Never"]}


def test_a_set_that_ships_is_loaded_once_and_recorded(built: Built, lucia: StaffMember) -> None:
    in_unit(built, editing.load, lucia, "moldova")
    with reading(built.stores) as work:
        listed = editing.work_list(work, built.house, lucia)
    assert listed.shipped == ["international"]
    with pytest.raises(NotFound):
        in_unit(built, editing.load, lucia, "../etc")
    in_unit(built, load_shipped, "international")
    with reading(built.stores) as work:
        assert editing.work_list(work, built.house, lucia).shipped == []
        assert term_id("legal.aid") in {row["id"] for row in read_records(work.main)["taxonomy_term"]}
