"""No sentence speaks to its reader as to a man; `docs/TRANSLATING.md` tells how each language avoids it."""

import re
from typing import Final

import pytest

from reporting.config import SHIPPED_LANGUAGES
from tests.catalogues import LANGUAGES, read
from tests.machine import CHECKOUT
from tests.test_translations import forms

# Words that address or describe one man, and are written differently for a woman. Forms that another sense of the word
# shares, such as a verb whose subject is a page, are left out: this finds the commonest slips and not every one.
_MASCULINE: Final = {
    "ar": (
        "اكتب اختر أدخل اضغط انقر ارجع اقرأ احفظ احذف اطلب اسأل تذكّر "
        "تكتب تريد تود ترغب تستطيع تختار تشعر تثق تفضل تفضّل متأكد متأكدا متأكدًا مستعد وحيد عزيزي سيدي"
    ),
}
_REGISTER: Final = CHECKOUT / "docs" / "TRANSLATIONS_REVIEW.md"
_PREFIX: Final = "[وفسل]?"


@pytest.mark.req("U13")
@pytest.mark.principle("non_discrimination")
@pytest.mark.parametrize("language", sorted(_MASCULINE))
def test_no_sentence_takes_its_reader_for_a_man(language: str) -> None:
    words = "|".join(map(re.escape, _MASCULINE[language].split()))
    masculine = re.compile(rf"(?<!\w){_PREFIX}(?:{words})(?!\w)")
    found = [form for one in read(language) if one.id for form in forms(one.string) if masculine.search(form)]
    assert not found


@pytest.mark.req("U13")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_stands_in_the_register_of_reviews(language: str) -> None:
    row = re.search(rf"^\| \w+ \| `{language}` \| ([^|]+) \|([^|]*)\|([^|]*)\|$", _REGISTER.read_text(), re.MULTILINE)
    assert row, "a reader must be able to see whether a native reader has signed it"
    signed = row[2].strip() and row[3].strip()
    assert row[1] == "needs native review" or signed


def test_the_source_language_comes_first() -> None:
    assert SHIPPED_LANGUAGES[0] == "en"
