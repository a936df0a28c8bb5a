"""The pages on which handlers refer her: nothing that a form says stands in for her yes."""

import re

import pytest

from reporting.domain.case import ItemKind
from reporting.domain.protection.referral import ReferralState
from reporting.services.actors import Reporter
from reporting.services.help.directory import directory_of, load_shipped
from reporting.store.database import reading
from reporting.store.referral_links import ReferralLink
from tests.builders import Built, Team, cheap_passphrases, in_unit, send_report
from tests.engines import on_sqlite
from tests.services.acts import called, count, take_up
from tests.services.protection.referring import agree, issue, known, of_kind, offer, ticks
from tests.web.colleague import Colleague, at_case, at_work, words_of

pytestmark = on_sqlite
WHERE = "/referrals"


def held(built: Built, team: Team) -> tuple[Reporter, bytes]:
    _, reporter, case_id = send_report(built, team.office, "Quillfeather", identity=called("Wintergreen"))
    take_up(built, team.amina, case_id)
    return reporter, case_id


def agreed(built: Built, team: Team) -> tuple[Reporter, bytes, bytes]:
    reporter, case_id = held(built, team)
    referral_id = offer(built, team.amina, case_id, of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE))
    agree(built, reporter, case_id, referral_id, ticks(built, reporter, case_id, referral_id), "By mail")
    return reporter, case_id, referral_id


def linked(amina: Colleague, case_id: bytes, referral_id: bytes, days: str = "14") -> str:
    with cheap_passphrases():
        return amina.do(at_case(case_id, WHERE + "/link"), {"item": referral_id.hex(), "link-days": days})


@pytest.mark.req("U14")
@pytest.mark.principle("informed_consent")
def test_a_referral_is_offered_with_items_that_the_page_lists_and_never_with_who_she_is(
    built: Built, team: Team
) -> None:
    _, case_id = held(built, team)
    in_unit(built, load_shipped, "international")
    amina = at_work(built, team.amina)
    page = amina.read(at_case(case_id, WHERE))
    assert "Quillfeather" in page
    assert "Wintergreen" not in page
    with reading(built.stores) as work:
        services = {one.id for one in directory_of(work).services}
    listed = set(re.findall(r'<option value="([^"]+)"', page))
    assert listed & services
    (account,) = of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE)
    fields = {
        "offer-need": "legal",
        "offer-service": "",
        "offer-provider": "Law centre",
        "offer-told": "A first name",
        "offer-items": [account.hex()],
    }
    for wrong, sentence in (
        ({"offer-told": " "}, "Please fill this in."),
        ({"offer-provider": ""}, "Please choose a service from the list, or type its name."),
        ({"offer-service": "forged"}, "Please choose one."),
        ({"offer-need": "money"}, "Please choose one."),
        ({"offer-items": ["0" * 32]}, "Please choose from the list."),
    ):
        assert sentence in amina.refused(at_case(case_id, WHERE + "/offer"), fields | wrong)
    page = words_of(amina.do(at_case(case_id, WHERE + "/offer"), fields))
    assert "Saved. It stands on the reporter’s page now." in page
    assert "Tell the service nothing." in page
    assert "Make the link" not in page


@pytest.mark.req("U14")
def test_staff_cannot_take_an_offer_for_her_by_any_form(built: Built, team: Team) -> None:
    reporter, case_id = held(built, team)
    referral_id = offer(built, team.amina, case_id)
    amina = at_work(built, team.amina)
    for step in ("agree", "decline", "withdraw", "accept", "finish", "offer", "", "agreed"):
        fields = {"item": referral_id.hex(), "step": step, "state": "agreed", "share": "1"}
        assert "This is not possible now." in amina.do(at_case(case_id, WHERE + "/record"), fields)
    assert "No link was made" in linked(amina, case_id, referral_id)
    assert known(built, reporter, case_id, referral_id).state is ReferralState.OFFERED
    assert count(built, ReferralLink) == 0


@pytest.mark.req("G1")
@pytest.mark.principle("confidentiality")
def test_the_passphrase_stands_there_until_it_was_told_and_for_nobody_else(built: Built, team: Team) -> None:
    _, case_id, referral_id = agreed(built, team)
    take_up(built, team.ben, case_id)
    amina = at_work(built, team.amina)
    assert "This is not possible now." in linked(amina, case_id, referral_id, "365")
    page = linked(amina, case_id, referral_id)
    (phrase,) = re.findall(r'<p class="token"[^>]*>([a-z-]+)</p>', page)
    (address,) = re.findall(r"https?://[^<]+/en/r/[0-9a-f]{32}", page)
    assert phrase not in address
    assert phrase not in at_work(built, team.ben).read(at_case(case_id, WHERE))
    assert phrase in amina.read(at_case(case_id, WHERE))
    page = amina.do(at_case(case_id, WHERE + "/told"))
    assert "The passphrase is gone from here." in page
    assert phrase not in page
    page = amina.do(at_case(case_id, WHERE + "/link/end"), {"item": referral_id.hex()})
    assert "The link is ended." in page
    assert "This is not possible now." in amina.do(at_case(case_id, WHERE + "/link/end"), {"item": referral_id.hex()})


def test_a_page_of_another_case_lets_no_passphrase_go_that_was_not_told(built: Built, team: Team) -> None:
    _, case_id, referral_id = agreed(built, team)
    _, elsewhere = held(built, team)
    amina = at_work(built, team.amina)
    linked(amina, case_id, referral_id)
    for page in (WHERE + "/told", "/guests/handed"):
        amina.do(at_case(elsewhere, page))
        assert 'class="token"' in amina.read(at_case(case_id, WHERE))
    amina.do(at_case(case_id, WHERE + "/told"))
    assert 'class="token"' not in amina.read(at_case(case_id, WHERE))


def test_the_page_says_what_was_agreed_and_that_the_service_is_late(built: Built, team: Team) -> None:
    _, case_id, referral_id = agreed(built, team)
    issue(built, team.amina, case_id, referral_id)
    page = words_of(at_work(built, team.amina).read(at_case(case_id, WHERE)))
    for words in ("What the reporter wrote", "By mail", "The link was not opened yet.", "to answer by March 11, 2026"):
        assert words in page
    built.clock.forward(days=10)
    assert "The service has not answered" in words_of(at_work(built, team.amina).read(at_case(case_id, WHERE)))


def test_an_entry_of_another_case_is_no_referral_of_this(built: Built, team: Team) -> None:
    _, case_id, referral_id = agreed(built, team)
    _, elsewhere = held(built, team)
    amina = at_work(built, team.amina)
    for step, fields in (("/record", {"step": "revoke"}), ("/link/end", {}), ("/link", {"link-days": "7"})):
        for item in (referral_id.hex(), "", "0" * 32, "zz"):
            with cheap_passphrases():
                answer = amina.post(at_case(elsewhere, WHERE + step), {"item": item, **fields})
            assert answer.status_code == 404, (step, item)
    assert at_work(built, team.desk_reader).get(at_case(case_id, WHERE)).status_code == 404
