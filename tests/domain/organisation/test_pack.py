"""A policy pack is read strictly: whole, within the law, and every fault named."""

import hashlib
from typing import Final

import pytest

from reporting.domain.casework.clocks import Terms
from reporting.domain.declared import Unfit
from reporting.domain.organisation.comparison import Difference, differences
from reporting.domain.organisation.pack import CLOSABLE, LARGEST, Conduct, parse
from reporting.domain.questions import Door
from reporting.resources import folder

STANDARD: Final = (folder("packs") / "standard.toml").read_bytes()
DIGEST: Final = "5c5c42b987dd4f2fd934ec1da762276b6ca3d6cba3f95fa34fdf24c1b6c746fc"
"""Of the pack that ships: version 1 of every instance. If it differs, put a new file beside it instead."""


def changed(before: str, after: str) -> bytes:
    """Return the standard pack with one passage changed."""
    text = STANDARD.decode()
    assert before in text
    return text.replace(before, after, 1).encode()


def problems(content: bytes) -> list[str]:
    """Return what is wrong with a pack."""
    with pytest.raises(Unfit) as refused:
        parse(content)
    return list(refused.value.problems)


@pytest.mark.req("S1")
def test_the_pack_that_ships_is_never_changed() -> None:
    assert hashlib.sha256(STANDARD).hexdigest() == DIGEST


@pytest.mark.req("S1")
def test_the_pack_that_ships_defines_what_the_model_policy_does_and_closes_nothing() -> None:
    pack = parse(STANDARD)
    names = {definition.name for definition in pack.definitions}
    assert {"sexual-harassment", "once-is-enough", "with-technology", "exploitation-and-abuse"} <= names
    assert {definition.kind for definition in pack.definitions} == set(Conduct)
    assert all(pack.offers(door) for door in Door)
    assert all(set(definition.wording) == {"en", "ar"} for definition in pack.definitions)


@pytest.mark.req("S1", "L1")
def test_the_clocks_of_the_pack_that_ships_are_the_ones_that_the_program_knows() -> None:
    assert parse(STANDARD).terms == Terms()


@pytest.mark.req("U5")
def test_there_is_no_time_bar_unless_an_organisation_sets_one() -> None:
    assert parse(STANDARD).time_bar_months == 0
    assert parse(changed("months = 0", "months = 6")).time_bar_months == 6


@pytest.mark.req("L1", "S1")
@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            "acknowledge_days_at_most = 7",
            "acknowledge_days_at_most = 8",
            "acknowledge_days_at_most in [clocks] must be",
        ),
        (
            "acknowledge_working_days = 2",
            "acknowledge_working_days = 8",
            "acknowledge_working_days in [clocks] must be",
        ),
        ("feedback_months = 3", "feedback_months = 4", "because the law allows no longer"),
        ("sign_of_life_months = 1", "sign_of_life_months = 2", "sign_of_life_months in [clocks] must be"),
        ("investigation_days = 90", "investigation_days = 181", "investigation_days in [clocks] must be"),
        ("investigation_days = 90", "investigation_days = 0", "investigation_days in [clocks] must be"),
        ("[30, 90, 180, 365]", "[30, 90, 365]", "check_in_days in [clocks] must begin on day 30 or before"),
        ("[30, 90, 180, 365]", "[31, 90, 180, 365]", "check_in_days in [clocks] must begin on day 30 or before"),
        ("[30, 90, 180, 365]", "[30, 90, 180, 364]", "check_in_days in [clocks] must begin on day 30 or before"),
        ("[30, 90, 180, 365]", "[90, 30, 180, 365]", "each greater than the one before"),
        ("feedback_months = 3", "feedback_months = true", "feedback_months in [clocks] must be a whole number"),
        ("feedback_months = 3", 'feedback_months = "3"', "feedback_months in [clocks] must be a whole number"),
        ("feedback_months = 3", "feedback_month = 3", "feedback_months is missing in [clocks]."),
    ],
)
def test_a_clock_may_be_stricter_than_the_law_and_never_laxer(before: str, after: str, sentence: str) -> None:
    assert any(sentence in one for one in problems(changed(before, after)))


@pytest.mark.req("S1", "L1")
def test_stricter_clocks_are_taken() -> None:
    content = changed("acknowledge_days_at_most = 7", "acknowledge_days_at_most = 3").replace(
        b"feedback_months = 3", b"feedback_months = 1"
    )
    terms = parse(content).terms
    assert (terms.acknowledge_days_at_most, terms.feedback_months) == (3, 1)


@pytest.mark.req("S1")
@pytest.mark.parametrize("door", sorted(set(Door) - set(CLOSABLE)))
def test_the_ways_that_protect_her_cannot_be_closed(door: Door) -> None:
    content = changed("[doors.informal]\noffered = true", f"[doors.{door}]\noffered = false")
    assert problems(content) == [f"offered in [doors.{door}] cannot be false: this way in is always open."]


@pytest.mark.req("S1")
def test_a_way_in_may_be_left_out_and_may_have_words_of_its_own_in_some_languages() -> None:
    own = '[doors.formal.en]\nlabel = "Ask for an inquiry"\nline = "By our rules."\n[doors.informal]\noffered = false'
    pack = parse(changed("[doors.informal]\noffered = true", own))
    words = pack.words_for(Door.FORMAL, "en")
    assert words is not None
    assert (words.title, words.text) == ("Ask for an inquiry", "By our rules.")
    assert pack.words_for(Door.FORMAL, "ar") is None
    assert not pack.offers(Door.INFORMAL)
    assert pack.offers(Door.WITNESS)


@pytest.mark.req("S1")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff", "The file is not written in UTF-8."),
        (b"a = [", "The file is not TOML"),
        (b"#" * (LARGEST + 1), "The file is too large"),
        (changed("format = 1", "format = 2"), "format in the top of the file must be"),
        (changed('"ar"]', '"ar", "fr"]'), "title is missing in [definitions.sexual-harassment.fr]."),
        (changed('"ar"]', '"AR"]'), "must be codes such as en or ar"),
        (changed('"ar"]', '"en"]'), "each once"),
        (changed('kind = "harassment"', 'kind = "other"'), "kind in [definitions.sexual-harassment] must be one of"),
        (changed('title = "Sexual harassment"', 'title = ""'), "title in [definitions.sexual-harassment.en] must be"),
        (changed('title = "Sexual harassment"', 'title = "\\u0000"'), "holds a character that no page can show"),
        (changed("[doors.witness]", "[doors.witnes]"), "witnes in [doors] is no key of a policy pack."),
        (changed("[time_bar]\n", "[time_bar]\nrefuse = true\n"), "refuse in [time_bar] is no key of a policy pack."),
        (changed("[definitions.retaliation]", "[definitions.Re]"), "must be called by small letters"),
        (changed("[code_of_conduct]", "[code]"), "version is missing in [code_of_conduct]."),
        (b"definitions = 1", "[definitions] must be a table."),
    ],
)
def test_every_fault_is_named_in_a_whole_sentence(content: bytes, sentence: str) -> None:
    found = problems(content)
    assert any(sentence in one for one in found), found
    assert all(one.endswith(".") for one in found)


def test_an_empty_file_is_refused_with_everything_that_is_missing() -> None:
    found = problems(b"")
    assert "title is missing in the top of the file." in found
    assert "feedback_months is missing in [clocks]." in found
    assert len(found) > 8


def test_brackets_without_end_are_refused_like_any_other_fault() -> None:
    assert problems(b"a = " + b"[" * 100_000)


@pytest.mark.req("S1")
def test_comparing_says_what_differs_place_by_place() -> None:
    before = parse(STANDARD)
    after = parse(
        changed("feedback_months = 3", "feedback_months = 2").replace(b"[doors.witness]\noffered = true", b"")
    )
    assert differences(before, before) == []
    assert differences(before, after) == [Difference("clocks.feedback_months", "3", "2")]
    gone = parse(STANDARD.replace(b"[definitions.pressure", b"[definitions.coercion"))
    places = [one.place for one in differences(before, gone)]
    assert "definitions.pressure.en.title" in places
    assert "definitions.coercion.ar.text" in places
    assert Difference("definitions.coercion.kind", "", "harassment") in differences(before, gone)
