"""Classifying: the table recommends, a person decides and says why, and only a handler can."""

from typing import Any

import pytest

from reporting.domain.casework.classification import Classification, ConductKind, Factor, Path, Setting, Target, Urgency
from reporting.domain.casework.ways import Way
from reporting.domain.sealed.statistics import Conduct
from reporting.services.casework import classification
from reporting.services.casework.classification import Found
from reporting.services.errors import NamesFirst, NeedsWhy, NotAllowed, NotFound
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import choosing
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import her_page, take_up
from tests.services.sealed.test_facts import fact


def found(*kinds: ConductKind, **more: Any) -> Found:
    known = {"settings": frozenset({Setting.OUTSIDE_HOURS}), "factors": frozenset(), "target": Target.WORKFORCE}
    return Found(frozenset(kinds), **(known | more))


@pytest.mark.req("U1")
def test_several_kinds_outside_hours_are_kept_with_what_the_table_said(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    kinds = (ConductKind.SEXUAL_HARASSMENT, ConductKind.ABUSE_OF_AUTHORITY)
    in_unit(built, classification.classify, team.amina, case_id, found(*kinds))
    with reading(built.stores) as work:
        file = file_of(work, open_case(work, team.ben, built.house, case_id))
        kept = file.last(Classification)
        hers = file_of(work, open_case(work, reporter, built.house, case_id))
    assert kept is not None
    assert (kept.entry.kinds, kept.entry.path, kept.entry.differs) == (kinds, Path.INVESTIGATE, False)
    assert hers.all(Classification) == [], "what handlers think of it stands in casework"
    lines = her_page(built, reporter, case_id).ledger
    assert [line.action for line in lines][-1] == "entry_written"


@pytest.mark.req("U1")
def test_another_decision_than_the_tables_needs_a_reason(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    other = found(ConductKind.HARASSMENT, urgency=Urgency.TODAY)
    with pytest.raises(NeedsWhy):
        in_unit(built, classification.classify, team.amina, case_id, other)
    with pytest.raises(NotAllowed):
        in_unit(built, classification.classify, team.amina, case_id, found())
    other = found(ConductKind.HARASSMENT, urgency=Urgency.TODAY, why="They meet tonight.")
    kept = in_unit(built, classification.classify, team.amina, case_id, other)
    assert (kept.entry.differs, kept.entry.why, kept.entry.recommended_urgency) == (
        True,
        "They meet tonight.",
        Urgency.PLANNED,
    )


@pytest.mark.req("P6", "U7")
def test_only_a_handler_after_the_conflict_question_classifies(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    for member, refusal in ((team.ines, NotFound), (team.desk_reader, NotFound), (team.ben, NamesFirst)):
        with pytest.raises(refusal):
            in_unit(built, classification.classify, member, case_id, found(ConductKind.HARASSMENT))


@pytest.mark.req("U16", "P10")
def test_sea_is_counted_apart_and_stays_so_when_she_changes_a_choice(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, statistics=True)
    take_up(built, team.amina, case_id)
    sea = found(ConductKind.SEXUAL_HARASSMENT, target=Target.BENEFICIARY, factors=frozenset({Factor.POWER}))
    in_unit(built, classification.classify, team.amina, case_id, sea)
    assert fact(built, reporter, case_id).conduct is Conduct.EXPLOITATION
    in_unit(built, choosing.change_way, reporter, case_id, Way.FORMAL)
    assert fact(built, reporter, case_id).conduct is Conduct.EXPLOITATION
    in_unit(built, classification.classify, team.amina, case_id, found(ConductKind.SEXUAL_HARASSMENT))
    assert fact(built, reporter, case_id).conduct is Conduct.HARASSMENT
