"""Keeping what the law of a country says: one language at a time, as a new version, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from reporting.domain.help.legal_profile import LONGEST_TEXT, MOST_ENTRIES, LegalProfile
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.services.help import legal_profiles
from reporting.services.help.legal_profiles import ProfileVersion
from reporting.store.audit import recent_events
from reporting.store.database import reading
from tests.builders import Built, Team, add_staff, in_unit
from tests.domain.help.test_legal_profile import ENGLISH, ROMANIAN
from tests.engines import on_sqlite
from tests.visitor import Visitor
from tests.web.colleague import Colleague, at_work, words_of

pytestmark = on_sqlite
LAW = "/en/staff/law"
WRITE = f"{LAW}/MD/write"
TYPED = {
    "begun_at": "0",
    "reviewer": "Tamara Vrabie",
    "competence": "Lawyer",
    "reviewed_on": "2026-03-02",
    "valid_until": "2027-03-01",
    "statutes-1-title": "Labour code",
    "statutes-1-says": "Nobody may be harassed.\r\nNever.",
    "statutes-1-source": "Gazette 5",
    "limits-2-term": "45 days",
    "limits-2-says": "to complain",
}


@pytest.fixture
def dora(built: Built, team: Team) -> Colleague:
    """A directory editor at work."""
    return at_work(built, add_staff(built, team.office, Role.DIRECTORY_EDITOR, "Dora Ionescu"))


def newest(built: Built, country: str = "MD") -> ProfileVersion:
    """Return the newest version of a country."""
    with reading(built.stores) as work:
        return legal_profiles.versions(work, country)[0]


def sign(built: Built, country: str = "MD", days: int = 365) -> ProfileVersion:
    """Let somebody sign a profile in two languages, nine days ago."""
    today = built.house.today()
    first, last = (today - timedelta(days=9)).isoformat(), (today + timedelta(days=days)).isoformat()
    profile = LegalProfile(country, "Rita Voss", first, last, (ENGLISH, ROMANIAN))
    version = in_unit(built, legal_profiles.add_version, profile)
    assert isinstance(version, ProfileVersion)
    return version


def as_posted(built: Built, **changes: Any) -> dict[str, str]:
    """Return what the form of the present version posts."""
    known = newest(built)
    return {
        "begun_at": str(known.number),
        "reviewer": known.profile.reviewer,
        "reviewed_on": known.profile.reviewed_on,
        "valid_until": known.profile.valid_until,
        "competence": ENGLISH.competence,
        "statutes-1-title": "Labour code, article 12",
        "statutes-1-says": "Nobody may be harassed at work.",
        "statutes-1-source": "Official gazette 5/2001",
        "limits-1-term": "45 days",
        "limits-1-says": "to complain to the labour court",
        "reporting-1-who": "A doctor",
        "reporting-1-what": "who treats a wound made by a weapon",
        "reporting-1-to": "the police",
        "protections-1-says": "Nobody may be dismissed for complaining.",
        "pathway-1-says": "Write to the employer.",
        "pathway-2-says": "Go to the labour court.",
        **changes,
    }


@pytest.mark.req("S12")
def test_an_editor_writes_the_first_version_and_anyone_can_read_it(built: Built, dora: Colleague) -> None:
    assert "Write the first version" in dora.read(f"{LAW}/MD")
    assert dora.post(LAW, {"country": "MD"}).headers["Location"] == WRITE
    page = dora.do(WRITE, TYPED)
    assert "The version is added." in page
    assert "Tamara Vrabie" in page
    profile = newest(built).profile
    (texts,) = profile.texts
    assert (texts.language, texts.statutes[0].says) == ("en", "Nobody may be harassed.\nNever.")
    assert [limit.term for limit in texts.limits] == ["45 days"], "empty places are left out"
    assert "45 days" in Visitor(built).get("/en/law/MD").text


@pytest.mark.req("S12", "ASVS-16.4.2")
def test_who_added_a_version_stands_in_the_record_and_not_what_it_says(built: Built, dora: Colleague) -> None:
    dora.do(WRITE, TYPED)
    with reading(built.stores) as work:
        (event,) = [one for one in recent_events(work.main, 9) if one.action == StaffEvent.LAW_CHANGED]
        assert event.actor_id is not None
        assert event.detail == newest(built).digest.hex()[:32]


@pytest.mark.req("S12")
def test_the_form_is_filled_with_the_present_version_and_keeps_the_other_languages(
    built: Built, dora: Colleague
) -> None:
    first = sign(built)
    page = dora.read(WRITE)
    assert 'value="Labour code, article 12"' in page
    assert 'value="Codul muncii"' in dora.read(f"{WRITE}?in=ro")
    dora.do(f"{WRITE}?in=en", as_posted(built, **{"limits-1-term": "46 days"}))
    english, romanian = newest(built).profile.texts
    assert english.limits[0].term == "46 days"
    assert romanian == ROMANIAN
    assert "45 days" in dora.read(f"{LAW}/MD?version={first.number}"), "an earlier version stays readable"


@pytest.mark.req("S12")
def test_a_language_is_added_beside_the_others_and_never_with_less_in_it(built: Built, dora: Colleague) -> None:
    sign(built)
    page = dora.refused(f"{WRITE}?in=ru", as_posted(built, **{"limits-1-term": "", "limits-1-says": ""}))
    assert "Time limits must have as many entries as in the first language." in page
    dora.do(f"{WRITE}?in=ru", as_posted(built))
    assert [one.language for one in newest(built).profile.texts] == ["en", "ro", "ru"]


@pytest.mark.req("S12")
def test_what_would_leave_another_language_behind_is_said_and_needs_a_tick(built: Built, dora: Colleague) -> None:
    sign(built)
    more = as_posted(built, identity_duty="A duty.", **{"pathway-3-says": "Appeal."})
    page = dora.refused(f"{WRITE}?in=en", more)
    assert "The way, step by step (Romanian) must have as many entries" in page
    assert "A duty by law that may open a name must be said in every language of the profile, or in none." in page
    dora.do(f"{WRITE}?in=en", more | {"alone": "y"})
    assert [one.language for one in newest(built).profile.texts] == ["en"]


@pytest.mark.req("S12")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reviewer": ""}, "Who reviewed it is empty: please fill it in."),
        ({"valid_until": "2028-03-03"}, "Valid until lies too far away"),
        ({"valid_until": "soon"}, "Valid until must be a day, such as 2027-03-01."),
        ({"reviewed_on": "2026-03-03"}, "Day of the review lies in the future"),
        ({"statutes-1-source": " "}, "Acts, 1: Where it can be read is empty"),
        ({"statutes-1-title": "x" * 201}, "Acts, 1: What it is called is too long: at most 200 characters."),
        ({"hold_law": "x" * 100_000}, f"is too long: at most {LONGEST_TEXT} characters."),
        ({"competence": "a\x07b"}, "holds a character that no page can show."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_added(
    built: Built, dora: Colleague, changes: dict[str, str], sentence: str
) -> None:
    page = dora.refused(WRITE, TYPED | changes)
    assert sentence in page
    assert "45 days" in page, "what was typed is still there"
    with reading(built.stores) as work:
        assert legal_profiles.versions(work, "MD") == []


@pytest.mark.req("S12")
def test_more_entries_than_fit_are_said_and_those_far_beyond_are_nothing(built: Built, dora: Colleague) -> None:
    many = {f"pathway-{number}-says": "Go on." for number in range(1, MOST_ENTRIES + 2)}
    assert f"has too many entries: at most {MOST_ENTRIES}" in dora.refused(WRITE, TYPED | many)
    dora.do(WRITE, TYPED | {"pathway-5000-says": "Go on.", "pathway-x-says": "Go on.", "statutes-1-more": "x"})
    assert newest(built).profile.texts[0].pathway == ()


@pytest.mark.req("S12")
@pytest.mark.parametrize("begun_at", ["0", "", "x", "99", "9" * 4000])
def test_whoever_writes_beside_somebody_else_loses_nothing_and_overwrites_nothing(
    built: Built, dora: Colleague, begun_at: str
) -> None:
    first = sign(built)
    page = dora.refused(WRITE, as_posted(built, begun_at=begun_at, reviewer="Somebody else"))
    assert "Somebody else added a version" in page
    assert 'value="Somebody else"' in page
    assert newest(built) == first


@pytest.mark.req("S12")
def test_sending_the_form_twice_adds_one_version(built: Built, dora: Colleague) -> None:
    sign(built)
    changed = as_posted(built, reviewer="Somebody else")
    dora.do(WRITE, changed)
    dora.refused(WRITE, changed)
    assert "Nothing differs" in dora.refused(WRITE, as_posted(built))
    with reading(built.stores) as work:
        assert len(legal_profiles.versions(work, "MD")) == 2


@pytest.mark.req("S12")
def test_what_is_over_stands_first_and_then_what_ends_within_sixty_days(built: Built, dora: Colleague) -> None:
    for country, days in (("MD", 400), ("RO", 60), ("UA", 61), ("KE", -1)):
        sign(built, country, days)
    page = words_of(dora.read(LAW))
    order = [page.index(name) for name in ("Kenya", "Romania", "Ukraine", "Moldova")]
    assert order == sorted(order)
    told = page[: page.index("Write about a country")]
    assert told.count("Over: nothing is claimed") == 1
    assert told.count("Ends soon") == 1, "61 days are not soon, 60 are"


@pytest.mark.req("S12")
@pytest.mark.parametrize("path", [f"{LAW}/XX", f"{LAW}/md", f"{LAW}/XX/write"])
def test_a_country_that_is_none_is_not_found(dora: Colleague, path: str) -> None:
    assert dora.get(path).status_code == 404
    dora.refused(LAW, {"country": "XX"}, 404)
    dora.refused(f"{LAW}/XX/write", TYPED, 404)


@pytest.mark.req("S12")
def test_a_language_that_is_none_is_taken_for_the_first_one(built: Built, dora: Colleague) -> None:
    sign(built)
    for odd in ("<b>", "english", "E", "%00", "../x"):
        assert 'value="Labour code, article 12"' in dora.read(f"{WRITE}?in={odd}")
    for odd in ("x", "-1", "9" * 4000, "٣"):
        assert "Version 1" in dora.read(f"{LAW}/MD?version={odd}")


@pytest.mark.req("S12")
@pytest.mark.principle("confidentiality")
def test_nobody_but_an_editor_writes_law(built: Built, team: Team) -> None:
    admin = add_staff(built, team.office, Role.ADMINISTRATOR, "Ana Admin")
    for member in (team.amina, admin):
        colleague = at_work(built, member)
        assert colleague.get(LAW).status_code == 404
        colleague.refused(WRITE, TYPED, 404)
    with reading(built.stores) as work:
        assert legal_profiles.versions(work, "MD") == []


@pytest.mark.req("S12", "ASVS-16.4.2")
def test_a_version_that_was_changed_past_the_program_is_said_on_top(built: Built, dora: Colleague) -> None:
    sign(built)
    with built.stores.main.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER legal_profiles_no_update")
        connection.exec_driver_sql(
            "UPDATE legal_profiles SET content = CAST(replace(CAST(content AS TEXT), 'Rita', 'Lisa') AS BLOB)"
        )
    assert "Version 1 is not as it was added" in dora.read(LAW)


@pytest.mark.req("S12")
def test_room_for_more_is_folded_away_behind_what_is_there(built: Built, dora: Colleague) -> None:
    assert '<details class="action" open><summary>Room for more: Acts</summary>' in dora.read(WRITE)
    sign(built)
    page = dora.read(f"{WRITE}?in=en")
    more = page.index('<details class="action"><summary>Room for more: Acts</summary>')
    assert page.index('name="statutes-1-title"') < more < page.index('name="statutes-2-title"')
    page = dora.refused(f"{WRITE}?in=en", as_posted(built, **{"statutes-2-title": "", "statutes-2-says": "Says"}))
    assert page.index('name="statutes-2-title"') < page.index("Room for more: Acts")
