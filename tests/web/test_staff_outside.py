"""Requests from outside and files that leave, on the pages of staff and on hers."""

import hashlib
import io
import re
import zipfile

import pytest
from pypdf import PdfReader
from pyrage import passphrase as age

from reporting.services.survivor import erasure
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import MAKER, add_file, alter, photo, secrets_of
from tests.services.acts import called, take_up
from tests.services.file.test_paper import needs_fonts
from tests.web.colleague import Colleague, at_case, at_work, words_of
from tests.web.her import her_at, plain

pytestmark = [on_sqlite, needs_fonts]
TEXT = "He did it in the lift."


def proven(colleague: Colleague) -> Colleague:
    """Show passphrase and second factor once more."""
    assert colleague.prove("passphrase").status_code == 303
    return colleague


def agree(colleague: Colleague) -> None:
    """Say yes to the only thing that waits."""
    (decide,) = re.findall(r'action="([^"]+/decide)"', colleague.read("/en/staff/approvals"))
    colleague.do(decide, {"answer": "yes"})


def first_item(page: str) -> str:
    """Return the first thing that can be ticked."""
    found = re.search(r'name="items" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


@pytest.mark.req("L1", "ASVS-2.3.5", "ASVS-7.5.3")
@pytest.mark.principle("informed_consent")
def test_a_court_asks_she_is_told_two_agree_and_the_document_holds_what_was_listed(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, TEXT)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    amina, at = at_work(built, team.amina), at_case(case_id, "/requests")
    form = amina.read(f"{at}?asker=court")
    filled = {"who": "Labour court", "ground": "Order 12/2026", "items": first_item(form)}
    assert "The request is written down." in amina.do(f"{at}?asker=court", filled)
    her = her_at(built, token)
    page = plain(her.read())
    for words in ("Labour court", "Order 12/2026", "What you wrote · March 2, 2026", "not given before March 4, 2026"):
        assert words in page, words
    (ref,) = re.findall(r'/outside".*?name="request" value="([0-9a-f]{16})"', her.read(), flags=re.DOTALL)
    assert "Your yes is saved." in her.do("/outside", {"request": ref, "answer": "yes"})
    assert her.post(f"{her.page()}/outside", {"request": "0" * 16, "answer": "yes"}).status_code == 404
    agree(at_work(built, team.ben))
    page = amina.read(at)
    assert "Show who you are first" in page
    assert re.findall(r'action="([^"]+/give)"', page) == []
    proven(amina)
    (give,) = re.findall(r'action="([^"]+/give)"', amina.read(at))
    said = amina.do(give)
    assert "Today you can make the document." in said
    assert "This is not possible any more." in amina.do(give)
    (document,) = re.findall(r'href="([^"]+/document)"', said)
    answer = amina.get(document)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.data)).pages)
    for words in (TEXT, "Amina Diallo", "Labour court", "March 2, 2026"):
        assert words in text, words
    assert at_work(built, team.ben).get(document).status_code == 303
    assert proven(at_work(built, team.ben)).get(document).status_code == 404
    assert "It was given on March 2, 2026." in plain(her.read())
    built.clock.forward(minutes=6)
    assert amina.get(document).status_code == 303


@pytest.mark.req("L1")
@pytest.mark.principle("confidentiality")
def test_human_resources_are_offered_neither_the_story_nor_the_identity(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, TEXT, identity=called("Nadia", visible=True))
    take_up(built, team.amina, case_id)
    amina, at = at_work(built, team.amina), at_case(case_id, "/requests")
    item = first_item(amina.read(f"{at}?asker=other"))
    page = amina.read(f"{at}?asker=hr")
    assert 'name="items"' not in page
    assert 'name="identity"' not in page
    filled = {"who": "HR", "ground": "They want it", "items": item}
    assert "Only things of this case can be listed." in amina.refused(f"{at}?asker=hr", filled)
    for asker in ("", "x", "HR"):
        assert "This cannot be written down so." in amina.do(f"{at}?asker={asker}", filled)


@pytest.mark.req("L1", "P7")
@pytest.mark.principle("informed_consent")
def test_what_may_not_be_told_stands_on_her_page_from_the_day_that_was_fixed(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, TEXT)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    amina, at = at_work(built, team.amina), at_case(case_id, "/requests?asker=court")
    filled = {"who": "Labour court", "ground": "Order 12/2026", "items": first_item(amina.read(at))}
    for wrong in ({"tell_on": "2026-04-01"}, {"forbidden_by": "Penal code 293"}):
        assert "This cannot be written down so." in amina.do(at, filled | wrong)
    amina.do(at, filled | {"forbidden_by": "Penal code 293", "tell_on": "2026-04-01"})
    agree(at_work(built, team.ben))
    for step in ("", "/people", "/keep", "/ways"):
        page = plain(her_at(built, token).read(step))
        for words in ("Labour court", "Penal code", "somebody outside", "second person"):
            assert words not in page, (step, words)
    built.clock.forward(days=30)
    page = plain(her_at(built, token).read())
    assert "Penal code 293" in page
    assert "asks for something of your case" in plain(her_at(built, token).read("/people"))


@pytest.mark.req("P1", "ASVS-2.3.5", "ASVS-7.5.3")
@pytest.mark.principle("safety")
def test_a_file_is_taken_by_one_person_of_two_with_a_passphrase_shown_once(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office, TEXT)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    amina, at = at_work(built, team.amina), at_case(case_id, "/export")
    assert 'name="items"' not in amina.read(at)
    assert amina.post(at, {"for_whom": "x"}).headers["Location"].startswith("/en/staff/prove")
    proven(amina)
    filled = {"for_whom": "The tribunal", "reason": "A hearing", "items": first_item(amina.read(at))}
    amina.refused(at, filled | {"items": "0" * 32})
    assert "A second person is asked." in amina.do(at, filled)
    assert re.findall(r'action="([^"]+/begin)"', amina.read(at)) == []
    agree(at_work(built, team.ben))
    (begin,) = re.findall(r'action="([^"]+/begin)"', amina.read(at))
    page = amina.do(begin)
    (words,) = re.findall(r"<code>([a-z]+(?:-[a-z]+){7})</code>", page)
    files = begin.removesuffix("/begin")
    assert words not in amina.read(files)
    answer = amina.get(f"{files}/archive")
    assert TEXT.encode() not in answer.data
    with zipfile.ZipFile(io.BytesIO(age.decrypt(answer.data, words))) as archive:
        assert sorted(archive.namelist()) == ["SHA256SUMS", "file.pdf", "items/0001.json"]
        text = PdfReader(io.BytesIO(archive.read("file.pdf"))).pages[0].extract_text()
    for said in (TEXT, "The tribunal", "Amina Diallo"):
        assert said in text
    assert amina.get(f"{files}/document").mimetype == "application/pdf"
    ben = proven(at_work(built, team.ben))
    for step in ("", "/archive", "/document"):
        assert ben.get(files + step).status_code == 404
    assert "took a file of your case out of here" in plain(her_at(built, token).read("/people"))
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert amina.get(f"{files}/archive").status_code == 404


@pytest.mark.req("P1", "ASVS-2.3.5")
@pytest.mark.principle("safety")
def test_a_file_with_evidence_is_sealed_as_it_is_sent_and_the_originals_need_a_reason(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, TEXT)
    piece = add_file(built, reporter, case_id, photo(), name="screen.jpg")
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    amina, at = proven(at_work(built, team.amina)), at_case(case_id, "/export")
    ids = re.findall(r'name="items" value="([0-9a-f]{32})"', amina.read(at))
    filled = {"for_whom": "The tribunal", "reason": "A hearing", "items": ids, "originals": "y"}
    assert "Please say why the originals have to leave." in amina.refused(at, filled)
    amina.do(at, filled | {"why_originals": "An expert looks at the first one."})
    ben = at_work(built, team.ben)
    assert "An expert looks at the first one." in ben.read(at)
    assert "Evidence 1 · " in ben.read(at)
    agree(ben)
    (begin,) = re.findall(r'action="([^"]+/begin)"', amina.read(at))
    (words,) = re.findall(r"<code>([a-z]+(?:-[a-z]+){7})</code>", amina.do(begin))
    answer = amina.get(begin.replace("/begin", "/archive"), buffered=False)
    assert answer.is_streamed
    assert "Content-Length" not in answer.headers
    with zipfile.ZipFile(io.BytesIO(age.decrypt(answer.get_data(), words))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    number = len(ids)
    assert hashlib.sha256(files[f"files/{number:04}-original.jpg"]).hexdigest() == piece.evidence.digest
    assert MAKER.encode() not in files[f"files/{number:04}-copy.jpg"]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["file.pdf"])).pages)
    for said in (piece.evidence.digest, piece.evidence.custody_ref.hex(), "Took a piece of evidence out"):
        assert said in text.replace("\n", "") or said in text
    said = amina.read(at) + text + files["custody.json"].decode()
    assert not [secret for secret in secrets_of(piece.evidence) if secret in said]
    for file in piece.evidence.files:
        alter(built, file.blob)
    broken = amina.get(begin.replace("/begin", "/archive"))
    assert broken.status_code == 422
    assert "This file is not what was sealed here" in words_of(broken.text)


def test_where_no_font_has_the_letters_the_page_says_so(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, "\U000f0000")
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    amina, at = proven(at_work(built, team.amina)), at_case(case_id, "/export")
    amina.do(at, {"for_whom": "The tribunal", "reason": "A hearing", "items": first_item(amina.read(at))})
    agree(at_work(built, team.ben))
    (begin,) = re.findall(r'action="([^"]+/begin)"', amina.read(at))
    amina.do(begin)
    answer = amina.get(begin.replace("/begin", "/archive"))
    assert "no font on this server has some of its letters" in words_of(amina.read(answer.headers["Location"]))
