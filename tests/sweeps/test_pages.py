"""Every page, errors too, is whole, calm and alone: nothing from elsewhere, nothing in a history that tells."""

import re
from typing import Final
from urllib.parse import urlsplit

import pytest

from reporting.domain.people import Role
from tests.sweeps.answers import Answer
from tests.sweeps.test_routes import TELLING
from tests.sweeps.world import World

INLINE: Final = re.compile(r"<[a-z][^>]*\s(?:style|on[a-z]+)\s*=", re.IGNORECASE)
LOADS: Final = re.compile(r"<(?:script|img|iframe|embed|object|source|video|audio|link)\b[^>]*", re.IGNORECASE)
ADDRESS: Final = re.compile(r'\s(?:href|src|action|srcset|data|poster|formaction|background)="([^"]*)"')
TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)
OPENING: Final = re.compile(r'<html lang="([^"]+)" dir="(ltr|rtl)">')
EVIDENCE: Final = re.compile(r"/en/staff/cases/[0-9a-f]{32}/evidence/[0-9a-f]{32}/copy")
FORM: Final = re.compile(r"<form\b[^>]*>", re.IGNORECASE)


def pages(answers: list[Answer]) -> list[Answer]:
    """Return the answers that are pages, without the file that is her own copy."""
    return [answer for answer in answers if answer.is_page and answer.response.text]


@pytest.mark.principle("safety")
def test_no_page_loads_anything_from_elsewhere(answers: list[Answer]) -> None:
    for answer in pages(answers):
        for tag in LOADS.findall(answer.response.text):
            for address in ADDRESS.findall(tag):
                ours = address.startswith("/static/") or address == "data:," or EVIDENCE.fullmatch(address)
                assert ours, (str(answer), tag)


def test_only_links_of_help_lead_to_other_sites(answers: list[Answer]) -> None:
    for answer in pages(answers):
        for address in ADDRESS.findall(answer.response.text):
            there = urlsplit(address)
            assert there.scheme in ("", "https", "tel", "data", "mailto"), (str(answer), address)
            if there.netloc:
                assert answer.is_hers, (str(answer), address)


def test_no_page_has_a_style_or_a_script_in_an_attribute(answers: list[Answer]) -> None:
    for answer in pages(answers):
        assert not INLINE.search(answer.response.text), answer


@pytest.mark.principle("non_discrimination")
def test_every_page_says_its_language_and_direction(answers: list[Answer]) -> None:
    for answer in pages(answers):
        found = OPENING.search(answer.response.text)
        assert found is not None, answer
        assert found[2] == ("rtl" if found[1] == "ar" else "ltr"), answer
        if answer.path.startswith(("/en/", "/ar/")):
            assert found[1] == answer.path[1:3], answer


def test_every_page_has_one_heading_of_the_first_rank(answers: list[Answer]) -> None:
    for answer in pages(answers):
        assert answer.response.text.count("<h1") == 1, answer


@pytest.mark.principle("safety")
def test_no_title_of_a_survivor_page_tells_what_it_is_about(answers: list[Answer]) -> None:
    for answer in pages(answers):
        title = TITLE.search(answer.response.text)
        assert title is not None, answer
        if answer.is_hers:
            assert not TELLING.search(title[1].lower()), (str(answer), title[1])


@pytest.mark.principle("safety")
def test_every_survivor_page_can_be_left_at_once(answers: list[Answer]) -> None:
    for answer in pages(answers):
        if answer.is_hers and "attachment" not in answer.response.headers.get("Content-Disposition", ""):
            links = re.findall(r"<a [^>]*>", answer.response.text)
            assert 'href="#content"' in links[0], answer
            assert 'href="/exit"' in links[1], answer
            assert 'rel="nofollow noreferrer"' in links[1], answer


def test_every_form_carries_the_signed_value_and_posts(answers: list[Answer]) -> None:
    for answer in pages(answers):
        for form in re.findall(r"<form\b.*?</form>", answer.response.text, re.DOTALL):
            assert 'method="post"' in form, (str(answer), form[:120])
            assert form.count('name="check"') == 1, (str(answer), form[:120])


@pytest.mark.principle("safety")
def test_no_form_of_hers_lets_the_browser_keep_what_is_ticked(answers: list[Answer]) -> None:
    """Without the word on the form itself, browsers write ticks into the file from which they open closed tabs."""
    for answer in pages(answers):
        if answer.is_hers:
            for form in FORM.findall(answer.response.text):
                assert 'autocomplete="off"' in form, (str(answer), form)


def test_no_page_breaks(answers: list[Answer]) -> None:
    assert not [str(answer) for answer in answers if answer.response.status_code == 500 and "/help" not in answer.path]


@pytest.mark.principle("safety")
def test_what_she_downloads_is_a_file_with_a_neutral_name(answers: list[Answer]) -> None:
    hers = [a for a in answers if a.who == Role.SURVIVOR and a.path.startswith("/en/page/")]
    (copy,) = [a for a in hers if a.path.endswith("/copy")]
    named = re.fullmatch(r'attachment; filename="([a-z]+\.html)"', copy.response.headers["Content-Disposition"])
    assert named is not None
    assert not TELLING.search(named[1])


def test_the_first_page_answers_in_the_language_of_the_browser_without_a_redirect(world: World) -> None:
    for language, direction in (("ar", "rtl"), ("en", "ltr"), ("xx", "ltr")):
        answer = world.visitor("anyone").get("/", headers={"Accept-Language": language})
        assert answer.status_code == 200
        assert f'dir="{direction}"' in answer.text
        assert "Accept-Language" in answer.headers["Vary"]
