"""Policy packs: what is loaded stays, a case keeps its version, and one organisation's rules are not another's."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from reporting.domain.case import Act
from reporting.domain.casework.clocks import Clock
from reporting.domain.declared import Unfit
from reporting.domain.organisation.pack import parse
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.questions import Door
from reporting.domain.sealed.disclosure import People
from reporting.services.actors import Reporter
from reporting.services.casework import case as casework
from reporting.services.casework import terms
from reporting.services.casework.clocks import running_clocks
from reporting.services.errors import AlreadyInForce, DoesNotFit, NotFound
from reporting.services.organisation import packs
from reporting.services.organisation.packs import Version
from reporting.services.reading.readers import audience_of
from reporting.services.survivor import erasure, record
from reporting.services.survivor.follow import view
from reporting.store.audit import recent_events
from reporting.store.cases import Case, find_case
from reporting.store.database import reading
from reporting.store.offices import Office
from reporting.store.packs import SHIPPED
from tests.builders import Built, Team, add_office, in_unit, office_of, send_report
from tests.domain.organisation.test_pack import STANDARD, changed
from tests.services.acts import take_up
from tests.services.together import at_once

FASTER = changed("feedback_months = 3", "feedback_months = 1").replace(
    b"acknowledge_working_days = 2", b"acknowledge_working_days = 1"
)


def load(built: Built, office: Office, content: bytes = FASTER) -> Version:
    """Put a pack in force."""
    found = in_unit(built, packs.load, office.id, content)
    assert isinstance(found, Version)
    return found


def case_of(built: Built, case_id: bytes) -> Case:
    """Return the row of a case."""
    with reading(built.stores) as work:
        case = find_case(work.main, case_id)
        assert case is not None
        work.main.expunge(case)
        return case


def number_of(built: Built, office: Office) -> int:
    """Return the version in force for an office."""
    with reading(built.stores) as work:
        return packs.in_force(work, office).number


@pytest.mark.req("S1")
def test_an_organisation_without_a_pack_has_the_one_that_ships(built: Built, team: Team) -> None:
    assert number_of(built, team.office) == SHIPPED
    _, _, case_id = send_report(built, team.office)
    assert case_of(built, case_id).policy_version == SHIPPED
    with reading(built.stores) as work:
        assert packs.numbered(work, SHIPPED).pack == parse(STANDARD)


@pytest.mark.req("S1", "L1")
def test_a_case_keeps_the_version_under_which_it_came(built: Built, team: Team) -> None:
    old = send_report(built, team.office)[2]
    version = load(built, team.office)
    new = send_report(built, team.office)[2]
    assert version.number > SHIPPED
    assert case_of(built, old).policy_version == SHIPPED
    assert case_of(built, new).policy_version == version.number
    with reading(built.stores) as work:
        assert terms.terms_of(work, case_of(built, old)).feedback_months == 3
        assert terms.terms_of(work, case_of(built, new)).feedback_months == 1
        assert packs.in_force(work, team.office).pack.terms.acknowledge_working_days == 1


@pytest.mark.req("S1", "L1")
def test_the_dates_of_her_case_keep_the_old_terms_after_a_new_pack(built: Built, team: Team) -> None:
    _, her, old = send_report(built, team.office)
    load(built, team.office)
    other, new = send_report(built, team.office)[1:]
    assert due(built, her, old) == (Clock.ACKNOWLEDGE, date(2026, 3, 4)), "two working days, as she was told"
    assert due(built, other, new) == (Clock.ACKNOWLEDGE, date(2026, 3, 3)), "one, as the new rules say"
    for case_id in (old, new):
        take_up(built, team.amina, case_id)
        in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    with reading(built.stores) as work:
        clocks = [running_clocks(work, case_id)[Clock.FEEDBACK] for case_id in (old, new)]
    assert clocks == [date(2026, 6, 2), date(2026, 4, 2)], "three months, and one"
    assert case_of(built, old).policy_version == SHIPPED


def due(built: Built, reporter: Reporter, case_id: bytes) -> tuple[Clock, date]:
    """Return what her page says is due next, and by when."""
    with reading(built.stores) as work:
        page = view(work, built.house, reporter, case_id)
    assert page.due_on is not None
    (clock,) = [clock for clock, day in page.clocks.items() if day == page.due_on]
    return clock, page.due_on


@pytest.mark.req("S1")
def test_loading_is_recorded_with_the_digest_and_without_a_word_of_it(built: Built, team: Team) -> None:
    version = load(built, team.office)
    with reading(built.stores) as work:
        (event,) = [one for one in recent_events(work.main, 20) if one.action == StaffEvent.PACK_LOADED]
    assert event.detail == version.digest.hex()[:32]
    assert version.loaded_on == built.house.today()


@pytest.mark.req("S1")
@pytest.mark.parametrize("change", ["UPDATE packs SET content = 'x'", "DELETE FROM packs", "TRUNCATE packs"])
def test_a_version_is_never_changed_again(built: Built, team: Team, change: str) -> None:
    load(built, team.office)
    with pytest.raises(DBAPIError), built.stores.main.begin() as connection:
        connection.execute(text(change))
    with reading(built.stores) as work:
        assert [one.number for one in packs.versions(work, team.office)] == [2, 1]


@pytest.mark.req("S1")
@pytest.mark.parametrize("number", [1, 2])
def test_a_version_that_was_altered_past_the_triggers_is_found(built: Built, team: Team, number: int) -> None:
    load(built, team.office)
    with reading(built.stores) as work:
        assert packs.altered(work) == set()
    with built.stores.main.begin() as connection:
        if built.stores.main.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(text("DROP TRIGGER packs_no_update"))
        slower = {"content": changed("feedback_months = 3", "feedback_months = 2"), "number": number}
        connection.execute(text("UPDATE packs SET content = :content WHERE number = :number"), slower)
    with reading(built.stores) as work:
        assert packs.altered(work) == {number}


@pytest.mark.req("S1")
def test_the_rules_of_an_organisation_count_for_all_its_offices_and_for_no_other(built: Built, team: Team) -> None:
    branch = add_office(built, "Branch", parent_id=team.office.id)
    other = add_office(built, "Nairobi")
    version = load(built, team.office)
    assert number_of(built, branch) == version.number
    assert number_of(built, other) == SHIPPED
    later = load(built, other, changed("months = 0", "months = 6"))
    assert (number_of(built, branch), number_of(built, other)) == (version.number, later.number)
    with reading(built.stores) as work:
        assert [one.name for one in packs.organisations(work)] == ["Geneva", "Nairobi"]
        assert [one.name for one in packs.organisations_seen_by(work, branch.id)] == ["Geneva"]
        assert [one.name for one in packs.organisations_seen_by(work, team.desk.id)] == ["Geneva"]
        assert packs.organisations_seen_by(work, bytes(16)) == []


@pytest.mark.req("S1")
def test_only_an_organisation_gets_a_pack_and_only_a_whole_one(built: Built, team: Team) -> None:
    branch = add_office(built, "Branch", parent_id=team.office.id)
    for office in (branch, team.desk):
        with pytest.raises(DoesNotFit):
            load(built, office)
    with pytest.raises(Unfit):
        load(built, team.office, b"format = 1")
    with pytest.raises(NotFound):
        in_unit(built, packs.load, bytes(16), FASTER)
    with pytest.raises(AlreadyInForce):
        load(built, team.office, STANDARD)
    load(built, team.office)
    with pytest.raises(AlreadyInForce):
        load(built, team.office)
    assert load(built, team.office, STANDARD).number == 3, "one may go back: that is a version of its own"


@pytest.mark.req("S1", "S2")
def test_another_code_of_conduct_needs_another_version(built: Built, team: Team) -> None:
    silent = changed("I punish nobody for speaking up", "I punish nobody")
    with pytest.raises(Unfit, match="must be another one"):
        load(built, team.office, silent)
    assert load(built, team.office, silent.replace(b'version = "1"', b'version = "2"')).number == 2


def test_two_who_load_at_once_get_a_version_each(built: Built, team: Team) -> None:
    other = add_office(built, "Nairobi")
    got = at_once(lambda place: load(built, (team.office, other)[place]).number, 2)
    assert sorted(got) == [2, 3]


@pytest.mark.req("S1")
def test_a_private_record_comes_under_the_rules_of_the_day_on_which_it_is_opened(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, None)
    assert case_of(built, case_id).policy_version == SHIPPED
    version = load(built, team.office)
    _open(built, team.office, reporter, case_id)
    assert case_of(built, case_id).policy_version == version.number
    in_unit(built, erasure.close, reporter, case_id)
    load(built, team.office, changed("months = 0", "months = 6"))
    _open(built, team.office, reporter, case_id)
    assert case_of(built, case_id).policy_version == version.number, "it came back to the same organisation"
    other = add_office(built, "Nairobi", desk=team.desk, is_open=True)
    in_unit(built, erasure.close, reporter, case_id)
    _open(built, other, reporter, case_id)
    assert case_of(built, case_id).policy_version == SHIPPED, "the rules of another organisation"


def _open(built: Built, office: Office, reporter: object, case_id: bytes) -> None:
    with reading(built.stores) as work:
        audience = audience_of(work, built.house, office_of(built, office.id), People())
    in_unit(built, record.open_to_office, reporter, case_id, audience, Door.INFORMAL)


def test_there_is_no_version_that_nobody_loaded(built: Built) -> None:
    with reading(built.stores) as work, pytest.raises(NotFound):
        packs.numbered(work, 99)
