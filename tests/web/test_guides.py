"""The pages to read: light, without a form or a cookie, each leading on, and every right with something to do."""

import gzip
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

import pytest
from flask import url_for

from reporting.domain.directory.checks import How, checked_rows
from reporting.domain.directory.listing import listed_in
from reporting.domain.directory.taxonomies import Pathway, Trait, stable_id, term_id
from reporting.domain.help.examples import ABOUT_YOU, EXAMPLES
from reporting.domain.help.groups import Group
from reporting.domain.help.online import FIRST_STEPS
from reporting.domain.help.rights import RIGHTS, Action, Place, Right
from reporting.domain.help.scenarios import scenes_for
from reporting.services.help.directory import SEEDS, load_shipped, shipped_directory, shipped_records
from reporting.store.database import writing
from reporting.store.directory import put_records
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.visitor import Visitor
from tests.web.her import her_at

pytestmark = on_sqlite

HELP: Final = "/en/help"
GUIDES: Final = (
    "/en/help/is-this",
    "/en/rights",
    "/en/help/when-you-see-it",
    *(f"/en/help/when-you-see-it/{group}" for group in Group),
    "/en/help/when-someone-tells-you",
    "/en/help/online",
    "/en/help/also-you",
    "/en/help/as-you-are",
)
ACTIONS: Final = [(right, action) for right in RIGHTS for action in right.actions]
PLACES: Final = [(right, place) for right in RIGHTS for place in right.places]
OUTSIDE: Final = ("https://", "tel:")


def read(built: Built, path: str) -> str:
    """Return what a page says to somebody who has never been here."""
    answer = Visitor(built).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return unescape(answer.text)


def links(page: str) -> Iterator[str]:
    """Return the addresses that the middle of a page leads to."""
    return iter(re.findall(r'<a [^>]*?href="([^"]+)"', page.split("<main")[1].split("</main>")[0]))


@pytest.mark.req("P9")
@pytest.mark.principle("support")
@pytest.mark.parametrize("path", GUIDES)
def test_a_page_to_read_asks_nothing_weighs_little_and_every_link_on_it_leads_on(built: Built, path: str) -> None:
    answer = Visitor(built).get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert len(gzip.compress(answer.data)) <= 14 * 1024
    assert not re.search(r"<form|<input|<script src|<img", answer.text)
    for address in links(unescape(answer.text)):
        if not address.startswith((*OUTSIDE, "#")):
            assert Visitor(built).get(address).status_code == 200, address


@pytest.mark.parametrize("path", GUIDES)
def test_a_page_to_read_leads_to_all_the_others_and_not_to_itself(built: Built, path: str) -> None:
    page = read(built, path)
    more = page.split('id="more-help"')[1].split("</nav>")[0]
    assert f'href="{path}"' not in more
    reached = set(re.findall(r'href="([^"]+)"', page.split("<main")[1]))
    assert {one for one in GUIDES if "when-you-see-it/" not in one} | {HELP} <= reached | {path}


def test_a_word_that_names_no_group_leads_nowhere(built: Built) -> None:
    for word in ("everybody", "AROUND", "%00", "../../etc"):
        assert Visitor(built).get(f"/en/help/when-you-see-it/{word}").status_code == 404


@pytest.mark.req("S8")
@pytest.mark.principle("respect")
def test_the_examples_show_every_kind_and_end_at_the_doors_without_a_verdict(built: Built) -> None:
    page = read(built, "/en/help/is-this")
    for example in (*(one for words in EXAMPLES.values() for one in words), *(one.words for one in ABOUT_YOU)):
        assert example in page
    assert "You do not need to be sure" in page
    for said in ("once is enough", "someone senior", "from outside", "It can be online", "whatever your gender"):
        assert said in page
    assert "What the other person meant does not decide it." in page
    assert page.index("once is enough") < page.index("/en/before-you-start/form")


@pytest.mark.req("U13")
@pytest.mark.principle("informed_consent")
@pytest.mark.usefixtures("team")
@pytest.mark.parametrize(("right", "action"), ACTIONS, ids=lambda one: getattr(one, "id", getattr(one, "label", "")))
def test_every_right_stands_beside_something_that_anybody_can_do(built: Built, right: Right, action: Action) -> None:
    visitor, address = Visitor(built), path_of(built, action)
    card = read(built, "/en/rights").split(f'id="{right.id}"')[1].split('<li class="card"')[0]
    assert right.title in card
    assert right.words in card
    assert f'href="{address}">{action.label}</a>' in card
    page = visitor.get(address)
    assert page.status_code == 200
    if action.door is not None:
        began = visitor.post(address, {"before.age": "no"})
        assert began.headers["Location"].endswith("/write/before"), "she can begin to write"
        assert visitor.get(began.headers["Location"]).status_code == 200


@pytest.mark.req("U13")
@pytest.mark.parametrize(("right", "place"), PLACES, ids=lambda one: getattr(one, "id", getattr(one, "name", "")))
def test_every_right_on_her_own_page_is_there_under_the_name_that_the_table_gives(
    built: Built, team: Team, right: Right, place: Place
) -> None:
    card = read(built, "/en/rights").split(f'id="{right.id}"')[1].split('<li class="card"')[0]
    assert f'href="/en/return">On your page: “{place.name}”</a>' in card
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    ref = her.page().rpartition("/")[2]
    with built.app.test_request_context():
        address = url_for(place.endpoint, language="en", ref=ref)
    assert re.search(rf'href="{address}"[^>]*><strong>{place.name}</strong>', her.read()), "the page names it so"
    assert re.search(r"<form|<main", her.read(address.removeprefix(her.page())))


def path_of(built: Built, action: Action) -> str:
    """Return where an action leads."""
    door: dict[str, Any] = {"door": action.door} if action.door else {}
    with built.app.test_request_context():
        return url_for(action.endpoint, language="en", **door)


@pytest.mark.req("S8")
@pytest.mark.req("S22")
@pytest.mark.parametrize("group", Group)
def test_every_scene_stands_on_its_page_with_the_witness_door_below(built: Built, group: Group) -> None:
    page = read(built, f"/en/help/when-you-see-it/{group}")
    for scene in scenes_for(group):
        for line in (scene.what, *scene.do, *scene.better_left):
            assert line in page
    assert "/en/write/seen" in page


@pytest.mark.req("S8")
def test_a_manager_reads_first_what_must_and_must_not_be_done(built: Built) -> None:
    page = read(built, f"/en/help/when-you-see-it/{Group.MANAGERS}")
    assert page.index("What you must do") < page.index("What you must not do") < page.index('class="card"')
    assert "Do not investigate" in page
    assert "without their yes" in page


@pytest.mark.principle("respect")
def test_whoever_is_told_is_led_to_support_and_not_to_take_over(built: Built) -> None:
    page = read(built, "/en/help/when-someone-tells-you")
    assert page.index("I believe you") < page.index("Never press") < page.index("/en/write/seen")
    assert "Do not ask for details, for reasons or for proof." in page


@pytest.mark.req("S22")
@pytest.mark.principle("non_discrimination")
@pytest.mark.parametrize("loaded", [(), ("international",), ("moldova",), ("international", "moldova")])
def test_services_for_men_stand_apart_whatever_was_put_into_the_directory(
    built: Built, loaded: tuple[str, ...]
) -> None:
    known = {service.name: service for name in SEEDS for service in listed_in(shipped_records(name)).services}
    for name in loaded:
        in_unit(built, load_shipped, name)
    shown = re.findall(r"<h3>.*?<bdi>(.+?)</bdi>", read(built, "/en/help/also-you"))
    assert shown
    assert all(known[name].says(Trait.MALE_SURVIVORS) for name in shown)
    assert "1in6" in shown, "what ships for anybody is there until the directory has something for anybody"
    assert ("112" in shown) == ("moldova" in loaded)


def test_a_number_that_nobody_has_checked_is_kept_back_and_a_country_is_named(built: Built) -> None:
    in_unit(built, load_shipped, "moldova")
    service = next(row for row in shipped_records("moldova")["service"] if row["name"].startswith("La Strada"))
    for_men = {"id": stable_id("a"), "link_id": service["id"], "link_entity": "service", "value": "yes"}
    with writing(built.stores) as work:
        put_records(work.main, {"attribute": [{**for_men, "taxonomy_term_id": term_id(Trait.MALE_SURVIVORS)}]})
    page = read(built, "/en/help/also-you")
    assert "La Strada" in page
    assert "Moldova" in page
    assert "Not checked by us yet." in page
    assert re.findall('href="tel:(.*?)"', page) == ["112"], "a number that everybody knows"
    with writing(built.stores) as work:
        put_records(work.main, checked_rows(service, built.house.today(), "Dora Ionescu", How.CALLED))
    page = read(built, "/en/help/also-you")
    assert 'href="tel:080088008"' in page
    assert "Checked by us on March 2, 2026." in page
    assert "Dora" not in page


@pytest.mark.principle("safety")
def test_what_an_editor_typed_stays_text(built: Built) -> None:
    in_unit(built, load_shipped, "international")
    service = next(row for row in shipped_records("international")["service"] if row["name"] == "1in6")
    typed = "<script>alert(1)</script> 100 % free %(x)s"
    with writing(built.stores) as work:
        put_records(work.main, {"service": [{**service, "description": typed, "eligibility_description": typed}]})
    answer = Visitor(built).get("/en/help/also-you")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert unescape(answer.text).count(typed) == 2


@pytest.mark.req("S17")
def test_pictures_can_be_taken_down_by_way_of_a_service_for_each_age(built: Built) -> None:
    page = read(built, "/en/help/online")
    shipped = shipped_directory()
    for pathway in (Pathway.TAKEDOWN_ADULT, Pathway.TAKEDOWN_MINOR, Pathway.DIGITAL_SAFETY):
        assert shipped.on(pathway)
        assert all(service.url in page for service in shipped.on(pathway))
    assert all(step.words in page and EXAMPLES[kind][0] in page for kind, step in FIRST_STEPS.items())
    assert {'"#pictures"', '"#safer"'} <= set(re.findall('href=("#[^"]+")', page))
    assert 'id="pictures"' in page
    assert 'id="safer"' in page
    assert "Please do not send us intimate pictures." in page
    assert page.count("check it before you rely on it") == 1, "said once on a page"
    assert page.count("Not checked by us yet.") == page.count('<li class="card"')
    assert "/en/help/online" in read(built, "/en/help/is-this")
