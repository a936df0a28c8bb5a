"""Adding a large file on a phone whose line breaks: it shows how far it is, waits, and goes on by itself."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import PHONE, OpenPage
from tests.console import eventually
from tests.journeys.people import STORY, Site, go_through_door, press

pytestmark = pytest.mark.browser
SIZE = 3_000_000


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A file that needs several parts."""
    path = tmp_path / "recording.bin"
    path.write_bytes(bytes(range(256)) * (SIZE // 256))
    return path


def at_files(page: Page, site: Site) -> None:
    """Write something, and go to the page about files."""
    go_through_door(page, site, "Write it down for myself")
    page.get_by_role("textbox", name="What happened?").fill(STORY)
    press(page, "Continue")
    page.goto(site.at("/write/files"))


def dropped(page: Page, count: int) -> list[str]:
    """Let the line break in the middle of the first parts; return what was asked for meanwhile."""
    asked: list[str] = []

    def route(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) in range(2, 2 + count):
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route(re.compile("/files/part$"), route)
    return asked


@pytest.mark.req("P8")
def test_a_file_goes_on_where_the_line_broke(site: Site, open_page: OpenPage, recording: Path) -> None:
    page = open_page(width=PHONE)
    at_files(page, site)
    asked = dropped(page, 2)
    page.get_by_label("Photos, screenshots, recordings, documents").set_input_files(recording)
    press(page, "Add them")
    expect(page.locator("[data-arriving]")).to_be_visible()
    page.wait_for_url("**/write/files?done=file-added")
    expect(page.get_by_role("main")).to_contain_text("recording.bin")
    assert len(asked) >= 4, "two parts were lost and sent again"


@pytest.mark.req("P8")
def test_without_a_line_one_sentence_says_what_happens_and_then_it_happens(
    site: Site, open_page: OpenPage, recording: Path
) -> None:
    page = open_page(width=PHONE)
    at_files(page, site)
    page.get_by_label("Photos, screenshots, recordings, documents").set_input_files(recording)
    page.context.set_offline(True)
    press(page, "Add them")
    expect(page.get_by_role("status").filter(has_text="It goes on by itself when it is back")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()  # which would ask her to press the button again
    page.context.set_offline(False)
    page.wait_for_url("**/write/files?done=file-added")


@pytest.mark.req("P8")
def test_how_large_a_file_is_stands_there_before_anything_of_it_is_sent(
    site: Site, open_page: OpenPage, recording: Path
) -> None:
    page = open_page(width=PHONE)
    at_files(page, site)
    asked = dropped(page, 0)
    picker = page.get_by_label("Photos, screenshots, recordings, documents")
    picker.set_input_files(recording)
    expect(page.locator("[data-arriving] [role=status]")).to_have_text("recording.bin: 2.9 MB")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_hidden()
    picker.set_input_files([])
    expect(page.locator("[data-arriving]")).to_be_hidden()
    assert not asked


def test_pressing_twice_sends_a_file_once(site: Site, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(width=PHONE)
    at_files(page, site)
    begun: list[str] = []
    page.on("request", lambda request: begun.append(request.url) if request.url.endswith("/files/begin") else None)
    name = "a $' {percent} $& b.txt"  # which a script must repeat and not read
    path = tmp_path / name
    path.write_text("He wrote this.")
    page.get_by_label("Photos, screenshots, recordings, documents").set_input_files(path)
    page.context.set_offline(True)
    page.evaluate("() => { for (let i = 0; i < 2; i++) document.querySelector('#add-files .row .button').click(); }")
    expect(page.get_by_role("status").filter(has_text="There is no connection")).to_be_visible()
    tried = len(begun)
    page.context.set_offline(False)
    page.wait_for_url("**/write/files?done=file-added")
    assert (tried, len(begun)) == (1, 2)
    expect(page.get_by_role("link", name=name, exact=True)).to_have_count(1)


@pytest.mark.req("U8")
def test_without_a_script_what_to_do_while_it_comes_is_said_and_with_one_it_is_not(
    site: Site, open_page: OpenPage
) -> None:
    for script in (True, False):
        page = open_page(script=script, width=PHONE)
        at_files(page, site)
        expect(page.get_by_text("Please stay on this page until the next one comes.")).to_be_visible(visible=not script)


def test_she_can_stop_a_file_and_nothing_of_it_is_listed(site: Site, open_page: OpenPage, recording: Path) -> None:
    page = open_page(width=PHONE)
    at_files(page, site)
    page.route(re.compile("/files/part$"), lambda route: route.abort("internetdisconnected"))
    page.get_by_label("Photos, screenshots, recordings, documents").set_input_files(recording)
    press(page, "Add them")
    expect(page.get_by_role("status").filter(has_text="There is no connection")).to_be_visible()
    press(page, "Stop")
    expect(page.locator("[data-arriving]")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("main")).not_to_contain_text("recording.bin")


def test_a_file_chosen_while_another_is_under_way_comes_after_it_and_both_are_added(
    site: Site, open_page: OpenPage, recording: Path, tmp_path: Path
) -> None:
    page = open_page(width=PHONE)
    at_files(page, site)
    words = tmp_path / "words.txt"
    words.write_text("He wrote this.")
    page.route(re.compile("/files/part$"), lambda route: route.abort("internetdisconnected"))
    for path in (recording, words):
        page.get_by_label("Photos, screenshots, recordings, documents").set_input_files(path)
        press(page, "Add them")
        expect(page.get_by_role("status").filter(has_text="There is no connection")).to_be_visible()
    press(page, "Add them")  # once more, because nothing seems to move
    page.unroute(re.compile("/files/part$"))
    page.wait_for_url("**/write/files?done=file-added")
    for name in ("recording.bin", "words.txt"):
        expect(page.get_by_role("main").get_by_role("link", name=name)).to_have_count(1)


@pytest.mark.principle("safety")
@pytest.mark.parametrize("way", ["Stop", "leave"])
def test_what_has_come_of_a_file_is_destroyed_when_she_stops_or_leaves(
    site: Site, open_page: OpenPage, recording: Path, way: str
) -> None:
    page = open_page(width=PHONE)
    at_files(page, site)
    sent: list[dict[str, str]] = []

    def route(route: Route) -> None:
        if sent:
            route.abort("internetdisconnected")
        else:
            sent.append({name: route.request.headers[name] for name in ("harbour-fields", "content-type")})
            route.continue_()

    page.route(re.compile("/files/part$"), route)
    page.get_by_label("Photos, screenshots, recordings, documents").set_input_files(recording)
    press(page, "Add them")
    expect(page.get_by_role("status").filter(has_text="There is no connection")).to_be_visible()

    def known() -> bool:
        again = page.context.request.post(site.at("/files/part"), headers=sent[0], data=b"x")
        return "here" in again.json()

    assert known()
    if way == "Stop":
        press(page, "Stop")
    else:
        page.goto(site.at("/help"))
    assert eventually(lambda: not known(), 10)


def test_what_is_refused_is_said_beside_its_name(site: Site, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(width=PHONE)
    at_files(page, site)
    empty, words = tmp_path / "empty.txt", tmp_path / "words.txt"
    empty.write_bytes(b"")
    words.write_text("He wrote this.")
    page.get_by_label("Photos, screenshots, recordings, documents").set_input_files([empty, words])
    press(page, "Add them")
    expect(page.get_by_role("status").filter(has_text="empty.txt: A file was empty")).to_be_visible()
    expect(page.locator("[data-arriving] progress")).to_be_hidden()
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_hidden()
    press(page, "Continue")  # nothing is taken from her before she has read it
    page.wait_for_url("**/write/files?done=file-added")
    expect(page.get_by_role("main")).to_contain_text("words.txt")


def test_a_file_can_be_dropped_onto_the_page(site: Site, open_page: OpenPage) -> None:
    page = open_page(width=1200)
    at_files(page, site)
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["He wrote this."], "dropped.txt", {type: "text/plain"}));
          const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true});
          document.querySelector("[data-drop]").dispatchEvent(drop);
        }"""
    )
    page.wait_for_url("**/write/files?done=file-added")
    expect(page.get_by_role("main")).to_contain_text("dropped.txt")


def test_without_a_script_the_same_form_sends_the_file_whole(site: Site, open_page: OpenPage, recording: Path) -> None:
    page = open_page(script=False, width=PHONE)
    at_files(page, site)
    page.get_by_label("Photos, screenshots, recordings, documents").set_input_files(recording)
    press(page, "Add them")
    page.wait_for_url("**/write/files?done=file-added")
    expect(page.get_by_role("main")).to_contain_text("recording.bin")
