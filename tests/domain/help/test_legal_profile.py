"""A legal profile is checked place by place, ends on its day, and says in every language what may open or keep."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from reporting.domain.canonical import Unreadable
from reporting.domain.help.legal_profile import (
    LONGEST_DAYS,
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_ENTRIES,
    MOST_LANGUAGES,
    LegalProfile,
    PathStep,
    Protection,
    ReportingDuty,
    Statute,
    Texts,
    TimeLimit,
    UnfitProfile,
    check,
)

TODAY = date(2026, 3, 2)
ENGLISH = Texts(
    "en",
    "Member of an invented bar since 2009",
    (Statute("Labour code, article 12", "Nobody may be harassed at work.", "Official gazette 5/2001"),),
    (TimeLimit("45 days", "to complain to the labour court"),),
    (ReportingDuty("A doctor", "who treats a wound made by a weapon", "the police"),),
    (Protection("Nobody may be dismissed for complaining."),),
    (PathStep("Write to the employer."), PathStep("Go to the labour court.")),
)
ROMANIAN = Texts(
    "ro",
    "Membră a unui barou inventat",
    (Statute("Codul muncii", "Nimeni nu poate fi hărțuit.", "Monitorul 5/2001"),),
    (TimeLimit("45 de zile", "pentru plângere"),),
    (ReportingDuty("Un medic", "care tratează o rană de armă", "poliția"),),
    (Protection("Nimeni nu poate fi concediat pentru plângere."),),
    (PathStep("Scrieți angajatorului."), PathStep("Mergeți la instanță.")),
)
PROFILE = LegalProfile("MD", "Tamara Vrabie", "2026-03-02", "2027-03-01", (ENGLISH, ROMANIAN))


def problems(profile: LegalProfile, today: date = TODAY) -> list[str]:
    """Return what is wrong with a profile."""
    with pytest.raises(UnfitProfile) as refused:
        check(profile, today)
    return list(refused.value.problems)


def with_english(**facts: Any) -> LegalProfile:
    """Return the profile in English alone, with something changed."""
    return replace(PROFILE, texts=(replace(ENGLISH, **facts),))


@pytest.mark.req("S12")
def test_a_whole_profile_is_accepted_and_comes_back_the_same() -> None:
    check(PROFILE, TODAY)
    assert LegalProfile.from_bytes(PROFILE.to_bytes()) == PROFILE


@pytest.mark.req("S12")
def test_its_bytes_do_not_depend_on_anything_but_what_it_says() -> None:
    assert PROFILE.to_bytes() == LegalProfile.from_bytes(PROFILE.to_bytes()).to_bytes()
    assert PROFILE.to_bytes().startswith(b'{"country":"MD","format":1,')


@pytest.mark.req("S12")
@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2027, 3, 1), True),
        (date(2027, 3, 2), False),
    ],
)
def test_the_day_of_the_review_and_the_last_day_both_count(day: date, valid: bool) -> None:
    assert PROFILE.is_valid_on(day) is valid


@pytest.mark.req("S12")
def test_the_first_language_stands_in_for_one_that_is_missing() -> None:
    assert PROFILE.texts_for("ro") is ROMANIAN
    assert PROFILE.texts_for("ar") is ENGLISH


@pytest.mark.req("S12")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"country": "XX"}, "country must be the code of a country, such as MD."),
        ({"country": "md"}, "country must be the code of a country, such as MD."),
        ({"reviewer": " "}, "reviewer is empty: please fill it in."),
        ({"reviewed_on": "yesterday"}, "reviewed_on must be a day, such as 2027-03-01."),
        ({"reviewed_on": "20260302"}, "reviewed_on must be a day, such as 2027-03-01."),
        ({"valid_until": ""}, "valid_until must be a day, such as 2027-03-01."),
        (
            {"reviewed_on": "2026-03-03"},
            "reviewed_on lies in the future: give the day on which the law was looked at.",
        ),
        ({"valid_until": "2026-03-01"}, "valid_until lies before the review."),
        ({"texts": ()}, "texts must hold from 1 to 20 languages, each once."),
        ({"texts": (ENGLISH, ENGLISH)}, "texts must hold from 1 to 20 languages, each once."),
    ],
)
def test_what_is_wrong_at_the_top_is_said_with_the_name_of_the_field(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in problems(replace(PROFILE, **changes))


@pytest.mark.req("S12")
def test_nobody_signs_for_longer_than_two_years() -> None:
    last = TODAY + timedelta(days=LONGEST_DAYS)
    check(replace(PROFILE, valid_until=last.isoformat()), TODAY)
    (sentence,) = problems(replace(PROFILE, valid_until=(last + timedelta(days=1)).isoformat()))
    assert "at most two years" in sentence


@pytest.mark.req("S12")
@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"language": "English"}, "language must be the code of a language, such as en."),
        ({"competence": ""}, "en.competence is empty: please fill it in."),
        ({"statutes": ()}, "en.statutes is empty: a profile names at least one act."),
        ({"statutes": (Statute("Code", "", "Gazette"),)}, "en.statutes.1.says is empty: please fill it in."),
        (
            {"limits": (TimeLimit("x" * (LONGEST_LINE + 1), "to complain"),)},
            f"en.limits.1.term is too long: at most {LONGEST_LINE} characters.",
        ),
        (
            {"protections": (Protection("Yes."), Protection("x" * (LONGEST_TEXT + 1)))},
            f"en.protections.2.says is too long: at most {LONGEST_TEXT} characters.",
        ),
        ({"hold_law": "a\x07b"}, "en.hold_law holds a character that no page can show."),
        ({"identity_duty": "  "}, "en.identity_duty is empty: please fill it in."),
        (
            {"pathway": (PathStep("Go."),) * (MOST_ENTRIES + 1)},
            f"en.pathway has too many entries: at most {MOST_ENTRIES}.",
        ),
    ],
)
def test_what_is_wrong_in_a_language_is_said_with_the_name_of_the_field(facts: dict[str, Any], sentence: str) -> None:
    assert sentence in problems(with_english(**facts))


@pytest.mark.req("S12")
@pytest.mark.parametrize("name", ["identity_duty", "hold_law"])
def test_what_may_open_or_keep_is_said_in_every_language_or_in_none(name: str) -> None:
    duty: dict[str, Any] = {name: "A duty."}
    datorie: dict[str, Any] = {name: "O datorie."}
    one = replace(PROFILE, texts=(replace(ENGLISH, **duty), ROMANIAN))
    assert problems(one) == [f"{name} must be said in every language of the profile, or in none."]
    both = replace(PROFILE, texts=(replace(ENGLISH, **duty), replace(ROMANIAN, **datorie)))
    check(both, TODAY)
    assert both.declares(name, "O datorie.")
    assert not both.declares(name, "Another duty.")
    assert not PROFILE.declares(name, "")


@pytest.mark.req("S12", "U5")
def test_no_language_may_leave_out_a_limit_that_another_one_tells() -> None:
    shorter = replace(PROFILE, texts=(ENGLISH, replace(ROMANIAN, limits=())))
    assert problems(shorter) == ["ro.limits must have as many entries as in the first language."]


@pytest.mark.req("S12")
def test_more_than_a_page_can_bear_is_refused() -> None:
    everything = tuple(Protection("x" * LONGEST_TEXT) for _ in range(MOST_ENTRIES))
    codes = [f"{letter}a" for letter in "abcdefghij"]
    many = tuple(replace(ENGLISH, language=code, protections=everything) for code in codes)
    assert problems(replace(PROFILE, texts=many)) == ["texts is too large: at most 262144 bytes are kept."]
    crowd = tuple(replace(ENGLISH, language=f"a{letter}") for letter in "abcdefghijklmnopqrstuvwxyz")
    assert len(crowd) > MOST_LANGUAGES
    assert "texts must hold from 1 to 20 languages, each once." in problems(replace(PROFILE, texts=crowd))


@pytest.mark.req("S12")
def test_a_file_with_a_field_that_nobody_knows_is_not_read() -> None:
    with pytest.raises(Unreadable):
        LegalProfile.from_bytes(PROFILE.to_bytes().replace(b'"reviewer"', b'"reviewers"'))
