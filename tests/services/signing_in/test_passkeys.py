"""A passkey is believed as far as it is signed: this challenge, this site, this key, this time."""

import json

import pytest

from reporting.domain.factors import Passkey
from reporting.services.errors import NotAllowed
from reporting.services.signing_in import factors, passkeys, setting_up
from reporting.services.signing_in.factors import Person, WrongFactor
from reporting.services.signing_in.passkeys import Site
from reporting.store.database import reading, writing
from reporting.store.factors import FactorRow
from tests.builders import Built, Team, in_unit
from tests.passkey import SoftPasskey
from tests.services.people import signed_in
from tests.services.together import at_once

HERE = Site("https://reports.example.org")
ASKED, OTHER = b"c" * 32, b"d" * 32


@pytest.fixture
def amina(team: Team) -> Person:
    """Somebody who has shown the passphrase."""
    return Person(team.amina.staff_id, team.amina.pair.seed)


@pytest.fixture
def key(built: Built, amina: Person) -> SoftPasskey:
    """Amina's passkey, set up."""
    made = SoftPasskey()
    add(built, amina, made.made(ASKED, HERE.origin, HERE.host))
    return made


def add(built: Built, person: Person, answer: str, asked: bytes = ASKED, *, first: bool = False) -> None:
    """Set a passkey up with what a browser says."""
    with writing(built.stores) as work:
        passkeys.add_passkey(work, built.house, person, HERE, asked, answer, first=first)


def show(built: Built, person: Person, answer: str, asked: bytes = ASKED, site: Site = HERE) -> None:
    """Show what a browser says."""
    with writing(built.stores) as work:
        passkeys.show_passkey(work, person, site, asked, answer)


def refused(built: Built, person: Person, answer: str, asked: bytes = ASKED, site: Site = HERE) -> None:
    """Show what must not count."""
    with pytest.raises(WrongFactor):
        show(built, person, answer, asked, site)


def kept(built: Built, person: Person) -> list[Passkey]:
    """Return a person's passkeys as they stand."""
    with reading(built.stores) as work:
        return [one.factor for one in factors.factors_of(work, person) if isinstance(one.factor, Passkey)]


@pytest.mark.req("L5", "ASVS-6.3.3")
def test_a_passkey_is_set_up_and_shown_and_its_counter_is_kept(built: Built, amina: Person, key: SoftPasskey) -> None:
    for count in (1, 2):
        show(built, amina, key.shown(ASKED, HERE.origin, HERE.host))
        (now,) = kept(built, amina)
        assert (now.sign_count, now.host) == (count, HERE.host)


@pytest.mark.req("L5")
@pytest.mark.principle("confidentiality")
def test_a_forged_answer_is_refused_whatever_is_forged(built: Built, amina: Person, key: SoftPasskey) -> None:
    stranger = SoftPasskey(key.credential_id)
    good = json.loads(key.shown(ASKED, HERE.origin, HERE.host))
    refused(built, amina, key.shown(OTHER, HERE.origin, HERE.host))
    refused(built, amina, key.shown(ASKED, "https://reports.example.com", HERE.host))
    refused(built, amina, key.shown(ASKED, "http://reports.example.org", HERE.host))
    refused(built, amina, key.shown(ASKED, HERE.origin, "reports.example.com"))
    refused(built, amina, key.shown(ASKED, HERE.origin, HERE.host, kind="webauthn.create"))
    refused(built, amina, key.shown(ASKED, HERE.origin, HERE.host, present=False))
    refused(built, amina, stranger.shown(ASKED, HERE.origin, HERE.host))
    refused(built, amina, SoftPasskey().shown(ASKED, HERE.origin, HERE.host))
    refused(built, amina, key.made(ASKED, HERE.origin, HERE.host))
    refused(built, amina, json.dumps({**good, "id": "AAAA"}))
    refused(built, amina, key.shown(b"", HERE.origin, HERE.host), asked=b"")
    show(built, amina, key.shown(ASKED, HERE.origin, HERE.host))


@pytest.mark.req("L5")
def test_a_copy_of_a_passkey_is_noticed_by_its_counter(built: Built, amina: Person, key: SoftPasskey) -> None:
    answer = key.shown(ASKED, HERE.origin, HERE.host, counter=7)
    show(built, amina, answer)
    refused(built, amina, answer)
    refused(built, amina, key.shown(ASKED, HERE.origin, HERE.host, counter=7))
    refused(built, amina, key.shown(ASKED, HERE.origin, HERE.host, counter=0))
    show(built, amina, key.shown(ASKED, HERE.origin, HERE.host, counter=8))


@pytest.mark.req("L5")
def test_of_one_answer_that_two_send_at_once_one_counts(built: Built, amina: Person, key: SoftPasskey) -> None:
    answer = key.shown(ASKED, HERE.origin, HERE.host)
    got = at_once(lambda _: show(built, amina, answer), 2)
    assert sorted(type(one).__name__ for one in got) == ["NoneType", "WrongFactor"]


@pytest.mark.req("L5")
def test_a_page_that_only_looks_like_this_one_gets_nowhere(built: Built, amina: Person, key: SoftPasskey) -> None:
    """A server in between says that it is called as the browser saw it; the passkey was made for another name."""
    elsewhere = Site("https://reports.example.com")
    refused(built, amina, key.shown(ASKED, elsewhere.origin, elsewhere.host), site=elsewhere)
    refused(built, amina, key.shown(ASKED, elsewhere.origin, HERE.host), site=elsewhere)


def test_a_passkey_of_one_person_is_nothing_for_another(built: Built, team: Team, key: SoftPasskey) -> None:
    ben = Person(team.ben.staff_id, team.ben.pair.seed)
    refused(built, ben, key.shown(ASKED, HERE.origin, HERE.host))


@pytest.mark.principle("confidentiality")
def test_a_thief_of_the_database_learns_no_passkey_and_can_place_none(
    built: Built, team: Team, key: SoftPasskey, amina: Person
) -> None:
    with writing(built.stores) as work:
        rows = work.main.query(FactorRow).filter_by(staff_id=amina.staff_id).all()
        raw = b"".join(row.sealed for row in rows)
        assert key.credential_id not in raw
        assert key.credential_id.hex().encode() not in raw
        for row in rows:
            row.staff_id = team.ben.staff_id
    with reading(built.stores) as work:
        ben = Person(team.ben.staff_id, team.ben.pair.seed)
        assert len(factors.factors_of(work, ben)) == 1, "only what was Ben's before"


@pytest.mark.parametrize(
    "answer",
    [
        *("", "{}", "[]", "null", "7", '"x"', "{", "[" * 16_000, "x" * 20_000, '{"rawId": 1}', '{"rawId": "é"}'),
        *('{"id": {}, "rawId": {}}', '{"rawId": "\\ud800"}', '{"rawId": "AA", "response": null, "type": "public-key"}'),
    ],
)
def test_what_no_browser_says_is_refused(built: Built, amina: Person, answer: str) -> None:
    refused(built, amina, answer)
    with pytest.raises(WrongFactor):
        add(built, amina, answer)


def altogether(value: str) -> list[object]:
    """Return what somebody could put in the place of a part."""
    return [value[:-2], value[2:], "AAAA" + value, "A" * len(value), "", None, 7, []]


def test_an_answer_that_is_altered_anywhere_is_refused(built: Built, amina: Person, key: SoftPasskey) -> None:
    good = json.loads(key.shown(ASKED, HERE.origin, HERE.host))
    for part, value in good["response"].items():
        for altered in altogether(value):
            refused(built, amina, json.dumps({**good, "response": {**good["response"], part: altered}}))
    made = json.loads(SoftPasskey().made(ASKED, HERE.origin, HERE.host))
    for part, value in made["response"].items():
        for altered in altogether(value):
            with pytest.raises(WrongFactor):
                add(built, amina, json.dumps({**made, "response": {**made["response"], part: altered}}))


@pytest.mark.req("L5")
def test_a_passkey_is_made_for_this_challenge_and_site_and_only_once(built: Built, amina: Person) -> None:
    made = SoftPasskey()
    for answer in (
        made.made(OTHER, HERE.origin, HERE.host),
        made.made(ASKED, "https://reports.example.com", HERE.host),
        made.made(ASKED, HERE.origin, "reports.example.com"),
        made.shown(ASKED, HERE.origin, HERE.host),
    ):
        with pytest.raises(WrongFactor):
            add(built, amina, answer)
    with pytest.raises(NotAllowed):
        add(built, amina, made.made(ASKED, HERE.origin, HERE.host), first=True)
    add(built, amina, made.made(ASKED, HERE.origin, HERE.host))
    with pytest.raises(WrongFactor):
        add(built, amina, made.made(ASKED, HERE.origin, HERE.host))


def test_a_challenge_waits_in_one_session_and_is_taken_once(built: Built, team: Team) -> None:
    here, elsewhere = signed_in(built, team.amina), signed_in(built, team.amina)
    asked = in_unit(built, setting_up.new_challenge, here)
    assert len(asked) == 32
    assert in_unit(built, setting_up.take_challenge, elsewhere) == b""
    newer = in_unit(built, setting_up.new_challenge, here)
    assert newer != asked
    assert in_unit(built, setting_up.take_challenge, here) == newer
    assert in_unit(built, setting_up.take_challenge, here) == b""


@pytest.mark.parametrize(
    ("origin", "can"),
    [
        ("https://reports.example.org", True),
        ("https://reports.example.org:8443", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
        ("http://reports.example.org", False),
        ("https://192.0.2.7", False),
    ],
)
def test_passkeys_are_offered_where_browsers_know_them(origin: str, can: bool) -> None:
    assert Site(origin).can_have_passkeys() is can


def test_a_browser_is_told_which_passkeys_there_are_for_this_site_alone(
    built: Built, amina: Person, key: SoftPasskey
) -> None:
    with reading(built.stores) as work:
        held = factors.factors_of(work, amina)
    asked = json.loads(passkeys.options_to_show(HERE, held, ASKED))
    assert [one["id"] for one in asked["allowCredentials"]] == [json.loads(key.made(ASKED, "", ""))["id"]]
    assert passkeys.is_for(HERE, held)
    assert not passkeys.is_for(Site("https://reports.example.com"), held)
    made = json.loads(passkeys.options_to_add(HERE, "Notes", "amina", amina, held, ASKED))
    assert made["authenticatorSelection"]["residentKey"] == "discouraged"
    assert made["attestation"] == "none"
