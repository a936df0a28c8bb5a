"""What colleagues see of each other's keys, and that a new vouch is told to all."""

import pytest

from reporting.domain.people import Role
from reporting.services import accounts, trust
from reporting.services.vouches import Colleague, colleagues, is_vouched_for, news, own_words
from reporting.store.database import reading
from tests.builders import Built, Team, add_staff, in_unit, staff_row
from tests.services.acts import tamper


def seen(built: Built, team: Team) -> dict[str, Colleague]:
    """Return what Amina sees of her colleagues, by name."""
    with reading(built.stores) as work:
        return {found.display_name: found for found in colleagues(work, built.house, team.amina)}


@pytest.mark.req("P5")
def test_colleagues_see_whose_key_is_vouched_for_and_by_whom(built: Built, team: Team) -> None:
    found = seen(built, team)
    assert list(found) == ["Ben Okafor", "Ines Moreau"]
    assert (found["Ines Moreau"].vouched_by, found["Ines Moreau"].by_me) == (("Amina Diallo",), True)
    assert (found["Ben Okafor"].vouched_by, found["Ben Okafor"].by_me) == (("",), False)
    assert all(colleague.trusted for colleague in found.values())


@pytest.mark.req("P5")
@pytest.mark.principle("prevention")
def test_the_words_of_a_key_are_not_shown_to_whoever_must_hear_them(built: Built, team: Team) -> None:
    newcomer = add_staff(built, team.office, Role.CASE_MANAGER, "Chen Wei", vouched=False)
    assert seen(built, team)["Chen Wei"].words == ()
    with reading(built.stores) as work:
        heard = own_words(work, newcomer)
        assert not is_vouched_for(work, built.house, newcomer)
    in_unit(built, trust.vouch, team.amina, newcomer.staff_id, heard)
    assert seen(built, team)["Chen Wei"].words == heard == trust.fingerprint(staff_row(built, newcomer))
    with reading(built.stores) as work:
        assert is_vouched_for(work, built.house, newcomer)


@pytest.mark.req("P5")
def test_everybody_who_handles_cases_there_is_told_of_a_new_vouch(built: Built, team: Team) -> None:
    with reading(built.stores) as work:
        told = news(work, built.house, team.amina)
        assert {(line.display_name, line.by) for line in told} == {
            ("Ben Okafor", ""),
            ("Ines Moreau", "Amina Diallo"),
        }
        assert {line.on for line in told} == {built.house.today()}
    built.clock.forward(days=15)
    with reading(built.stores) as work:
        assert news(work, built.house, team.amina) == []


@pytest.mark.req("P5")
def test_a_vouch_dated_back_to_stay_unseen_is_no_vouch(built: Built, team: Team) -> None:
    tamper(built, "UPDATE vouches SET made_at = '2020-01-01 00:00:00' WHERE staff_id = :id", id=team.ines.staff_id)
    assert not seen(built, team)["Ines Moreau"].trusted


def test_who_has_no_key_has_no_words(built: Built, team: Team) -> None:
    in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    with reading(built.stores) as work:
        assert own_words(work, team.ben) == ()
        assert not is_vouched_for(work, built.house, team.ben)
    assert list(seen(built, team)) == ["Ines Moreau"]
