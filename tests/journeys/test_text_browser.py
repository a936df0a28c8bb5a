"""A report, and coming back, in a browser that shows text alone."""

from pathlib import Path

import pytest

from tests.journeys.people import Site
from tests.journeys.text_browser import text_browser, token_on

pytestmark = pytest.mark.slow
STORY = "Es begann im März.\nHe writes at night. ليلة"


@pytest.mark.req("U2", "U3")
@pytest.mark.principle("non_discrimination")
def test_a_text_browser_completes_a_report_and_comes_back(site: Site, tmp_path: Path) -> None:
    with text_browser(tmp_path, site.at("/write/talk/all")) as w3m:
        assert "Amina Diallo" in w3m.read("I have read this")
        w3m.press("g")
        w3m.find(r"\[ \]")
        w3m.press("\t\n")
        w3m.press("\t")
        w3m.write(STORY)
        w3m.find("Send it")
        w3m.press("\n")
        token = token_on(w3m.read("Keep it now"))
        w3m.go(site.at("/return"))
        w3m.read("Open my page")
        w3m.press("g")
        w3m.find("Your token")
        w3m.press("\t")
        w3m.write(token)
        w3m.find("Open my page")
        w3m.press("\n")
        page = w3m.read("Where it is now")
        assert "Nobody has opened it" in page
        w3m.press("g")
        w3m.find("What you wrote Read")
        w3m.press("\n")
        assert "He writes at night." in w3m.read("What happened?")


@pytest.mark.req("P11", "U13", "S8")
def test_a_text_browser_reads_rights_and_scenes_in_their_order(site: Site, tmp_path: Path) -> None:
    with text_browser(tmp_path, site.at("/rights")) as w3m:
        page = w3m.read("To complain about us")
        assert (
            page.index("To be treated with respect") < page.index("To justice") < page.index("Ask for an investigation")
        )
        w3m.go(site.at("/help/when-you-see-it/lead"))
        page = w3m.read("The team has heard of it")
        assert page.index("What you must do") < page.index("What you must not do") < page.index("What is better left")


@pytest.mark.req("P9", "P11")
def test_a_text_browser_finds_help_without_a_tick(site: Site, tmp_path: Path) -> None:
    with text_browser(tmp_path, site.at("/help")) as w3m:
        page = w3m.read("Show me what there is")
        assert page.index("In danger now?") < page.index("What happened?") < page.index("Within 72 hours")
        w3m.press("g")
        w3m.find("Show me what there is")
        w3m.press("\n")
        page = w3m.read("What there is for you")
        assert page.index("Do this now, wherever you are") < page.index("Find A Helpline")
        assert "Does this service have to report?" in page
