"""Referrals on her page: item by item, with what stands in each, and a stop that works at once."""

import re

import pytest

from reporting.domain.case import ItemKind
from reporting.domain.protection.referral import Referral, ReferralAct, ReferralState, Word
from reporting.services.protection import referral, referral_reading
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import add_file, photo
from tests.services.acts import take_up
from tests.services.protection.referring import come, issue, known, of_kind, offer, provider_of
from tests.web.her import Her, her_at, plain

pytestmark = on_sqlite
TEXT = "Quillfeather happened to me."


def sent(built: Built, team: Team) -> tuple[Her, bytes, bytes]:
    token, _, case_id = send_report(built, team.office, TEXT)
    take_up(built, team.amina, case_id)
    things = of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE, ItemKind.PEOPLE)
    return her_at(built, token), case_id, offer(built, team.amina, case_id, things)


def field(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([0-9a-f]+)"', page)


@pytest.mark.req("U14")
@pytest.mark.principle("informed_consent")
def test_she_reads_each_thing_as_the_service_would_and_agrees_to_it_or_not(built: Built, team: Team) -> None:
    her, case_id, referral_id = sent(built, team)
    assert "Something is planned for you" in her.read()
    page = her.read("/plan/help")
    for words in ("Women's law centre", "It would be told", TEXT, "What you wrote", "Whom you named"):
        assert words in plain(page)
    assert "checked" not in page
    (item,), ticks = field(page, "item"), field(page, "share")
    assert len(ticks) == 2
    fields = {"item": item, "answer": "agree", "share": ticks[:1], "reach": "After six"}
    page = plain(her.do("/plan/help", fields))
    assert "Your answer is saved" in page
    assert "Wanted; no answer of the service yet" in page, "nobody has asked it so far"
    assert "You agreed that it may read: What you wrote" in page
    assert "Whom you named" not in page
    assert "After six" in page
    agreed = known(built, team.amina, case_id, referral_id)
    assert [one.kind for one in agreed.agreed] == [ItemKind.DISCLOSURE]


def test_each_piece_of_evidence_is_named_as_she_called_it(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office, TEXT)
    take_up(built, team.amina, case_id)
    for name, colour in (("one.jpg", "red"), ("two.jpg", "blue")):
        add_file(built, reporter, case_id, photo(colour), name=name)
    offer(built, team.amina, case_id, of_kind(built, team.amina, case_id, ItemKind.EVIDENCE))
    her = her_at(built, token)
    page = her.read("/plan/help")
    labels = [plain(label) for label in re.findall(r'<label for="share-[^>]*>(.*?)</label>', page)]
    assert [[name in label for name in ("one.jpg", "two.jpg")] for label in labels] == [[True, False], [False, True]]
    (item,), ticks = field(page, "item"), field(page, "share")
    page = plain(her.do("/plan/help", {"item": item, "answer": "agree", "share": ticks[1:]}))
    assert "a link or an account · two.jpg" in page
    assert "one.jpg" not in page


@pytest.mark.req("U14")
@pytest.mark.principle("support")
def test_she_declines_thinks_again_and_stops_it(built: Built, team: Team) -> None:
    her, case_id, referral_id = sent(built, team)
    for answer, state in (
        ("decline", ReferralState.DECLINED),
        ("agree", ReferralState.AGREED),
        ("withdraw", ReferralState.CONSENT_WITHDRAWN),
    ):
        (item,) = field(her.read("/plan/help"), "item")
        her.do("/plan/help", {"item": item, "answer": answer})
        assert known(built, team.amina, case_id, referral_id).state is state
    assert "Stop it" not in her.read("/plan/help")


@pytest.mark.req("U14")
def test_her_stop_ends_the_page_that_a_service_is_reading(built: Built, team: Team) -> None:
    her, case_id, referral_id = sent(built, team)
    (item,) = field(her.read("/plan/help"), "item")
    her.do("/plan/help", {"item": item, "answer": "agree"})
    link_id, phrase = issue(built, team.amina, case_id, referral_id)
    assert "A link is made. The service can open it once" in plain(her.read("/plan/help"))
    ticket = come(built, link_id, phrase)
    page = plain(her.read("/plan/help"))
    assert "The service has opened its link" in page
    assert "It is to answer by March 11, 2026." in page
    assert "A service opened what you agreed to." in plain(her.read("/people"))
    her.do("/plan/help", {"item": item, "answer": "withdraw"})
    assert provider_of(built, ticket) is None
    assert "You stopped a referral." in plain(her.read("/people"))


@pytest.mark.req("U14")
def test_she_can_stop_the_page_of_a_service_also_after_its_last_word(built: Built, team: Team) -> None:
    her, case_id, referral_id = sent(built, team)
    (item,) = field(her.read("/plan/help"), "item")
    her.do("/plan/help", {"item": item, "answer": "agree"})
    ticket = come(built, *issue(built, team.amina, case_id, referral_id))
    service = provider_of(built, ticket)
    assert service is not None
    in_unit(built, referral_reading.answer, service, Word.DONE)
    assert "Stop it" in her.read("/plan/help")
    her.do("/plan/help", {"item": item, "answer": "withdraw"})
    assert provider_of(built, ticket) is None
    page = her.read("/plan/help")
    assert "Stop it" not in page
    assert "Done" in page


def test_ticks_that_no_page_of_hers_sent_count_nothing(built: Built, team: Team) -> None:
    her, case_id, referral_id = sent(built, team)
    page = her.read("/plan/help")
    (item,) = field(page, "item")
    for forged in ("0" * 16, "\x00", "", referral_id.hex()):
        answer = her.do("/plan/help", {"item": item, "answer": "agree", "share": [forged]})
        assert "This has changed meanwhile." in answer
    for fields, status in (({"item": "0" * 16}, 404), ({}, 404)):
        assert her.post(her.page() + "/plan/help", {"answer": "agree", **fields}).status_code == status
    assert her.post(her.page() + "/plan/help", {"item": item, "answer": "accept"}).status_code == 400
    assert known(built, team.amina, case_id, referral_id).state is ReferralState.OFFERED


@pytest.mark.req("U14")
def test_she_asks_for_a_referral_and_takes_the_wish_back(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    her = her_at(built, token)
    for wrong in ("", "money"):
        assert her.post(her.page() + "/plan/help/ask", {"need": wrong}).status_code == 400
    page = plain(her.do("/plan/help/ask", {"need": "legal", "words": "x" * 9000}))
    assert "You asked for this." in page
    assert "Your wish is with the team." in page
    assert "Your answer is saved" not in page, "she asked, and answered nothing"
    with reading(built.stores) as work:
        opened = open_case(work, reporter, built.house, case_id)
        (wish,) = file_of(work, opened).all(Referral)
    assert len(wish.entry.provider) == 500
    (item,) = field(her.read("/plan/help"), "item")
    her.do("/plan/help", {"item": item, "answer": "withdraw"})
    assert known(built, reporter, case_id, wish.id).state is ReferralState.CONSENT_WITHDRAWN


def test_a_button_names_what_it_takes_back_even_where_she_wrote_no_words(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    page = her_at(built, token).do("/plan/help/ask", {"need": "legal"})
    assert 'Take it back<span class="unseen">: A service</span>' in page


def test_what_was_offered_and_has_changed_takes_no_old_tick(built: Built, team: Team) -> None:
    her, case_id, referral_id = sent(built, team)
    page = her.read("/plan/help")
    (item,), ticks = field(page, "item"), field(page, "share")
    in_unit(built, referral.record, team.amina, case_id, referral_id, ReferralAct.REVOKE)
    answer = her.do("/plan/help", {"item": item, "answer": "agree", "share": ticks})
    assert "This has changed meanwhile." in answer
