"""The frame of the pages keeps its word without a server: one request, both directions, and a fast way out."""

import gzip
import re
from types import SimpleNamespace
from typing import Any, Final

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from playwright.sync_api import Page, Route

from reporting.resources import folder
from reporting.web.survivor.ways import Ways
from tests.browser import OpenPage

TEMPLATES: Final = folder("templates")
STATIC: Final = folder("static")
HERE: Final = "http://127.0.0.1:9"
_INLINE: Final = re.compile(r"<[^>{]*\s(?:style|on\w+)\s*=", re.IGNORECASE)
_PHYSICAL: Final = re.compile(
    r"(?:^|[;{\s-])(?:left|right)\s*[:;}]|(?:margin|padding|border)-(?:left|right|top|bottom)"
)


def text_of(name: str) -> str:
    """Return one static file."""
    return (STATIC / name).read_text(encoding="utf-8")


def render(template: str, **context: Any) -> str:
    """Render a survivor page in English as the application would, without the application."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # comes with the extension
    return environment.get_template(template).render(
        language="en",
        direction="ltr",
        languages=[SimpleNamespace(code="en", name="English", url="/en/")],
        site_name="Notes",
        url=lambda endpoint, **_values: f"/en/{endpoint}",
        exit_url=f"{HERE}/en/exit",
        inline_css=Markup(text_of("survivor.css")),  # noqa: S704 - our own file
        inline_script=Markup(text_of("leave.js")),  # noqa: S704 - our own file
        **context,
    )


def first_page() -> str:
    """Render the first page for somebody who comes without a code."""
    return render("home.html", ways=Ways(), at=None, place="")


def test_no_template_has_a_style_or_a_script_in_an_attribute() -> None:
    found = [path.name for path in TEMPLATES.rglob("*.html") if _INLINE.search(path.read_text(encoding="utf-8"))]
    assert not found, "the content security policy would refuse it"


@pytest.mark.parametrize("name", ["survivor.css", "staff.css"])
def test_a_stylesheet_mirrors_by_itself_in_right_to_left(name: str) -> None:
    assert not _PHYSICAL.findall(text_of(name))


@pytest.mark.parametrize("name", ["survivor.css", "leave.js"])
def test_what_is_inlined_cannot_end_its_own_tag(name: str) -> None:
    assert "</" not in text_of(name)


@pytest.mark.principle("support")
def test_the_first_page_fits_in_fourteen_kilobytes() -> None:
    page = first_page().encode()
    assert len(gzip.compress(page)) <= 14 * 1024
    assert not re.search(rb'(?:src|srcset)=|rel="stylesheet"', page)


@pytest.mark.principle("safety")
def test_the_second_link_of_a_page_leaves_it() -> None:
    links = re.findall(r"<a [^>]*>", first_page())
    assert 'href="#content"' in links[0]
    assert f'href="{HERE}/en/exit"' in links[1]
    assert 'rel="nofollow noreferrer"' in links[1]


@pytest.mark.parametrize("code", [400, 403, 404, 405, 410, 413, 422, 429, 500, 503])
def test_every_error_says_something_calm_and_shows_a_way_on(code: int) -> None:
    page = render("errors/error.html", code=code, kept="\n <b>what she wrote</b>")
    assert "This did not work" not in page
    assert "/en/home" in page
    assert "\n\n &lt;b&gt;what she wrote" in page, "a first line break of hers would be lost"


def opened(open_page: OpenPage) -> Page:
    """Open the first page from memory; its exit answers with an ordinary page."""

    def answer(route: Route) -> None:
        body = "<title>Elsewhere</title>" if route.request.url.endswith("/exit") else first_page()
        route.fulfill(content_type="text/html; charset=utf-8", body=body)

    page = open_page()
    page.route(f"{HERE}/**", answer)
    page.goto(f"{HERE}/en/")
    return page


def press(page: Page, *keys: str) -> tuple[str | None, str]:
    """Press keys; return how many dots are filled and what a screen reader is told."""
    for key in keys:
        page.keyboard.press(key)
    return page.get_attribute("#leave", "data-presses"), page.inner_text("#leave-status")


@pytest.mark.browser
@pytest.mark.principle("safety")
def test_shift_pressed_three_times_leaves_in_the_same_tab(open_page: OpenPage) -> None:
    page = opened(open_page)
    before = page.evaluate("history.length")
    assert press(page, "Shift") == ("1", "Shift, press 2 more times to exit.")
    assert press(page, "Shift") == ("2", "Shift, press 1 more time to exit.")
    page.keyboard.press("Shift")
    page.wait_for_url("**/exit")
    assert page.evaluate("history.length") == before


@pytest.mark.browser
@pytest.mark.parametrize("key", ["a", "Shift+A", "Escape", "Alt+Shift"])
def test_any_other_key_and_shift_as_a_modifier_count_for_nothing(open_page: OpenPage, key: str) -> None:
    page = opened(open_page)
    assert press(page, "Shift", "Shift", key) == (None, "")


@pytest.mark.browser
def test_the_count_expires_five_seconds_after_the_last_press(open_page: OpenPage) -> None:
    page = open_page()
    page.clock.install(time=0)
    page.route(
        f"{HERE}/**",
        lambda route: route.fulfill(content_type="text/html", body=first_page()),
    )
    page.goto(f"{HERE}/en/")
    page.clock.pause_at(3_600_000)  # from here on time passes only as the test says, however slow the machine is
    press(page, "Shift")
    page.clock.run_for(4900)
    assert press(page, "Shift")[0] == "2"
    page.clock.run_for(4900)
    assert page.get_attribute("#leave", "data-presses") == "2"
    page.clock.run_for(200)
    assert page.inner_text("#leave-status") == "Exit this page expired."


@pytest.mark.browser
def test_the_page_is_hidden_at_once_and_shown_again_when_it_comes_back(open_page: OpenPage) -> None:
    page = opened(open_page)
    page.evaluate("window.stop(); document.getElementById('leave').href = '#nowhere'")
    page.click("#leave")
    assert not page.is_visible("h1")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert page.is_visible("h1")


@pytest.mark.browser
@pytest.mark.principle("safety")
def test_leaving_at_night_does_not_light_up_the_room(open_page: OpenPage) -> None:
    page = opened(open_page)
    page.emulate_media(color_scheme="dark")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.evaluate("window.stop(); document.getElementById('leave').href = '#nowhere'")
    page.click("#leave")
    assert page.evaluate("getComputedStyle(document.documentElement, '::after').backgroundColor") == ground
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == ground
