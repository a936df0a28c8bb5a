"""The recovery quorum on pages: told to colleagues and to survivors, only while it is there."""

from typing import Final

import pytest

from reporting.crypto.keys import KeyPair
from reporting.crypto.passphrases import seal_seed
from reporting.crypto.recovery import recovery_words
from reporting.crypto.secret import Seed
from reporting.domain.people import Role
from reporting.services.sealed import recovery
from reporting.services.signing_in.codes import draw_code, plain_code
from reporting.store.database import reading
from tests.builders import Built, Team, add_invited, add_staff, cheap_passphrases, in_unit, send_report
from tests.engines import on_sqlite
from tests.visitor import Visitor
from tests.web.colleague import at_case, at_work, set_up, words_of
from tests.web.her import her_at
from tests.web.test_staff_enrol import enrol

pytestmark = [on_sqlite, pytest.mark.req("P1")]
OWN: Final = "/en/staff/account/recovery"
TOLD: Final = "3 people each keep one part of a recovery key"


@pytest.fixture
def pair(built: Built) -> KeyPair:
    """A recovery key of which two of three shares are needed."""
    made = KeyPair.from_seed(Seed.random())
    in_unit(built, recovery.begin, made.public_key, 2, 3)
    return made


@pytest.mark.principle("informed_consent")
def test_she_is_told_before_she_writes_and_on_her_page_who_could_restore_a_reader(
    built: Built, team: Team, pair: KeyPair
) -> None:
    token, _, _ = send_report(built, team.office)
    private, _, _ = send_report(built, None)
    assert TOLD in her_at(built, token).read("/people")
    assert TOLD not in her_at(built, private).read("/people"), "nobody reads it, so nobody is restored to read it"
    writer = Visitor(built)
    assert writer.post("/en/write/talk", {"before.office": team.office.id.hex()}).status_code == 303
    assert TOLD in writer.get("/en/write/before").text
    in_unit(built, recovery.end)
    assert TOLD not in her_at(built, token).read("/people")
    assert TOLD not in writer.get("/en/write/before").text
    assert pair is not None


def test_who_has_a_key_from_before_seals_it_on_the_page_of_the_account(built: Built, team: Team, pair: KeyPair) -> None:
    amina = at_work(built, team.amina)
    assert OWN in amina.read("/en/staff/account")
    page = words_of(amina.read(OWN))
    assert "Your key cannot be restored yet" in page
    assert "Any 2 of them together can restore your access" in page
    assert " ".join(recovery_words(pair.public_key)) in page
    assert "/en/staff/prove?for=recovery" in amina.post(OWN).headers["Location"], "a key action asks once more"
    with reading(built.stores) as work:
        assert recovery.copies(work) == 0
    assert amina.prove("recovery").headers["Location"] == OWN
    done = words_of(amina.do(OWN))
    assert "A quorum can restore your access now." in done
    assert "Your key can be restored" in done
    with reading(built.stores) as work:
        assert recovery.seed_from_copy(work, built.house, pair, team.amina.staff_id) == team.amina.pair.seed
        assert recovery.copies(work) == 1


def test_without_recovery_there_is_nothing_to_seal(built: Built, team: Team) -> None:
    amina = at_work(built, team.amina)
    assert OWN not in amina.read("/en/staff/account")
    assert "There is no recovery key here." in amina.read(OWN)
    amina.prove("recovery")
    assert "Nothing was sealed" in amina.do(OWN)


@pytest.mark.principle("informed_consent")
def test_whoever_enrols_is_told_that_the_key_is_sealed_to_the_quorum_too(
    built: Built, team: Team, pair: KeyPair
) -> None:
    code = add_invited(built, team.office, "New One")
    colleague = at_work(built, team.amina)
    page = words_of(colleague.read("/en/staff/enrol"))
    assert "your key is also sealed to a recovery key" in page
    assert "Only your passphrase opens it" not in page
    new, page = enrol(built, code)
    set_up(new, page)
    assert "Your key can be restored" in new.read(OWN)
    in_unit(built, recovery.end)
    assert "Only your passphrase opens it" in colleague.read("/en/staff/enrol")
    assert pair is not None


def test_whoever_was_restored_enrols_with_the_code_and_still_opens_the_case(
    built: Built, team: Team, pair: KeyPair
) -> None:
    _, _, case_id = send_report(built, team.office, "Only for those who hold it.")
    amina = at_work(built, team.amina)
    amina.prove("recovery")
    amina.do(OWN)
    amina.do(at_case(case_id, "/names"))
    with reading(built.stores) as work:
        seed = recovery.seed_from_copy(work, built.house, pair, team.amina.staff_id)
    code = draw_code()
    with cheap_passphrases():
        sealed = seal_seed(plain_code(code), seed)
    in_unit(built, recovery.restore, team.amina.staff_id, seed, code, sealed)
    assert amina.get(at_case(case_id)).status_code == 303, "signed out at once"
    _, wrong = enrol(built, draw_code(), username=team.amina.username)
    assert "do not fit together" in wrong
    again, page = enrol(built, code.upper(), username=team.amina.username)
    assert "Your passphrase is set and you have a key." in page
    assert "Only for those who hold it." not in again.get(at_case(case_id)).text, "the second factor has ended, too"
    set_up(again, page)
    assert "Vouched for" in again.read("/en/staff/account")
    assert "Only for those who hold it." in again.read(at_case(case_id))


@pytest.mark.principle("confidentiality")
def test_only_people_who_handle_cases_have_something_to_seal(built: Built, team: Team, pair: KeyPair) -> None:
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.FOCAL_POINT, Role.DIRECTORY_EDITOR, Role.LEGAL_AID_OFFICER):
        somebody = at_work(built, add_staff(built, team.office, role, f"Person {role.value[:4]}"))
        assert somebody.get(OWN).status_code == 404
        assert somebody.post(OWN).status_code == 404
    with reading(built.stores) as work:
        assert recovery.copies(work) == 0
    assert pair is not None


def test_the_administrator_is_told_before_a_new_code_ends_a_key(built: Built, team: Team, pair: KeyPair) -> None:
    ana = at_work(built, add_staff(built, team.office, Role.ADMINISTRATOR, "Ana Ciobanu"))
    page = ana.read(f"/en/staff/accounts/{team.ben.staff_id.hex()}")
    assert "a recovery quorum may be able to give the old key back" in page
    assert pair is not None
