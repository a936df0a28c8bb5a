"""Posters and cards lead to exactly one address, say nothing else, and are set in the letters of each language."""

import re
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
import segno

from reporting.services.help.posters import Paper, Print, make
from tests.services.file.test_paper import needs_fonts
from tests.services.help.sheets import drawn, reader, symbols_on, words_on

pytestmark = needs_fonts

ENGLISH = Print(
    address="https://notes.example.org/en/c/geneva",
    name="Notes",
    title=("Something happened.", "You decide what comes next."),
    lines=("You need no name.", "You do not have to report."),
    how="Scan this, or type the address.",
    code="Code: geneva",
    language="en",
    day=date(2026, 3, 2),
)
ARABIC = replace(
    ENGLISH,
    address="https://notes.example.org/ar/c/geneva",
    title=("حدث شيء ما.", "أنت تقرر ما يأتي بعد ذلك."),
    lines=("مرة واحدة تكفي.",),
    how="امسح هذا الرمز، أو اكتب العنوان.",
    code="الرمز: geneva",
    language="ar",
    from_right=True,
)
ONION = replace(ENGLISH, address=f"http://{'a' * 56}.onion/en/c/{'c' * 40}", code=f"Code: {'c' * 40}")


def expected(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the QR code that says this, made anew."""
    return tuple(tuple(map(bool, row)) for row in segno.make(text, error="m", micro=False).matrix)


@pytest.mark.req("S11")
@pytest.mark.parametrize("said", [ENGLISH, ARABIC, ONION])
@pytest.mark.parametrize(("paper", "count"), [(Paper.POSTER, 1), (Paper.CARDS, 10)])
def test_each_symbol_says_the_address_and_nothing_more(said: Print, paper: Paper, count: int) -> None:
    symbol = expected(said.address)
    assert symbol != expected(said.address + "?utm_source=poster")
    assert symbols_on(make(paper, said, None), len(symbol)) == [symbol] * count


@pytest.mark.req("S11")
@pytest.mark.principle("confidentiality")
@pytest.mark.parametrize("said", [ENGLISH, ARABIC])
@pytest.mark.parametrize("paper", Paper)
def test_no_other_address_and_no_link_stands_on_it(said: Print, paper: Paper) -> None:
    made = make(paper, said, None)
    whole = re.sub(r"\s", "", words_on(made))
    assert said.typed in whole
    assert len(re.findall(r"[\w.-]+\.(?:org|com|net|io)\b", whole.replace(said.typed, ""))) == 0
    assert "http" not in whole
    assert "?" not in whole
    assert all("/Annots" not in page for page in reader(made).pages)
    assert len(reader(made).pages) == 1


@pytest.mark.req("S11")
@pytest.mark.principle("safety")
def test_a_card_tells_nobody_what_it_is_for() -> None:
    told = words_on(make(Paper.CARDS, ENGLISH, None))
    rest = re.sub(r"\s", "", told)
    for known in ("Notes", "notes.example.org", "/en/c/geneva", "Code:geneva"):
        assert rest.count(known) == 10, known
        rest = rest.replace(known, "")
    assert rest == ""


@pytest.mark.req("S11")
@pytest.mark.principle("non_discrimination")
@pytest.mark.parametrize("paper", Paper)
def test_arabic_is_shaped_from_right_to_left_(paper: Paper) -> None:
    made = make(paper, ARABIC, None)
    told = unicodedata.normalize("NFKC", words_on(made))
    assert any(unicodedata.bidirectional(one) == "AL" for one in told)
    assert str(reader(made).root_object["/Lang"]) == "ar"
    if paper is Paper.CARDS:
        first = re.search(r"([\d.]+) [\d.]+ [\d.]+ -[\d.]+ re f", drawn(made))
        assert first is not None
        assert float(first[1]) > 170, "the symbol of a card stands at the side where reading begins"


@pytest.mark.req("S11")
def test_everything_fits_on_the_sheet_however_long_it_is() -> None:
    long = replace(ONION, lines=("Some words that go on and on. " * 12,) * 2, how="How to come here. " * 20)
    for paper in Paper:
        for said in (ONION, long):
            made = make(paper, said, None)
            assert len(reader(made).pages) == 1
            for x, y in re.findall(r"BT ([\d.-]+) ([\d.-]+) Td", drawn(made)):
                assert 0 < float(x) < 595, (paper, x)
                assert 0 < float(y) < 842, (paper, y)


@pytest.mark.principle("confidentiality")
def test_the_metadata_name_neither_program_nor_hour() -> None:
    made = make(Paper.POSTER, ENGLISH, None)
    told = str(reader(made).metadata)
    for word in ("fpdf", "arbour", "eport", "T0", "T1"):
        assert word not in told, word
    assert b"fpdf" not in made.lower()
