"""Vouching: with the words that only the person can read aloud, and within one office."""

import pytest

from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.reading import trust
from tests.builders import Built, Team, add_invited, add_staff, staff_row
from tests.engines import on_sqlite
from tests.services.people import is_trusted
from tests.web.colleague import at_work

pytestmark = on_sqlite


def own_words(built: Built, member: StaffMember) -> str:
    """Return the words that a person would read aloud."""
    return " ".join(trust.fingerprint(staff_row(built, member)))


@pytest.mark.req("L5", "ASVS-7.5.3")
@pytest.mark.principle("safety")
def test_a_colleague_vouches_with_the_words_that_only_the_person_can_read_aloud(built: Built, team: Team) -> None:
    new = add_staff(built, team.office, Role.INVESTIGATOR, "Noor Rahman", vouched=False)
    amina, target = at_work(built, team.amina), f"/en/staff/colleagues/{new.staff_id.hex()}"
    field = f"k{new.staff_id.hex()[:8]}-words"
    words = own_words(built, new)
    page = amina.read("/en/staff/colleagues")
    assert "Show who you are first" in page
    assert "/en/staff/prove?for=vouch" in amina.post(target, {field: words}).headers["Location"]
    assert not is_trusted(built, new.staff_id)
    assert amina.prove("vouch").headers["Location"] == "/en/staff/colleagues"
    page = amina.read("/en/staff/colleagues")
    assert all(f"<li>{word}</li>" not in page.partition("Noor Rahman")[2] for word in words.split())
    wrong = own_words(built, team.ben)
    assert "These are not the words of this key." in amina.refused(target, {field: wrong})
    assert "Please fill this in." in amina.refused(target, {field: ""})
    assert "Nobody has vouched for your key yet" in at_work(built, new).read("/en/staff/inbox")
    typed = ", ".join(f"{number}. {word.upper()}" for number, word in enumerate(words.split(), 1))
    page = amina.do(target, {field: typed})
    assert "You vouched for this key." in page
    assert "vouched for by Amina Diallo" in page
    assert "Nobody has vouched" not in at_work(built, new).read("/en/staff/inbox")


def test_whoever_is_not_vouched_for_cannot_vouch(built: Built, team: Team) -> None:
    new = add_staff(built, team.office, Role.INVESTIGATOR, "Noor Rahman", vouched=False)
    other = add_staff(built, team.office, Role.INVESTIGATOR, "Other Person", vouched=False)
    noor, field = at_work(built, new), f"k{other.staff_id.hex()[:8]}-words"
    page = noor.read("/en/staff/colleagues")
    assert "Nobody has vouched for your own key yet" in page
    assert "Vouch for this key" not in page
    noor.prove("vouch")
    noor.refused(f"/en/staff/colleagues/{other.staff_id.hex()}", {field: own_words(built, other)})


def test_nobody_vouches_across_offices(built: Built, team: Team) -> None:
    desk, field = at_work(built, team.desk_reader), f"k{team.ben.staff_id.hex()[:8]}-words"
    assert "Ben Okafor" not in desk.read("/en/staff/colleagues")
    words = {field: own_words(built, team.ben)}
    desk.prove("vouch")
    desk.refused(f"/en/staff/colleagues/{team.ben.staff_id.hex()}", words, 404)


def test_an_invited_colleague_has_no_key_to_vouch_for(built: Built, team: Team) -> None:
    add_invited(built, team.office, "Noor Rahman")
    assert "Noor Rahman" not in at_work(built, team.amina).read("/en/staff/colleagues")
