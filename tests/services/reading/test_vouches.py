"""What colleagues see of each other's keys, and that a new vouch cannot go unseen."""

from datetime import timedelta

import pytest

from reporting.domain.people import Role
from reporting.services.errors import NotAllowed, NotFound, WordsDiffer
from reporting.services.organisation import accounts
from reporting.services.reading import trust, vouches
from reporting.store.database import reading, writing
from reporting.store.staff import Vouch, vouches_for
from tests.builders import Built, Team, add_staff, in_unit, staff_row, vouch_by


def of(built: Built, team: Team, name: str) -> vouches.Colleague:
    """Return how Amina sees a colleague."""
    with reading(built.stores) as work:
        found = vouches.colleagues(work, built.house, team.amina)
    return next(one for one in found if one.display_name == name)


def test_a_fingerprint_is_shown_only_of_a_key_that_somebody_vouched_for(built: Built, team: Team) -> None:
    new = add_staff(built, team.office, Role.INVESTIGATOR, "Noor Rahman", vouched=False)
    seen = of(built, team, "Noor Rahman")
    assert (seen.trusted, seen.words, seen.vouched_by, seen.by_me) == (False, (), (), False)
    vouch_by(built, team.amina, new)
    seen = of(built, team, "Noor Rahman")
    assert (seen.trusted, seen.vouched_by, seen.by_me) == (True, ("Amina Diallo",), True)
    assert seen.words == trust.fingerprint(staff_row(built, new))
    console = of(built, team, "Ben Okafor")
    assert (console.trusted, console.vouched_by, console.by_me) == (True, ("",), False)


def test_i_am_not_among_my_colleagues_and_neither_is_another_office(built: Built, team: Team) -> None:
    with reading(built.stores) as work:
        names = [one.display_name for one in vouches.colleagues(work, built.house, team.amina)]
        assert names == ["Ben Okafor", "Ines Moreau"]
        assert vouches.own_words(work, team.amina) == trust.fingerprint(staff_row(built, team.amina))
        assert vouches.is_vouched_for(work, built.house, team.amina)


@pytest.mark.principle("safety")
def test_a_vouch_is_news_for_fourteen_days(built: Built, team: Team) -> None:
    built.clock.forward(days=15)
    with reading(built.stores) as work:
        assert vouches.news(work, built.house, team.amina) == []
    new = add_staff(built, team.office, Role.INVESTIGATOR, "Noor Rahman", vouched=False)
    vouch_by(built, team.ben, new)
    with reading(built.stores) as work:
        (one,) = vouches.news(work, built.house, team.amina)
        assert vouches.news(work, built.house, new) == []
        assert vouches.news(work, built.house, team.desk_reader) == []
    assert (one.display_name, one.role, one.by, one.on) == (
        "Noor Rahman",
        Role.INVESTIGATOR,
        "Ben Okafor",
        built.house.today(),
    )
    built.clock.forward(days=14, seconds=1)
    with reading(built.stores) as work:
        assert vouches.news(work, built.house, team.amina) == []


@pytest.mark.principle("safety")
def test_a_vouch_that_is_dated_back_to_go_unseen_makes_nobody_trusted(built: Built, team: Team) -> None:
    new = add_staff(built, team.office, Role.INVESTIGATOR, "Noor Rahman", vouched=False)
    vouch_by(built, team.ben, new)
    with writing(built.stores) as work:
        (row,) = vouches_for(work.main, new.staff_id)
        row.made_at -= timedelta(days=30)
    with reading(built.stores) as work:
        assert vouches.news(work, built.house, team.amina)[-1].display_name != "Noor Rahman"
        assert not vouches.is_vouched_for(work, built.house, new)


def test_wrong_words_are_told_apart_from_not_being_allowed(built: Built, team: Team) -> None:
    new = add_staff(built, team.office, Role.INVESTIGATOR, "Noor Rahman", vouched=False)
    other = add_staff(built, team.office, Role.INVESTIGATOR, "Other Person", vouched=False)
    words = trust.fingerprint(staff_row(built, new))
    with pytest.raises(WordsDiffer):
        in_unit(built, trust.vouch, team.amina, new.staff_id, words[::-1])
    with pytest.raises(NotAllowed) as refused:
        in_unit(built, trust.vouch, other, new.staff_id, words)
    assert not isinstance(refused.value, WordsDiffer)
    with pytest.raises(NotFound):
        in_unit(built, trust.vouch, team.desk_reader, new.staff_id, words)


def test_a_vouch_for_a_key_that_is_gone_no_longer_stands(built: Built, team: Team) -> None:
    in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    with reading(built.stores) as work:
        assert work.main.query(Vouch).count() > 0
        staff = staff_row(built, team.ben)
        assert trust.standing_vouches(work, built.house, staff) == []
        assert not vouches.is_vouched_for(work, built.house, team.ben)
        assert vouches.own_words(work, team.ben) == ()
