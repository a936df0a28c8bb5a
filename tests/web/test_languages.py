"""A page knows its language from its address alone, and tells the browser which way to read."""

import re

import pytest

from reporting.config import SHIPPED_LANGUAGES
from tests.builders import Built
from tests.engines import on_sqlite
from tests.visitor import Visitor

pytestmark = on_sqlite
DIRECTIONS = {"en": "ltr", "ar": "rtl"}


def opening(page: str) -> tuple[str, str]:
    """Return the language and the direction that a page declares."""
    found = re.search(r'<html lang="(\w+)" dir="(\w+)">', page)
    assert found
    return found[1], found[2]


@pytest.mark.req("U13", "S11")
@pytest.mark.principle("non_discrimination")
@pytest.mark.parametrize("language", SHIPPED_LANGUAGES)
def test_a_page_is_read_in_the_language_and_direction_of_its_address(built: Built, language: str) -> None:
    page = Visitor(built).get(f"/{language}/", headers={"Accept-Language": "fr"})
    assert opening(page.text) == (language, DIRECTIONS[language])


@pytest.mark.req("U13")
def test_the_switch_leads_to_the_same_page_and_keeps_what_is_sealed_in_its_address(built: Built) -> None:
    assert 'href="/ar/help"' in Visitor(built).get("/en/help?at=elsewhere").text
    assert 'href="/ar/help/found?a=AAAA"' in Visitor(built).get("/en/help/found?a=AAAA&at=elsewhere").text
    assert 'href="/ar/"' in Visitor(built).get("/en/nothing-here").text


@pytest.mark.req("U13")
@pytest.mark.parametrize("path", ["/ar/nothing-here", "/ar/write/nothing"])
def test_an_address_that_leads_nowhere_keeps_its_language(built: Built, path: str) -> None:
    answer = Visitor(built).get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert opening(answer.text) == ("ar", "rtl")


def test_every_language_is_offered_by_the_name_that_its_readers_give_it(built: Built) -> None:
    page = Visitor(built).get("/en/").text
    assert re.findall(r'lang="(\w+)"[^>]*>([^<]+)</a></li>', page)[:2] == [("en", "English"), ("ar", "العربية")]
