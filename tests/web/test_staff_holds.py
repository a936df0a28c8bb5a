"""What a law keeps, on the pages of staff and on hers."""

import re

import pytest

from reporting.domain.case import ItemKind
from reporting.domain.questions import Door
from reporting.services.file.holds import end
from reporting.services.oversight import retention
from reporting.services.survivor import erasure
from reporting.services.survivor.composing import compose
from reporting.web.survivor.doors import DOORS
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import MAKER, add_file, add_media, photo, secrets_of
from tests.services.acts import called, take_up
from tests.services.holding import LAW, case_under_law, declare_law, hold, listed_ids
from tests.web.colleague import at_case, at_work, words_of
from tests.web.her import Her, draft_of, her_at, plain

pytestmark = on_sqlite
HELD = "/en/staff/held"


def ids_offered(page: str) -> list[str]:
    """Return what can be ticked."""
    return re.findall(r'name="items" value="([0-9a-f]{32})"', page)


@pytest.mark.req("L4", "ASVS-2.3.5")
@pytest.mark.principle("safety")
def test_a_hold_is_asked_for_agreed_to_and_begun(built: Built, team: Team) -> None:
    _, case_id = case_under_law(built, team)
    amina, ben, holds = at_work(built, team.amina), at_work(built, team.ben), at_case(case_id, "/holds")
    page = amina.read(holds)
    assert LAW in page
    (first, *_rest) = ids_offered(page)
    said = amina.do(holds, {"items": first, "reason": "The court asked on Monday.", "until": "2026-06-30"})
    assert "A second person is asked." in said
    assert "Keep it now" not in said
    (decide,) = re.findall(r'action="([^"]+/decide)"', ben.read("/en/staff/approvals"))
    ben.do(decide, {"answer": "yes"})
    (begin,) = re.findall(r'action="([^"]+/begin)"', amina.read(holds))
    said = words_of(amina.do(begin))
    assert "It is kept until the day that you gave." in said
    assert "This is not possible any more." in amina.do(begin)
    (stop,) = re.findall(r'action="([^"]+/end)"', ben.read(holds))
    assert "The copies are destroyed." in ben.do(stop)


@pytest.mark.req("L4")
def test_what_is_forged_or_empty_is_refused_with_what_was_typed_still_there(built: Built, team: Team) -> None:
    office = declare_law(built, team.office)
    _, _, case_id = send_report(built, office, identity=called("Nadia", visible=True))
    _, _, other = send_report(built, office)
    for one in (case_id, other):
        take_up(built, team.amina, one)
    amina, holds = at_work(built, team.amina), at_case(case_id, "/holds")
    (own,) = listed_ids(built, team.amina, case_id, ItemKind.DISCLOSURE)
    (foreign,) = listed_ids(built, team.amina, other, ItemKind.DISCLOSURE)
    good = {"items": own.hex(), "reason": "The court asked.", "until": "2026-06-30"}
    wrong: tuple[dict[str, object], ...] = (
        {"items": foreign.hex()},
        {"items": [own.hex(), foreign.hex()]},
        {"items": "x"},
        {"items": []},
        {"until": "soon"},
        {"until": ""},
        {"reason": ""},
    )
    for change in wrong:
        page = amina.refused(holds, good | change)
        assert "The court asked." in page or "reason" in change
    for until in ("2026-03-02", "2020-01-01", "2099-01-01"):
        assert "This cannot be kept." in amina.do(holds, good | {"until": until})
    assert amina.post(f"{holds}/{own.hex()}/begin").status_code == 404
    assert amina.post(f"{holds}/{own.hex()}/end").status_code == 404


@pytest.mark.req("L4")
def test_where_no_law_was_shown_the_page_says_that_nothing_can_be_kept(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    page = at_work(built, team.amina).read(at_case(case_id, "/holds"))
    assert "Nothing of this case can be kept against the reporter’s will." in page
    assert ids_offered(page) == []


@pytest.mark.req("L4", "P6")
@pytest.mark.principle("confidentiality")
def test_held_items_are_for_those_who_had_the_key_and_for_nobody_else(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE)
    amina, one = at_work(built, team.amina), f"{HELD}/{hold_id.hex()}"
    assert "You hold nothing." in amina.read(HELD)
    assert amina.get(one).status_code == 404
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert one in amina.read(HELD)
    page = amina.read(one)
    assert "He did it in the lift." in page
    assert "A note for us." not in page
    assert amina.get(at_case(case_id)).status_code == 404
    for member in (team.ines, team.desk_reader):
        stranger = at_work(built, member)
        assert one not in stranger.read(HELD)
        assert stranger.get(one).status_code == 404
    built.clock.forward(days=91)
    in_unit(built, retention.run)
    assert at_work(built, team.amina).get(one).status_code == 404


@pytest.mark.req("L4", "P7", "U5")
@pytest.mark.principle("informed_consent")
def test_she_reads_what_stays_and_until_when_before_she_closes_or_erases(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, declare_law(built, team.office), "He did it in the lift.")
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    hold(built, team, case_id, ItemKind.DISCLOSURE)
    her = her_at(built, token)
    for step in ("", "/ways", "/end"):
        page = plain(her.read(step))
        assert "Something stays until May 31, 2026 because of a law" in page, step
        assert LAW in page, step
        assert "What you wrote · March 2, 2026" in page, step
    assert "Only you can open it now, except for what stays because of a law" in plain(her.do("/close"))
    said = plain(her.do("/end/now", {"sure": "y"}))
    assert "except what stays because of a law until the day that your page told you" in said
    assert "not you, not we, not anybody else" not in said


@pytest.mark.req("P7")
def test_a_hold_that_has_ended_is_not_spoken_of_any_more(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, declare_law(built, team.office))
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE)
    her = her_at(built, token)
    in_unit(built, end, team.amina, case_id, hold_id)
    assert "because of a law" not in plain(her.read("/end"))
    assert "let go what was kept because of a law" in plain(her.read("/people"))
    assert "not you, not we, not anybody else" in plain(her.do("/end/now", {"sure": "y"}))


@pytest.mark.req("L4")
@pytest.mark.principle("informed_consent")
def test_the_law_stands_on_the_page_before_the_first_word_and_goes_with_the_case(built: Built, team: Team) -> None:
    declare_law(built, team.office)
    her = Her(built)
    word = next(word for word, door in DOORS.items() if door is Door.INFORMAL)
    her.post(f"/en/write/{word}", {"office": team.office.id.hex()})
    assert LAW in plain(her.get("/en/write/before").text)
    her.post("/en/write/before", {"law": "1"})
    declare_law(built, team.office, "Another law, which she was not shown.")
    draft = draft_of(built, her)
    assert draft.law == LAW
    assert compose(draft, built.house.today()).law == LAW


@pytest.mark.req("L4")
@pytest.mark.principle("informed_consent")
def test_she_reads_which_of_her_files_a_law_keeps(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, declare_law(built, team.office))
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    add_file(built, reporter, case_id, photo(), name="bus-stop.jpg")
    hold(built, team, case_id, ItemKind.EVIDENCE)
    assert "Something that was added: a file, a link or an account · bus-stop.jpg" in plain(
        her_at(built, token).read("/end")
    )


@pytest.mark.req("L4")
@pytest.mark.principle("confidentiality")
def test_a_kept_file_is_opened_from_its_hold_and_from_no_other_place(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    sent = photo()
    piece = add_file(built, reporter, case_id, sent)
    hold_id = hold(built, team, case_id, ItemKind.EVIDENCE)
    in_unit(built, erasure.erase_now, reporter, case_id)
    amina = at_work(built, team.amina)
    page = amina.read(f"{HELD}/{hold_id.hex()}")
    (copy,) = re.findall(r'href="([^"]+/copy)"', page)
    (original,) = re.findall(r'href="([^"]+/original)"', page)
    assert not [secret for secret in secrets_of(piece.evidence) if secret in page]
    assert amina.get(original).data == sent
    assert MAKER.encode() not in amina.get(copy).data
    assert amina.get(copy).headers["Content-Disposition"] == 'inline; filename="evidence-1.jpg"'
    for path in (copy.replace(hold_id.hex(), "0" * 32), f"{HELD}/{hold_id.hex()}/{piece.id.hex()}/copy"):
        assert amina.get(path).status_code == 404
    assert at_work(built, team.ines).get(copy).status_code == 404


def test_a_kept_film_is_played_in_the_page_of_its_hold(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    piece = add_media(built, reporter, case_id, "video/mp4", b"x" * 100)
    hold_id = hold(built, team, case_id, ItemKind.EVIDENCE)
    in_unit(built, erasure.erase_now, reporter, case_id)
    amina = at_work(built, team.amina)
    page = amina.get(f"{HELD}/{hold_id.hex()}")
    (source,) = re.findall(r'<video controls preload="none" src="([^"]+)"', page.text)
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    assert amina.get(source, headers={"Range": "bytes=0-9"}).data == b"x" * 10
    assert not [secret for secret in secrets_of(piece.evidence) if secret in page.text]
