"""Find help: a form that may stay empty, services in order, a card; and nothing of it is left anywhere."""

import gzip
import logging
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from werkzeug.test import TestResponse

from reporting.config import SHIPPED_LANGUAGES
from reporting.domain.directory.needs import About, Age, Ago, Gender, Happened, Need, Wish
from reporting.domain.directory.pathway_rules import VERSION
from reporting.services.help.directory import load_shipped, shipped_records
from reporting.store.database import writing
from reporting.store.directory import put_records
from reporting.store.settings import DEMO_MARK, put_setting
from reporting.web.pathways import packed, unpacked
from reporting.web.sealed_address import CAPACITY, LENGTHS, SMALL
from tests.builders import Built, add_team, make_instance, send_report
from tests.engines import on_sqlite
from tests.sweeps.haystack import found_in, found_in_files
from tests.visitor import Visitor
from tests.web.her import her_at, plain

pytestmark = on_sqlite

EVERYTHING = {
    "happened": [one.value for one in Happened],
    "country": "MD",
    "age": "adult",
    "gender": "man",
    "about": [one.value for one in About],
    "wish": [one.value for one in Wish],
    "day": "2026-02-28",
    "hour": "23:10",
}


@pytest.fixture
def moldova(empty: Built) -> Built:
    """A demonstration whose directory has the worldwide services and those of Moldova."""
    with writing(empty.stores) as work:
        load_shipped(work, empty.house, "international")
        load_shipped(work, empty.house, "moldova")
        put_setting(work.main, DEMO_MARK, b"\x01")
    return empty


def asked(built: Built, **fields: Any) -> TestResponse:
    """Send the form and return the answer."""
    return Visitor(built).post("/en/help", fields)


def found(built: Built, **fields: Any) -> str:
    """Send the form and return the page that it leads to, as it is written."""
    answer = asked(built, **fields)
    assert answer.status_code == 303, answer.status_code
    page = Visitor(built).get(answer.headers["Location"])
    assert page.status_code == 200
    return page.text


def break_shred(built: Built) -> None:
    """Let the shred store answer no more."""
    built.stores.dispose()
    for path in built.settings.data.glob("shred.sqlite3*"):
        path.unlink()
    (built.settings.data / "shred.sqlite3").mkdir()


@pytest.mark.req("P9", "G5", "U14")
@pytest.mark.principle("support")
def test_she_says_what_happened_and_where_and_sees_what_to_do_first(moldova: Built) -> None:
    page = plain(found(moldova, happened="touched", ago="within_72", country="MD"))
    assert "Call 112" in page
    places = [
        page.index(words)
        for words in (
            "Medicine that can prevent HIV: within 72 hours",
            "Medical care now",
            "Integrated service for survivors of sexual violence, Ungheni",
            "Someone to talk to now",
            "La Strada trust line for women",
            "Legal advice",
            "Police and courts",
        )
    ]
    assert places == sorted(places)
    assert "Does this service have to report?" in page
    assert "Not checked by us yet" in page
    assert "None found near you" not in page


@pytest.mark.req("P9")
@pytest.mark.principle("support")
def test_an_empty_form_is_an_answer_too(moldova: Built) -> None:
    page = plain(found(moldova))
    assert "Someone to talk to now" in page
    assert "It is not your fault" in page
    assert "Do this now, wherever you are" in page


@pytest.mark.req("P9")
def test_whoever_names_no_country_is_told_why_nothing_near_is_shown(moldova: Built) -> None:
    assert "No country was named" in found(moldova, happened="touched")
    assert "No country was named" not in found(moldova, happened="touched", country="MD")


@pytest.mark.req("P9")
def test_none_found_near_is_an_answer_with_things_to_do(moldova: Built) -> None:
    page = plain(found(moldova, happened="threatened", country="KE"))
    assert "None found near you: do this now" in page
    assert "go to any hospital" in page
    assert "Ask us a question" in page
    assert "Lila.help" in page, "the lists by country"


@pytest.mark.req("G5")
@pytest.mark.parametrize(
    ("hours", "minutes", "hiv", "pregnancy"),
    [(71, 59, True, True), (72, 0, False, True), (119, 59, False, True), (120, 0, False, False)],
)
def test_the_windows_are_counted_to_the_minute_and_never_said_to_be_over(
    moldova: Built, hours: int, minutes: int, hiv: bool, pregnancy: bool
) -> None:
    since = moldova.clock.moment.replace(tzinfo=ZoneInfo("UTC")) - timedelta(hours=hours, minutes=minutes)
    at = since.astimezone(ZoneInfo("Europe/Chisinau"))
    page = plain(found(moldova, happened="touched", country="MD", day=f"{at:%Y-%m-%d}", hour=f"{at:%H:%M}"))
    assert ("can prevent HIV: within 72 hours" in page) is hiv
    assert ("Emergency contraception: up to 120 hours" in page) is pregnancy
    assert "worth having" in page
    assert "too late" not in page.lower()
    assert "counted in your favour" in page


@pytest.mark.req("G6")
@pytest.mark.principle("safety")
def test_under_18_reads_first_what_is_for_children(moldova: Built) -> None:
    page = plain(found(moldova, happened="pictures", age="under_18", country="MD"))
    assert page.index("You did nothing wrong") < page.index("Protection of children") < page.index("116 111")
    assert "StopNCII" not in page
    assert "Take It Down" in page


def test_what_is_in_her_country_is_called_so_and_not_near(moldova: Built) -> None:
    page = plain(found(moldova, happened="touched", country="MD"))
    assert re.search(r"La Strada.{,200}Moldova · ", page)
    assert "Near you" not in page, "a country can be wide"


@pytest.mark.req("S17", "S22")
def test_what_she_said_leads_on_to_the_pages_that_speak_of_it(moldova: Built) -> None:
    online, man, others = "/en/help/online", "/en/help/also-you", "/en/help/as-you-are"
    page = found(moldova, happened="pictures", country="MD")
    assert page.index(f'href="{online}"') < page.index('class="card"'), "what to keep and not to pay comes first"
    assert f'href="{man}"' in found(moldova, gender="man")
    for about in ("lgbti", "disability"):
        assert f'href="{others}"' in found(moldova, about=about)
    nothing = found(moldova)
    assert not [one for one in (online, man, others) if f'href="{one}"' in nothing]
    assert 'href="/en/law"' in nothing


def test_the_first_page_of_help_ends_with_what_its_foot_does_not_name(moldova: Built) -> None:
    page = Visitor(moldova).get("/en/help").text
    main, foot = page.split("<footer")
    others = re.findall(r'href="([^"]+)"', main.split("Other things you can do here")[1])
    assert "/en/help/online" in others
    assert not set(others) & set(re.findall(r'href="([^"]+)"', foot))


@pytest.mark.req("S22")
def test_a_man_sees_who_says_that_they_are_there_for_men(moldova: Built) -> None:
    page = plain(found(moldova, happened="touched", gender="man", country="MD", ago="longer"))
    assert page.index("1in6") < page.index("La Strada")
    assert "We do not know whether they are there for men, too" in page


@pytest.mark.principle("safety")
def test_a_code_that_could_set_her_phone_is_read_and_never_tapped(moldova: Built) -> None:
    row = next(row for row in shipped_records("moldova")["phone"] if row["number"] == "0 8008 8008")
    with writing(moldova.stores) as work:
        put_records(work.main, {"phone": [{**row, "number": "**21*+19005550100#"}]})
    page = found(moldova, happened="pictures", country="MD")
    assert '<bdi dir="ltr">**21*+19005550100#</bdi>' in page
    assert "tel:*" not in page


@pytest.mark.req("S17")
def test_a_call_is_a_link_and_its_traces_are_told(moldova: Built) -> None:
    page = found(moldova, happened="pictures", country="MD")
    assert 'href="tel:080088008"' in page
    assert "A call may show on the telephone bill." in page
    assert "leaves a trace in your browser history" in page
    assert 'rel="noreferrer nofollow external"' in page


def test_open_now_is_told_on_the_clock_of_the_service(moldova: Built) -> None:
    page = plain(found(moldova, happened="touched", country="MD"))
    assert "Open day and night" in page
    assert "Hours may differ on holidays" in page


@pytest.mark.req("P9", "L5")
@pytest.mark.principle("confidentiality")
def test_nothing_that_she_says_or_finds_is_in_an_address_a_cookie_the_log_or_a_file(
    moldova: Built, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor, before = Visitor(moldova), _stored(moldova)
    answer = visitor.post("/en/help", EVERYTHING)
    address = answer.headers["Location"]
    page = visitor.get(address)
    card = visitor.post("/en/help/card", {"named": "y", "one": re.findall(r'name="one" value="([^"]+)"', page.text)})
    shown = visitor.get(card.headers["Location"])
    assert "La Strada" in page.text
    assert "La Strada" in shown.text
    for one in (answer, page, card, shown):
        assert "Set-Cookie" not in one.headers
        assert one.headers["Cache-Control"] == "no-store"
    words = [*map(str, Happened), *map(str, Wish), "2026-02-28", "23:10", "MD", "Strada"]
    told = " ".join([address, card.headers["Location"], caplog.text]).encode()
    assert not found_in(told.replace(b"/en/help/card", b""), [word for word in words if len(word) > 2])
    assert len(address) == len("/en/help/found?a=") + LENGTHS[SMALL]
    assert _stored(moldova) == before


def _stored(built: Built) -> dict[str, set[str]]:
    """Return which of her words stand in which file; the directory itself holds the names of services."""
    return found_in_files([built.settings.data], ["2026-02-28", "23:10", "no_police", "not_sure", "within_72"])


@pytest.mark.principle("safety")
def test_the_page_ends_after_half_an_hour_kindly_and_shows_the_form(moldova: Built) -> None:
    address = asked(moldova, happened="touched").headers["Location"]
    moldova.clock.forward(minutes=30)
    page = Visitor(moldova).get(address)
    assert page.status_code == 200
    assert "This page has ended" in page.text
    assert 'name="happened"' in page.text
    assert "checked" not in page.text
    for forged in ("", "?a=", "?a=" + "A" * LENGTHS[SMALL], "?a=%00", "?all=y"):
        assert "This page has ended" in Visitor(moldova).get(f"/en/help/found{forged}").text, forged
        assert "This page has ended" in Visitor(moldova).get(f"/en/help/card{forged}").text, forged


def test_the_address_of_one_page_opens_no_other(moldova: Built) -> None:
    argument = asked(moldova, happened="touched").headers["Location"].partition("?")[2]
    assert "This page has ended" in Visitor(moldova).get(f"/en/help/card?{argument}").text


def test_the_other_language_shows_the_same_services(moldova: Built) -> None:
    page = found(moldova, happened="touched", country="MD")
    arabic = re.search(r'href="(/ar/help/found\?a=[^"]+)"', page)
    assert arabic is not None
    assert "Ungheni" in Visitor(moldova).get(arabic[1].replace("&amp;", "&")).text


@pytest.mark.principle("support")
def test_without_the_shred_store_the_form_is_answered_with_the_page_itself(moldova: Built) -> None:
    break_shred(moldova)
    answer = asked(moldova, happened="touched", country="MD")
    assert answer.status_code == 200
    assert "Ungheni" in answer.text
    assert "Set-Cookie" not in answer.headers
    ticked = re.findall(r'name="one" value="([^"]+)"', answer.text)
    card = Visitor(moldova).post("/en/help/card", {"one": ticked[0]})
    assert card.status_code == 200
    assert "112" in card.text


@pytest.mark.principle("support")
def test_where_nothing_is_in_the_directory_what_ships_is_shown(empty: Built) -> None:
    page = plain(found(empty, happened="pictures", age="adult"))
    assert "StopNCII" in page
    assert "Find A Helpline" in plain(Visitor(empty).get("/en/help").text)


@pytest.mark.parametrize(
    "fields",
    [
        {
            "happened": ["nothing we know", "touched\0"],
            "age": "both",
            "country": "XX",
            "gender": "😀",
            "wish": "x" * 9000,
        },
        {"day": "31.02.2026", "hour": "25:99", "happened": "touched"},
        {"day": "0001-01-01", "hour": "00:00", "country": "US"},
        {"day": "9999-12-31", "hour": "23:59", "country": "KI"},
        {"day": "2026-02-28", "hour": "23:59+09:00", "country": "AQ"},
        {"ago": ["within_72", "longer"], "age": ["under_18", "adult"]},
    ],
)
def test_whatever_is_sent_gets_a_page_with_help(moldova: Built, fields: dict[str, Any]) -> None:
    assert "Someone to talk to now" in found(moldova, **fields)


@pytest.mark.usefixtures("empty")
def test_what_was_said_is_the_same_on_the_other_side_and_always_fits() -> None:
    whole = Need(
        frozenset(Happened), Ago.WITHIN_120, "MD", Age.UNDER_18, Gender.ANOTHER, frozenset(About), frozenset(Wish), True
    )
    for need in (whole, Need()):
        assert unpacked(packed(need)) == need
        assert len(packed(need)) <= CAPACITY


def test_what_she_said_stands_in_the_form_again_but_never_the_day(moldova: Built) -> None:
    page = found(moldova, **EVERYTHING)
    assert re.search(r'value="touched" checked', page)
    assert re.search(r'value="MD" selected', page)
    assert "2026-02-28" not in page
    assert "23:10" not in page


@pytest.mark.principle("safety")
def test_a_card_has_names_and_numbers_and_looks_like_any_note(moldova: Built) -> None:
    visitor = Visitor(moldova)
    page = found(moldova, happened="threatened", country="MD")
    ids = dict(
        re.findall(
            r'id="c-[^"]+" name="one" value="([^"]+)"><label[^>]+>Put this on my card<span class="unseen">: ([^<]+)',
            page,
        )
    )
    strada = next(one for one, name in ids.items() if name.startswith("La Strada"))
    card = visitor.get(
        visitor.post("/en/help/card", {"one": strada, "named": "y", "shown": list(ids)}).headers["Location"]
    )
    assert "<title>Notes</title>" in card.text
    assert "0 8008 8008" in card.text
    assert "112" not in card.text
    bare = visitor.get(visitor.post("/en/help/card", {"one": strada}).headers["Location"])
    assert "0 8008 8008" in bare.text
    assert "L. S." in bare.text
    assert "Strada" not in bare.text
    every = visitor.get(visitor.post("/en/help/card", {"shown": list(ids)}).headers["Location"])
    assert "112" in every.text
    none = visitor.get(visitor.post("/en/help/card", {"one": ["nobody", "x" * 5000]}).headers["Location"])
    assert none.status_code == 200


@pytest.mark.req("G6")
def test_under_18_and_about_to_write_she_sees_the_child_line_of_her_office_first(moldova: Built) -> None:
    built, team = moldova, add_team(moldova, country="MD")
    visitor = Visitor(built)
    began = visitor.post("/en/write/talk", {"office": team.office.id.hex(), "before.age": "yes"})
    page = visitor.get(began.headers["Location"]).text
    assert page.index('Call <a href="tel:112"') < page.index('href="tel:116111"') < page.index("childhelpline")
    assert 'href="tel:116111"' not in Visitor(built).get("/en/write/young").text


@pytest.mark.req("U14")
def test_her_page_leads_to_help_near_her_without_a_word_of_it_in_an_address(moldova: Built) -> None:
    built, team = moldova, add_team(moldova, country="MD")
    her = her_at(built, send_report(built, team.office)[0])
    page = her.read()
    form = re.search(r'<form method="post" autocomplete="off" action="/en/help">.*?</form>', page, re.DOTALL)
    assert form is not None
    assert 'name="country" value="MD"' in form[0]
    answer = her.post("/en/help", {"country": "MD"})
    assert "MD" not in re.findall(r"\w+", answer.headers["Location"])
    assert "La Strada" in her.get(answer.headers["Location"]).text


@pytest.mark.req("U14")
@pytest.mark.principle("safety")
def test_where_she_says_that_she_is_not_safe_she_finds_whom_to_call_and_help_near_her(moldova: Built) -> None:
    team = add_team(moldova, country="MD")
    her = her_at(moldova, send_report(moldova, team.office)[0])
    unsafe = her.read("/care").split("I am not safe")[1].partition("</section>")[0]
    assert "In danger now?" in unsafe
    assert 'name="country" value="MD"' in unsafe
    assert "Show help near you" in unsafe


@pytest.mark.parametrize("path", ["/en/help", "/ar/help"])
def test_the_first_page_of_help_fits_into_fourteen_kilobytes(moldova: Built, path: str) -> None:
    page = Visitor(moldova).get(path, headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.data) <= 14 * 1024
    assert "Tick what fits" in gzip.decompress(page.data).decode() or path != "/en/help"


@pytest.mark.parametrize("language", SHIPPED_LANGUAGES)
@pytest.mark.parametrize(("everything", "most"), [("", 14), ("&all=y", 20)])
def test_the_longest_answer_fits_into_fourteen_kilobytes_and_all_of_it_into_twenty(
    moldova: Built, language: str, everything: str, most: int
) -> None:
    address = asked(moldova, **EVERYTHING).headers["Location"].replace("/en/", f"/{language}/") + everything
    page = Visitor(moldova).get(address, headers={"Accept-Encoding": "gzip"})
    assert len(page.data) <= most * 1024


def test_whoever_reviewed_the_table_is_named_and_until_then_that_nobody_has(moldova: Built, tmp_path: Path) -> None:
    assert "No legal or health expert has reviewed" in found(moldova)
    for version, expected in ((VERSION, True), (VERSION + 1, False)):
        review = f"{version}; 2026-02-16; Dr Amal Haddad, forensic doctor"
        named = make_instance(tmp_path / str(version), REPORTING_PATHWAYS_REVIEWED=review)
        page = plain(found(named))
        assert ("reviewed by Dr Amal Haddad, forensic doctor on February 16, 2026" in page) is expected
        assert ("No legal or health expert has reviewed" in page) is not expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T09:30:00", "Open now, until 5:00 PM (clock of Chisinau)"),
        ("2026-03-06T16:00:00", "Closed now. Opens on Monday at 9:00 AM (clock of Chisinau)"),
    ],
)
def test_hours_are_told_with_the_day_on_the_clock_of_the_service(moldova: Built, moment: str, expected: str) -> None:
    rows = shipped_records("moldova")["schedule"]
    hours = {"byday": "MO,TU,WE,TH,FR", "opens_at": "09:00:00", "closes_at": "17:00:00"}
    with writing(moldova.stores) as work:
        put_records(work.main, {"schedule": [{**row, **hours} for row in rows]})
    moldova.clock.moment = datetime.fromisoformat(moment)
    assert expected in plain(found(moldova, happened="touched", country="MD"))
