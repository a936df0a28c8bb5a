"""Her page: what is true about her case, messages both ways, and nobody else's page."""

import re

import pytest

from reporting.domain.case import Act
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.sealed.disclosure import Answer, AnswerState, Identity
from reporting.services.casework import case as casework
from reporting.services.casework import messages
from reporting.services.evidence.custody import record_touched
from reporting.services.reading import assignment
from reporting.services.survivor import erasure
from reporting.store.database import writing
from reporting.store.tables import MAIN
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import add_file, photo
from tests.services.acts import take_up
from tests.web.her import TEXT, Her, her_at, opened_by, plain

pytestmark = on_sqlite
ANSWER = "Thank you for writing. I have read it."
NAMED = Identity((Answer("about.name", "What is your name?", AnswerState.ANSWERED, "Lena Fictional"),))
STEPS = ("", "/text", "/people", "/choices", "/talk", "/care", "/keep", "/copy", "/ways", "/end")


@pytest.mark.req("U10")
@pytest.mark.principle("informed_consent")
def test_nobody_has_opened_it_is_said_until_somebody_opens_it(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    her = her_at(built, token)
    assert "Nobody has opened it yet." in her.read()
    opened_by(built, team.amina, case_id)
    page = her.read()
    assert "Nobody has opened it yet." not in page
    assert "Opened by Amina Diallo (March 2, 2026)." in plain(page)


def test_every_place_of_her_page_is_named_once(built: Built, team: Team) -> None:
    page = her_at(built, send_report(built, team.office)[0]).read()
    places = re.findall(r'href="([^"]+)"', page[page.index('id="can"') :].partition("</section>")[0])
    assert any(address.endswith("/costs") for address in places)
    assert sorted(places) == sorted(set(places))


def test_openings_are_told_once_a_day_and_by_day(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    opened_by(built, team.amina, case_id)
    for hours in (1, 1, 24):
        built.clock.forward(hours=hours)
        in_unit(built, casework.view_case, team.amina, case_id)
    page = her_at(built, token).read("/people")
    assert plain(page).count("Amina Diallo opened what you wrote.") == 2
    assert "Opened it: March 3, 2026 · March 2, 2026" in plain(page)
    assert not re.search(r"\d:\d\d", plain(page)), "days, never hours"


@pytest.mark.req("L1")
def test_the_stage_the_next_date_and_a_day_worth_looking_stand_on_her_page(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    her = her_at(built, token)
    page = plain(her.read())
    assert "Somebody writes to you here by March 4, 2026." in page
    assert "A day worth looking here again: March 4, 2026" in page
    opened_by(built, team.amina, case_id)
    in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    assert "by June 2, 2026" in plain(her.read())


@pytest.mark.principle("support")
def test_a_day_that_was_missed_is_called_missed(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    built.clock.forward(days=7)
    page = plain(her_at(built, token).read())
    assert "This day is over, and that is not your fault." in page
    assert "A day worth looking here again: March 10, 2026" in page


@pytest.mark.principle("respect")
def test_messages_go_both_ways_and_are_kept_exactly(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    opened_by(built, team.amina, case_id)
    in_unit(built, messages.write_as_staff, team.amina, case_id, ANSWER)
    her, words = her_at(built, token), "\n  <b>No</b> &amp; \u202eyes\u202c 🌿\nsecond line"
    page = her.do("/write", {"text": words})
    assert "Your message is saved." in page
    assert words in page
    assert ANSWER in page
    assert "<b>No</b>" not in her.get(her.page()).text
    with writing(built.stores) as work:
        view = casework.view_case(work, built.house, team.amina, case_id)
        assert [message.text for message in messages.thread(work, view.opened)] == [ANSWER, words]


def test_a_message_sent_twice_stands_there_once(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    her.do("/write", {"text": "only once"})
    assert her.do("/write", {"text": "only once"}).count("only once") == 1


def test_an_empty_message_is_told_and_not_saved(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    assert "There is nothing to save yet." in her_at(built, token).do("/write", {"text": " \n "})


def test_many_messages_are_folded_but_the_last_three(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    for number in range(6):
        her.do("/write", {"text": f"message {number}"})
    page = her.read()
    folded = page.partition("Earlier messages (3)")[2].partition("</details>")[0]
    assert "message 2" in folded
    assert "message 3" not in folded


def test_she_reads_what_she_wrote_in_the_words_that_she_saw(built: Built, team: Team) -> None:
    token, _, _ = send_report(
        built, team.office, TEXT, named=("Karl Example",), identity=NAMED, wishes=("stop",), contact=True
    )
    page = plain(her_at(built, token).read("/text"))
    for words in (TEXT, "Karl Example", "That it stops", "Lena Fictional"):
        assert words in page


@pytest.mark.req("L1")
def test_asking_to_talk_becomes_a_message_with_when_it_is_safe(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    page = her.do("/talk", {"talk": "1", "how": ["meet", "with_someone"], "when": "mornings", "else": "a park"})
    assert "I would like to talk or meet.\nHow: Meeting in person / Only with someone I trust beside me" in page
    assert "When and how it is safe: mornings\na park" in page
    assert "You asked to talk or meet." in her.read("/people")


def test_asking_to_talk_says_enough_with_every_box_empty(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    page = her_at(built, token).do("/talk", {"talk": "1", "how": "nonsense"})
    assert "I would like to talk or meet.</p>" in page


@pytest.mark.req("L4")
def test_her_copy_opens_without_us(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, TEXT, named=("Karl Example",), identity=NAMED)
    opened_by(built, team.amina, case_id)
    in_unit(built, messages.write_as_staff, team.amina, case_id, ANSWER)
    her = her_at(built, token)
    answer = her.get(her.page() + "/copy")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="notes.html"'
    assert answer.headers["Cache-Control"] == "no-store"
    for words in (TEXT, "Karl Example", "Lena Fictional", ANSWER, "Amina Diallo opened what you wrote."):
        assert words in plain(answer.text)
    assert not re.search(r"<script|\ssrc=|\shref=|<form|<link|url\(|@import|https?:", answer.text), "it loads nothing"
    assert "default-src 'none'" in answer.text
    assert "You took a copy." in her.read("/people")


@pytest.mark.req("L4")
def test_her_copy_has_the_receipt_of_each_file_and_no_key_of_it(built: Built, team: Team) -> None:
    for office in (team.office, None):
        token, reporter, case_id = send_report(built, office, TEXT)
        piece = add_file(built, reporter, case_id, photo(), name="bus.jpg").evidence
        if office:
            take_up(built, team.amina, case_id)
            in_unit(built, record_touched, StaffEvent.EVIDENCE_SEEN, team.amina, case_id, piece)
        copy = plain(her_at(built, token).read("/copy"))
        for words in (
            "bus.jpg",
            piece.digest,
            piece.salt,
            piece.custody_ref.hex(),
            "It was received and sealed as it is.",
        ):
            assert words in copy
        assert ("Amina Diallo looked at something that was added to your case" in copy) is (office is not None)
        assert not [secret for file in piece.files for secret in (file.key, file.blob) if secret in copy]


@pytest.mark.principle("confidentiality")
def test_addresses_mean_nothing_in_another_session(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    first, second = her_at(built, token), her_at(built, token)
    assert re.fullmatch(r"/en/page/[0-9a-f]{16}", first.page())
    assert first.page() != second.page()
    assert case_id.hex()[:16] not in first.page()
    assert second.get(first.page()).status_code == 404


@pytest.mark.principle("confidentiality")
def test_a_case_of_somebody_else_is_not_there(built: Built, team: Team) -> None:
    mine, _, _ = send_report(built, team.office)
    theirs, _, _ = send_report(built, team.office)
    me, other = her_at(built, mine), her_at(built, theirs)
    for step in STEPS:
        assert me.get(other.page() + step).status_code == 404
    for step in ("/write", "/people/close", "/answer", "/choices", "/close", "/end/later", "/end/now", "/care"):
        data = {"text": "x", "sure": "y", "purpose": "contact", "answer": "yes"}
        assert me.post(other.page() + step, data).status_code == 404
    assert other.get(other.page()).status_code == 200


def test_several_cases_are_listed_and_one_is_shown_at_once(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    assert her.get("/en/page").status_code == 303
    send_report(built, team.office, token=token)
    listed = her.get("/en/page")
    assert listed.status_code == 200
    assert len(set(re.findall(r"/en/page/[0-9a-f]{16}", listed.text))) == 2


@pytest.mark.principle("confidentiality")
def test_staff_do_not_learn_when_she_looked(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    opened_by(built, team.amina, case_id)
    before = _everything_in_main(built)
    her = her_at(built, token)
    for step in ("", "/text", "/people", "/choices", "/talk", "/care", "/keep", "/ways", "/end"):
        her.read(step)
    assert _everything_in_main(built) == before, "looking leaves no trace in the database that staff read"


def _everything_in_main(built: Built) -> dict[str, list[tuple[object, ...]]]:
    with built.stores.main.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select()).fetchall()]
            for table in MAIN.sorted_tables
        }


def test_every_page_of_hers_is_in_each_language_and_keeps_a_neutral_title(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    for step in STEPS:
        for language in ("en", "ar"):
            answer = her.get(her.page().replace("/en/", f"/{language}/") + step)
            assert answer.status_code == 200
            title = re.search("<title>(.*?)</title>", answer.text)
            assert title is not None
            assert not re.search("harass|abuse|assault|report|complain|erase", title[1].lower())


@pytest.mark.req("U7")
def test_she_is_told_who_left_and_who_reads_now(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    opened_by(built, team.amina, case_id)
    in_unit(built, assignment.recuse, team.ben, case_id)
    page = plain(her_at(built, token).read())
    assert "Ben Okafor left your case and cannot open it any more." in page
    assert "It can be read by: Amina Diallo." in page


def test_a_private_record_says_that_nobody_acts_and_lets_her_add_a_line(built: Built) -> None:
    token, _, _ = send_report(built, None, TEXT)
    her = her_at(built, token)
    page = plain(her.read())
    assert "Only you can open this. Nobody else can read it, and nobody acts on it." in page
    assert "Talk or meet" not in page
    assert "It is saved. Only you can open it." in her.do("/write", {"text": "One more thing."})
    assert "One more thing." in her.read("/text")


def test_looking_at_the_list_without_any_case_left_ends_the_session(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office)
    her = her_at(built, token)
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert her.get("/en/page").headers["Location"] == "/en/return?why=unknown"
    assert her.flask.get_cookie("p") is None
    assert Her(built).get("/en/page").status_code == 303
