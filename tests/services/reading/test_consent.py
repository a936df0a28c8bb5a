"""What giving and taking away does to keys: those who leave open nothing again, those who stay open everything."""

from collections.abc import Callable

import pytest

from reporting.domain.case import Compartment, ItemKind
from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework import messages
from reporting.services.errors import NotFound
from reporting.services.reading import assignment
from reporting.services.reading.consent import (
    choices_of,
    is_identity_visible,
    people_of,
    set_identity_visible,
    show_identity,
)
from reporting.services.sealed.sealing import OpenCase, open_case
from reporting.services.survivor import choosing
from reporting.store.database import reading
from tests.builders import Built, Team, add_reader, add_staff, in_unit, send_report
from tests.services.acts import grants, items, opens, read_case, readable, take_up, tamper

BackUp = Callable[[Built], Built]


def leave_by_her_word(built: Built, team: Team, case_id: bytes, reporter: object) -> None:
    """She closes the case to Amina."""
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)


def leave_by_own_word(built: Built, team: Team, case_id: bytes, _: object) -> None:
    """Amina recuses herself."""
    in_unit(built, assignment.recuse, team.amina, case_id)


def generations_of(built: Built, member: StaffMember, case_id: bytes) -> set[tuple[str, int]]:
    """Return which key generations somebody holds."""
    return {(grant.compartment, grant.generation) for grant in grants(built, case_id) if grant.holder == member.holder}


@pytest.mark.req("P1", "P7", "U7")
@pytest.mark.principle("safety")
@pytest.mark.parametrize("leave", [leave_by_her_word, leave_by_own_word], ids=["closed out", "recused"])
def test_whoever_left_opens_neither_old_nor_new_with_a_backup_of_everything_they_held(
    built: Built, team: Team, back_up: BackUp, leave: Callable[..., None]
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    before = back_up(built)
    assert opens(before, team.amina, case_id)
    leave(built, team, case_id, reporter)
    in_unit(built, messages.write_as_reporter, reporter, case_id, "This is new.")
    for instance in (built, before):
        assert readable(instance, team.amina, case_id) == set()
    assert readable(built, team.ben, case_id) == {*readable(before, team.ben, case_id), "message"}
    assert readable(built, reporter, case_id) >= {"disclosure", "message"}


@pytest.mark.req("P1")
def test_new_content_is_sealed_under_a_key_that_whoever_left_never_held(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    held = generations_of(built, team.amina, case_id)
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    in_unit(built, messages.write_as_reporter, reporter, case_id, "This is new.")
    take_up(built, team.ben, case_id)
    in_unit(built, casework.write_note, team.ben, case_id, "So is this.")
    fresh = [*items(built, case_id, ItemKind.MESSAGE), *items(built, case_id, ItemKind.NOTE)]
    assert len(fresh) == 2
    assert not {(item.compartment, item.generation) for item in fresh} & held


@pytest.mark.req("U7")
def test_a_newcomer_receives_every_generation_of_the_story(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, "The oldest words.")
    in_unit(built, choosing.close_to, reporter, case_id, team.ben.staff_id)
    in_unit(built, messages.write_as_reporter, reporter, case_id, "Words of the second generation.")
    take_up(built, team.amina, case_id)
    in_unit(built, casework.write_note, team.amina, case_id, "A note of the second generation.")
    in_unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)
    assert readable(built, team.ines, case_id) == readable(built, team.amina, case_id)
    view = read_case(built, team.ines, case_id)
    assert view.disclosure.answers[0].text == "The oldest words."
    assert [note.text for note in view.notes] == ["A note of the second generation."]


@pytest.mark.req("P1")
def test_casework_that_she_cannot_pass_on_reaches_a_newcomer_when_a_colleague_opens_the_case(
    built: Built, team: Team
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    read_case(built, team.amina, case_id)
    in_unit(built, casework.write_note, team.amina, case_id, "An older note.")
    in_unit(built, choosing.open_to, reporter, case_id, team.desk_reader.staff_id)
    assert read_case(built, team.desk_reader, case_id).notes == []
    in_unit(built, casework.write_note, team.desk_reader, case_id, "A newer note.")
    assert [note.text for note in read_case(built, team.amina, case_id).notes] == ["An older note.", "A newer note."]
    assert [note.text for note in read_case(built, team.desk_reader, case_id).notes] == [
        "An older note.",
        "A newer note.",
    ]


@pytest.mark.req("P8")
def test_letting_the_only_handler_in_twice_loses_no_note(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, choosing.close_to, reporter, case_id, team.ben.staff_id)
    read_case(built, team.amina, case_id)
    in_unit(built, casework.write_note, team.amina, case_id, "Kept?")
    in_unit(built, casework.name_case, team.amina, case_id, "The lift")
    in_unit(built, choosing.open_to, reporter, case_id, team.amina.staff_id)
    view = read_case(built, team.amina, case_id)
    assert ([note.text for note in view.notes], view.title) == (["Kept?"], "The lift")


@pytest.mark.req("P8")
def test_a_newcomer_who_assigns_the_case_back_takes_no_older_casework_from_a_colleague(
    built: Built, team: Team
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    read_case(built, team.amina, case_id)
    in_unit(built, casework.write_note, team.amina, case_id, "Mine.")
    new = add_reader(built, team.desk, Role.OUTSIDE_DESK, "Piotr Nowak")
    for member in (team.desk_reader, new):
        in_unit(built, choosing.open_to, reporter, case_id, member.staff_id)
    take_up(built, new, case_id)
    older = generations_of(built, team.desk_reader, case_id)
    in_unit(built, assignment.assign, new, case_id, team.desk_reader.staff_id)
    assert generations_of(built, team.desk_reader, case_id) >= older
    assert [note.text for note in read_case(built, team.amina, case_id).notes] == ["Mine."]


@pytest.mark.req("P4")
def test_a_first_case_has_one_generation_and_a_departure_starts_the_next(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    assert {generation for _, generation in generations_of(built, team.amina, case_id)} == {1}
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    assert generations_of(built, team.amina, case_id) == set()
    assert generations_of(built, team.ben, case_id) == {("story", 1), ("story", 2), ("casework", 1), ("casework", 2)}


@pytest.mark.req("P5")
@pytest.mark.principle("prevention")
def test_an_account_that_lost_its_trust_gets_nothing_new(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    tamper(built, "DELETE FROM vouches WHERE staff_id = :id", id=team.ben.staff_id)
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    assert {generation for _, generation in generations_of(built, team.ben, case_id)} == {1}


@pytest.mark.req("P5")
def test_a_reporter_whose_stored_key_was_swapped_gets_nothing_new(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    _, stranger, _ = send_report(built, team.office)
    tamper(built, "UPDATE reporters SET public_key = :k", k=stranger.pair.public_key)
    in_unit(built, assignment.recuse, team.amina, case_id)
    hers = [grant for grant in grants(built, case_id) if grant.holder == reporter.holder]
    assert {grant.generation for grant in hers} == {1}


def forgets(built: Built, actor: StaffMember, case_id: bytes, compartment: Compartment) -> OpenCase:
    """Return an opened case without the keys of one compartment."""
    with reading(built.stores) as work:
        opened = open_case(work, actor, built.house, case_id)
        work.main.expunge_all()
    for place in [place for place in opened.keys if place[0] is compartment]:
        del opened.keys[place]
    return opened


def test_without_the_key_of_the_story_neither_names_nor_choices_are_read(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    opened = forgets(built, team.amina, case_id, Compartment.STORY)
    for ask in (people_of, choices_of):
        with reading(built.stores) as work, pytest.raises(NotFound):
            ask(work, opened)


@pytest.mark.req("U3")
def test_without_the_key_of_her_identity_nothing_of_it_is_known_or_changed(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    with reading(built.stores) as work:
        opened = open_case(work, team.amina, built.house, case_id)
        assert not is_identity_visible(work, opened)
        with pytest.raises(NotFound):
            set_identity_visible(work, opened, True)


@pytest.mark.req("U3", "P5")
def test_her_identity_is_shown_by_nobody_who_lacks_its_key_and_to_nobody_without_trust(
    built: Built, team: Team
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    untrusted = add_staff(built, team.office, Role.CASE_MANAGER, "Chen Wei", vouched=False)
    for opener, shown_to in ((team.amina, team.ben), (reporter, untrusted)):
        with reading(built.stores) as work:
            opened = open_case(work, opener, built.house, case_id)
            with pytest.raises(NotFound):
                show_identity(work, built.house, opened, shown_to.staff_id)
