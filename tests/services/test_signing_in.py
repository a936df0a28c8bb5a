"""Signing in opens the key; nothing tells a known name from an unknown one."""

import pytest

from reporting.crypto import passphrases
from reporting.crypto.errors import WrongPassphrase
from reporting.crypto.parameters import Cost
from reporting.crypto.passphrases import seal_seed
from reporting.crypto.stretching import stretch
from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.errors import NotFound
from reporting.services.organisation import accounts
from tests.builders import PASSPHRASE, Built, Team, cheap_passphrases, in_unit, send_report
from tests.instance import CHEAP
from tests.services.acts import opens
from tests.services.people import last_events, session_count, sign_in, signed_in, staff_name


@pytest.mark.req("L5", "ASVS-6.3.8")
def test_a_wrong_passphrase_and_an_unknown_name_open_nothing(built: Built, team: Team) -> None:
    with pytest.raises(WrongPassphrase):
        sign_in(built, team.amina.username, PASSPHRASE + "!")
    in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    for unknown in ("nobody", team.ben.username):
        with pytest.raises(NotFound):
            sign_in(built, unknown)


@pytest.mark.req("ASVS-6.3.8")
def test_an_unknown_name_costs_one_derivation_as_a_wrong_passphrase_does(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[Cost] = []

    def counted(password: bytes, salt: bytes, cost: Cost) -> bytes:
        runs.append(cost)
        return stretch(password, salt, cost)

    monkeypatch.setattr(passphrases, "stretch", counted)
    for name in (team.amina.username, "nobody"):
        runs.clear()
        with pytest.raises((NotFound, WrongPassphrase)):
            sign_in(built, name, "wrong " * 4)
        assert runs == [CHEAP]


@pytest.mark.req("L5")
def test_a_changed_passphrase_opens_the_same_key_and_ends_every_other_session(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    signed_in(built, team.ben)
    kept = signed_in(built, team.ben)
    with cheap_passphrases():
        sealed = seal_seed("another lantern velvet 77", team.ben.pair.seed)
    in_unit(built, accounts.change_passphrase, team.ben, sealed, kept)
    assert (session_count(built), staff_name(built, kept)) == (1, "Ben Okafor")
    assert sign_in(built, team.ben.username, "another lantern velvet 77") == team.ben.staff_id
    with pytest.raises(WrongPassphrase):
        sign_in(built, team.ben.username)
    assert opens(built, team.ben, case_id)
    gone = StaffMember(bytes(16), "x", "X", Role.AUDITOR, team.office.id, team.ben.pair)
    with pytest.raises(NotFound):
        in_unit(built, accounts.change_passphrase, gone, sealed, kept)


@pytest.mark.req("ASVS-16.4.2")
def test_signing_in_out_and_being_refused_are_recorded_alike_for_known_and_unknown_names(
    built: Built, team: Team
) -> None:
    in_unit(built, accounts.note_sign_in, team.amina.staff_id)
    in_unit(built, accounts.note_sign_out, team.amina.staff_id)
    for name in (" Amina.Diallo", "nobody"):
        in_unit(built, accounts.note_refusal, name)
    in_unit(built, accounts.end_own_session, team.amina, bytes(32))
    assert [action for action, _ in last_events(built, 5)] == [
        "signed_in",
        "signed_out",
        "sign_in_refused",
        "sign_in_refused",
        "session_ended",
    ]
