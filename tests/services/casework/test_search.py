"""What a search opens, what it leaves closed, and what stands in the record of it."""

import pytest

from reporting.domain.casework.classification import ConductKind, Target
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.reading.conflict import Tie
from reporting.domain.reading.consent import Purpose
from reporting.domain.sealed.disclosure import Answer, AnswerState, Identity, People, Person
from reporting.services.actors import StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework import classification, messages
from reporting.services.casework.search import AT_ONCE, SHOWN, Found, Hit, Where, note_search, search
from reporting.services.oversight.audit import staff_ledger
from reporting.services.reading import conflict
from reporting.services.reading.lines import set_supervisor
from reporting.services.survivor import choosing
from reporting.store.database import reading
from tests.builders import Built, Team, add_staff, in_unit, send_report
from tests.services.acts import take_up

WORD = "Wintergreen"


def found(built: Built, member: StaffMember, query: str = WORD) -> Found:
    with reading(built.stores) as work:
        return search(work, built.house, member, query)


def ids(result: Found) -> set[bytes]:
    return {hit.case_id for hit in result.hits}


def test_it_finds_words_wherever_handlers_read(built: Built, team: Team) -> None:
    people = People(named=(Person(name="Quentin Blackwood"),))
    _, reporter, case_id = send_report(built, team.office, "It was in the garden.", people=people)
    take_up(built, team.amina, case_id)
    in_unit(built, messages.write_as_reporter, reporter, case_id, "He laughed loudly.")
    in_unit(built, casework.write_note, team.amina, case_id, "Ask the caretaker.")
    in_unit(built, casework.name_case, team.amina, case_id, "Hedgehog")
    for query, where in (
        ("GARDEN", Where.STORY),
        ("blackwood", Where.NAMES),
        ("loud", Where.MESSAGES),
        ("caretaker", Where.NOTES),
        ("hedgehog", Where.TITLE),
    ):
        (hit,) = found(built, team.amina, query).hits
        assert (hit.case_id, hit.where) == (case_id, (where,)), query
    both = found(built, team.amina, "caretaker garden")
    assert set(both.hits[0].where) == {Where.STORY, Where.NOTES}
    assert found(built, team.amina, "garden nowhere").hits == []
    assert both.looked_through == 1


@pytest.mark.req("P5", "P6", "U7")
@pytest.mark.principle("confidentiality")
def test_it_finds_nothing_in_a_case_that_is_closed_to_me(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, f"About {WORD}.")
    take_up(built, team.amina, case_id)
    assert ids(found(built, team.amina)) == {case_id}
    assert found(built, team.ben).hits == [], "the names come first"
    take_up(built, team.ben, case_id)
    assert ids(found(built, team.ben)) == {case_id}
    in_unit(built, choosing.close_to, reporter, case_id, team.ben.staff_id)
    for stranger in (team.ben, team.ines, team.desk_reader):
        nothing = found(built, stranger)
        assert (nothing.hits, nothing.looked_through) == ([], 0)


@pytest.mark.principle("confidentiality")
def test_who_she_is_is_never_looked_through(built: Built, team: Team) -> None:
    about = Identity((Answer("about.name", "Your name", AnswerState.ANSWERED, WORD),))
    _, reporter, case_id = send_report(built, team.office, identity=about)
    take_up(built, team.amina, case_id)
    in_unit(built, choosing.set_consent, reporter, case_id, Purpose.IDENTITY, given=True)
    assert found(built, team.amina).hits == []


def test_the_names_of_our_fields_are_not_words(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, "Something.")
    take_up(built, team.amina, case_id)
    for name in ("question_id", "wording", "catalogue", "account.story", "answered", team.amina.staff_id.hex()):
        assert found(built, team.amina, name).hits == []


@pytest.mark.req("P7")
@pytest.mark.principle("informed_consent")
def test_a_line_that_is_shown_stands_in_her_ledger_first(built: Built, team: Team) -> None:
    _, reporter, hit_id = send_report(built, team.office, f"About {WORD}.")
    _, _, other_id = send_report(built, team.office, "About nothing.")
    take_up(built, team.amina, hit_id, other_id)
    hits = found(built, team.amina).hits
    rows = in_unit(built, note_search, team.amina, hits)
    assert [row.case_id for _, row in rows] == [hit_id]
    with reading(built.stores) as work:
        told = {one: [event.action for event in staff_ledger(work, built.house, one)] for one in (hit_id, other_id)}
    assert told[hit_id][-1] == StaffEvent.FOUND_IN_SEARCH
    assert StaffEvent.FOUND_IN_SEARCH not in told[other_id]
    in_unit(built, choosing.close_to, reporter, hit_id, team.amina.staff_id)
    assert in_unit(built, note_search, team.amina, hits) == [], "closed in between"
    forged = [Hit(hit_id, (Where.STORY,), ("", WORD, ""))]
    assert in_unit(built, note_search, team.ines, forged) == []


def test_many_hits_are_cut_and_said_to_be(built: Built, team: Team) -> None:
    sent = [send_report(built, team.office, f"{WORD} {n}")[2] for n in range(SHOWN + 1)]
    take_up(built, team.amina, *sent)
    result = found(built, team.amina)
    assert (len(result.hits), result.more, result.looked_through) == (SHOWN, True, SHOWN + 1)
    assert len(sent) < AT_ONCE


@pytest.mark.parametrize("query", ["", "a", "  ", "%", "' OR 1=1 --", "\x00", "x" * 100_000])
def test_odd_queries_find_nothing_and_break_nothing(built: Built, team: Team, query: str) -> None:
    _, _, case_id = send_report(built, team.office, "Something.")
    take_up(built, team.amina, case_id)
    assert found(built, team.amina, query).hits in ([], ())


def test_a_kind_of_conduct_narrows_it_with_words_and_without(built: Built, team: Team) -> None:
    _, _, online = send_report(built, team.office, f"{WORD} by phone")
    _, _, other = send_report(built, team.office, f"{WORD} in the hall")
    take_up(built, team.amina, online, other)
    for case_id, kind in ((online, ConductKind.ONLINE_MESSAGES), (other, ConductKind.HARASSMENT)):
        facts = classification.Found(frozenset({kind}), frozenset(), frozenset(), Target.WORKFORCE)
        in_unit(built, classification.classify, team.amina, case_id, facts)

    def ids_of(query: str, kind: ConductKind) -> set[bytes]:
        with reading(built.stores) as work:
            return ids(search(work, built.house, team.amina, query, kind))

    assert ids_of("", ConductKind.ONLINE_MESSAGES) == {online}
    assert ids_of(WORD, ConductKind.HARASSMENT) == {other}
    assert ids_of("phone", ConductKind.HARASSMENT) == set()
    assert ids_of("", ConductKind.CYBERBULLYING) == set()


@pytest.mark.req("U7", "S18")
@pytest.mark.principle("confidentiality")
def test_no_line_is_shown_to_whoever_came_under_the_named_person(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, f"About {WORD}.", named=("The head",))
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    leader = add_staff(built, team.office, Role.FOCAL_POINT, "Kofi Mensah")
    in_unit(built, conflict.link, team.amina, case_id, Tie.ACCOUNT, leader.staff_id, 0)
    in_unit(built, set_supervisor, None, team.ben.staff_id, leader.staff_id)
    assert in_unit(built, note_search, team.ben, found(built, team.ben).hits) == []
    assert [hit.case_id for hit, _ in in_unit(built, note_search, team.amina, found(built, team.amina).hits)] == [
        case_id
    ]


@pytest.mark.principle("confidentiality")
def test_a_message_that_a_colleague_has_only_begun_is_found_by_nobody(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    in_unit(built, messages.keep_draft, team.amina, case_id, f"Dear you, {WORD}")
    assert found(built, team.ben).hits == []
    in_unit(built, messages.write_as_staff, team.amina, case_id, f"Dear you, {WORD}")
    assert ids(found(built, team.ben)) == {case_id}
