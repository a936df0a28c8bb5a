"""Where the daily note goes: said by the person or by the administrator, and shown to nobody else."""

from dataclasses import replace

import pytest

from reporting.domain.people import Role
from reporting.services.organisation.mail import server_of
from reporting.store.chores import Chore
from tests.builders import Built, Team, add_staff, in_unit, staff_row
from tests.engines import on_sqlite
from tests.post import server_at
from tests.web.colleague import Colleague, at_work, words_of

pytestmark = [on_sqlite, pytest.mark.req("S26")]
OWN = "/en/staff/account/mail"


@pytest.fixture
def ana(built: Built, team: Team) -> Colleague:
    """An administrator at work."""
    return at_work(built, add_staff(built, team.office, Role.ADMINISTRATOR, "Ana Ciobanu"))


def of(member: object) -> str:
    """Return where the administrator says it for somebody."""
    return f"/en/staff/accounts/{getattr(member, 'staff_id').hex()}/mail"  # noqa: B009 - any member


def test_a_reader_says_where_the_note_goes_and_takes_it_back(built: Built, team: Team) -> None:
    amina = at_work(built, team.amina)
    assert OWN in amina.read("/en/staff/account")
    assert "always the same" in words_of(amina.read(OWN))
    assert "Saved. The note comes" in amina.do(OWN, {"address": " amina@example.org "})
    assert 'value="amina@example.org"' in amina.read(OWN)
    assert "Saved. No note is sent." in amina.do(OWN, {"address": ""})
    assert staff_row(built, team.amina).mail_address is None


@pytest.mark.parametrize("address", ["amina", "a@example.org\r\nBcc: x@example.org", "x" * 5000 + "@example.org"])
def test_what_is_no_address_is_refused_and_stays_in_the_form(built: Built, team: Team, address: str) -> None:
    told = at_work(built, team.amina).refused(OWN, {"address": address})
    assert "one plain mail address" in told
    assert staff_row(built, team.amina).mail_address is None


def test_the_administrator_says_it_for_somebody(built: Built, team: Team, ana: Colleague) -> None:
    assert "Saved" in ana.do(of(team.ben), {"address": "ben@example.org"})
    assert staff_row(built, team.ben).mail_address == "ben@example.org"
    assert "one plain mail address" in ana.refused(of(team.ben), {"address": "ben"})


@pytest.mark.principle("confidentiality")
def test_nobody_else_sees_or_changes_it(built: Built, team: Team, ana: Colleague) -> None:
    amina = at_work(built, team.amina)
    assert amina.get(of(team.ben)).status_code == 404
    assert amina.post(of(team.ben), {"address": "amina@example.org"}).status_code == 404
    assert amina.do(OWN, {"address": "amina@example.org", "staff_id": team.ben.staff_id.hex()})
    assert staff_row(built, team.ben).mail_address is None
    assert ana.get(OWN).status_code == 404, "she handles no cases"
    auditor = add_staff(built, team.desk, Role.AUDITOR, "Axel Lindqvist")
    assert ana.get(of(auditor)).status_code == 404
    assert ana.post(of(auditor), {"address": "axel@example.org"}).status_code == 404


def test_the_administrator_reads_whether_the_note_goes_out(built: Built, team: Team, ana: Colleague) -> None:
    page = "/en/staff/settings"
    assert "This instance sends no mail." in ana.read(page)
    assert server_of(built.settings) is None
    sending = replace(built, house=replace(built.house, mail=server_at(9)))
    again = at_work(sending, add_staff(sending, team.office, Role.ADMINISTRATOR, "Second Person"))
    assert "has not been tried yet" in again.read(page)
    failed = "not all sent: the mail server refuses"
    now = built.house.now()
    row = Chore(name="daily-mail", due_at=now, leased_until=None, outcome=failed)
    in_unit(built, lambda work, _house: work.main.add(row))
    assert "the mail server refuses them" in again.read(page)
