"""What the law of a country says: versions that are only added, and claims that end on their day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from reporting.domain.help.legal_profile import LegalProfile, UnfitProfile
from reporting.domain.oversight.audit import StaffEvent
from reporting.services.errors import AlreadyInForce, NotFound, WrittenSince
from reporting.services.help import legal_profiles
from reporting.services.help.legal_profiles import Claims, ProfileVersion
from reporting.store.audit import recent_events
from reporting.store.database import reading
from tests.builders import Built, in_unit
from tests.domain.help.test_legal_profile import ENGLISH, PROFILE
from tests.services.together import meanwhile


def signed(built: Built, country: str = "MD", *, days: int = 365, **facts: Any) -> LegalProfile:
    """Return a profile that was reviewed today and is valid for some days more."""
    today = built.house.today()
    last = (today + timedelta(days=days)).isoformat()
    texts = tuple(replace(one, **facts) for one in PROFILE.texts)
    return replace(PROFILE, country=country, reviewed_on=today.isoformat(), valid_until=last, texts=texts)


def add(built: Built, profile: LegalProfile) -> ProfileVersion:
    """Add a version."""
    found = in_unit(built, legal_profiles.add_version, profile)
    assert isinstance(found, ProfileVersion)
    return found


def claims(built: Built, country: str = "MD", language: str = "en") -> Claims:
    """Return what may be said today."""
    with reading(built.stores) as work:
        return legal_profiles.claims(work, built.house, country, language)


@pytest.mark.req("S12")
def test_a_country_that_nobody_reviewed_claims_nothing(built: Built) -> None:
    assert claims(built) == Claims("MD")
    assert claims(built, "") == Claims("")
    with reading(built.stores) as work:
        assert legal_profiles.in_force(work, built.house, "MD") is None
        assert legal_profiles.in_force(work, built.house, "") is None


@pytest.mark.req("S12")
def test_a_profile_claims_until_its_last_day_and_nothing_from_the_next_day_on(built: Built) -> None:
    add(built, signed(built, days=10, identity_duty="A duty.", hold_law="A law."))
    built.clock.forward(days=10)
    found = claims(built, language="ro")
    assert found.texts is not None
    assert found.texts.language == "ro"
    assert (found.identity_duty, found.hold_law, found.ended_on) == ("A duty.", "A law.", None)
    built.clock.forward(days=1)
    ended = built.house.today() - timedelta(days=1)
    assert claims(built) == Claims("MD", ended_on=ended)
    assert (claims(built).identity_duty, claims(built).hold_law) == ("", "")


@pytest.mark.req("S12")
def test_the_newest_version_counts_and_an_older_one_never_comes_back(built: Built) -> None:
    first = add(built, signed(built, days=365))
    second = add(built, signed(built, days=5))
    assert second.number > first.number
    assert claims(built).version == second.number
    built.clock.forward(days=6)
    assert claims(built).version == 0
    with reading(built.stores) as work:
        assert [one.number for one in legal_profiles.versions(work, "MD")] == [second.number, first.number]


@pytest.mark.req("S12")
def test_one_country_says_nothing_about_another(built: Built) -> None:
    add(built, signed(built, "MD"))
    add(built, signed(built, "RO", days=3))
    assert claims(built, "UA") == Claims("UA")
    with reading(built.stores) as work:
        assert [one.country for one in legal_profiles.all_claims(work, built.house, "en")] == ["MD", "RO"]
        assert [one.profile.country for one in legal_profiles.newest_versions(work)] == ["RO", "MD"]


@pytest.mark.req("S12")
def test_what_is_wrong_is_not_added(built: Built) -> None:
    with pytest.raises(UnfitProfile):
        add(built, replace(signed(built), reviewer=""))
    with pytest.raises(UnfitProfile):
        add(built, replace(signed(built), reviewed_on=(built.house.today() + timedelta(days=1)).isoformat()))
    assert claims(built) == Claims("MD")


@pytest.mark.req("S12")
def test_exactly_the_same_is_not_added_twice(built: Built) -> None:
    add(built, signed(built))
    with pytest.raises(AlreadyInForce):
        add(built, signed(built))


@pytest.mark.req("S12")
def test_whoever_writes_beside_somebody_else_is_told(built: Built) -> None:
    first = add(built, signed(built))
    in_unit(built, legal_profiles.add_version, signed(built, days=30), begun_at=first.number)
    with pytest.raises(WrittenSince):
        in_unit(built, legal_profiles.add_version, signed(built, days=40), begun_at=first.number)
    with pytest.raises(WrittenSince):
        in_unit(built, legal_profiles.add_version, signed(built, "RO"), begun_at=first.number)


@pytest.mark.req("S12")
def test_two_who_add_at_once_get_two_numbers(built: Built) -> None:
    second = meanwhile(
        built,
        lambda work: legal_profiles.add_version(work, built.house, signed(built, "MD")),
        lambda work: legal_profiles.add_version(work, built.house, signed(built, "RO")),
    )
    assert isinstance(second, ProfileVersion)
    with reading(built.stores) as work:
        assert [one.number for one in legal_profiles.newest_versions(work)] == [1, 2]


@pytest.mark.req("S12")
def test_of_two_who_began_at_the_same_version_one_is_told(built: Built) -> None:
    second = meanwhile(
        built,
        lambda work: legal_profiles.add_version(work, built.house, signed(built), begun_at=0),
        lambda work: legal_profiles.add_version(work, built.house, signed(built, days=9), begun_at=0),
    )
    assert isinstance(second, WrittenSince)


@pytest.mark.req("S12")
def test_a_country_that_does_not_exist_has_no_versions(built: Built) -> None:
    with reading(built.stores) as work, pytest.raises(NotFound):
        legal_profiles.versions(work, "XX")


@pytest.mark.req("S12")
@pytest.mark.parametrize(
    "change", ["UPDATE legal_profiles SET content = 'x'", "DELETE FROM legal_profiles", "TRUNCATE legal_profiles"]
)
def test_a_version_is_never_changed_again(built: Built, change: str) -> None:
    version = add(built, signed(built))
    with pytest.raises(DBAPIError), built.stores.main.begin() as connection:
        connection.execute(text(change))
    assert claims(built).version == version.number


@pytest.mark.req("S12", "ASVS-16.4.2")
def test_adding_is_in_the_record_by_its_digest_and_a_change_past_it_is_found(built: Built) -> None:
    version = add(built, signed(built))
    assert version.added_on == built.house.today()
    with reading(built.stores) as work:
        (event,) = [one for one in recent_events(work.main, 20) if one.action == StaffEvent.LAW_CHANGED]
        assert event.detail == version.digest.hex()[:32]
        assert legal_profiles.altered(work) == set()
    with built.stores.main.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(text("DROP TRIGGER legal_profiles_no_update"))
        other = replace(signed(built), texts=(replace(ENGLISH, competence="Nobody"),)).to_bytes()
        connection.execute(text("UPDATE legal_profiles SET content = :other"), {"other": other})
    with reading(built.stores) as work:
        assert legal_profiles.altered(work) == {version.number}
