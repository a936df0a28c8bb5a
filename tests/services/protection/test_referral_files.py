"""A file behind a link opens only by her yes to the file, and no longer than the link."""

import json
from datetime import timedelta

import pytest

from reporting.domain.case import ItemKind
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.protection.referral import Bundle, Need, ReferralAct, Scope, ScopedItem, SharedItem
from reporting.domain.sealed.entry import UNSIGNED
from reporting.services.actors import Reporter
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.evidence import pieces
from reporting.services.evidence.pieces import Piece
from reporting.services.oversight.audit import staff_ledger
from reporting.services.protection import referral, referral_links, referral_reading
from reporting.services.signing_in.tickets import Ticket
from reporting.store.blobs import keys_before
from reporting.store.database import Work, reading
from tests.builders import Built, Team, in_unit, send_report
from tests.evidence import MAKER, add_file, photo, secrets_of
from tests.services.acts import take_up
from tests.services.protection.referring import STORY, come, issue, known, of_kind, offer, provider_of, read, ticks


def piece_shared(built: Built, team: Team, *, file: bool) -> tuple[Reporter, bytes, bytes, Piece]:
    """A case in which she agreed that a service reads of a piece, and, perhaps, opens its file."""
    _, reporter, case_id = send_report(built, team.office, STORY)
    take_up(built, team.amina, case_id)
    piece = add_file(built, reporter, case_id, photo())
    referral_id = offer(built, team.amina, case_id, of_kind(built, team.amina, case_id, ItemKind.EVIDENCE))
    hers = ticks(built, reporter, case_id, referral_id)
    in_unit(built, referral.agree, reporter, case_id, referral_id, hers, "", [piece.id] if file else [])
    return reporter, case_id, referral_id, piece


def owners(work: Work, built: Built) -> set[bytes]:
    """Return everybody who has a key of a file."""
    return {key.owner for key in keys_before(work.shred, built.house.today() + timedelta(days=1))}


def opened_file(built: Built, ticket: Ticket, place: int = 0) -> bytes:
    """Return what a service gets when it opens the file of an item."""
    service = provider_of(built, ticket)
    if service is None:
        raise NotFound
    with reading(built.stores) as work:
        shared = referral_reading.open_shared_file(work, built.house, built.stores.blobs, service, place)
    return b"".join(shared.whole())


@pytest.mark.req("G1", "U14")
@pytest.mark.principle("informed_consent")
def test_a_service_opens_the_copy_of_a_file_only_with_her_yes_to_the_file(built: Built, team: Team) -> None:
    reporter, case_id, referral_id, piece = piece_shared(built, team, file=True)
    ticket = come(built, *issue(built, team.amina, case_id, referral_id))
    got = opened_file(built, ticket)
    assert got.startswith(b"\xff\xd8\xff")
    assert MAKER.encode() not in got
    for beyond in (-1, 1, 99):
        with pytest.raises(NotFound):
            opened_file(built, ticket, beyond)
    assert piece.evidence.original is not None
    assert piece.evidence.original.key not in read(built, ticket)
    with reading(built.stores) as work:
        told = [(one.action, one.detail) for one in staff_ledger(work, built.house, case_id)]
    assert (StaffEvent.EVIDENCE_LINKED, piece.evidence.custody_ref.hex()) in told
    in_unit(built, referral.refuse, reporter, case_id, referral_id, ReferralAct.WITHDRAW)
    with pytest.raises(NotFound):
        opened_file(built, ticket)
    with reading(built.stores) as work:
        assert owners(work, built) == {case_id}


@pytest.mark.req("G1", "U14")
def test_without_her_yes_to_the_file_a_service_reads_what_it_shows_and_has_no_key(built: Built, team: Team) -> None:
    _, case_id, referral_id, piece = piece_shared(built, team, file=False)
    ticket = come(built, *issue(built, team.amina, case_id, referral_id))
    page = read(built, ticket)
    assert piece.evidence.digest in page
    assert not [secret for secret in secrets_of(piece.evidence) if secret in page]
    with pytest.raises(NotFound):
        opened_file(built, ticket)


@pytest.mark.req("G1")
def test_a_yes_to_a_file_that_was_not_ticked_or_is_none_counts_nothing(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    take_up(built, team.amina, case_id)
    piece = add_file(built, reporter, case_id, photo())
    other = add_file(built, reporter, case_id, b"no kind that is known \x00\x01", name="x")
    both = of_kind(built, team.amina, case_id, ItemKind.EVIDENCE, ItemKind.DISCLOSURE)
    referral_id = offer(built, team.amina, case_id, both)
    hers = ticks(built, reporter, case_id, referral_id)
    words = [one for one in hers if one[0] not in (piece.id, other.id)]
    for items, files in ((words, [piece.id]), (hers, [other.id]), (hers, [words[0][0]]), (hers, [bytes(16)])):
        with pytest.raises(NotAllowed):
            in_unit(built, referral.agree, reporter, case_id, referral_id, items, "", files)
    in_unit(built, referral.agree, reporter, case_id, referral_id, hers, "", [piece.id])


@pytest.mark.req("P7")
def test_a_file_that_she_takes_away_opens_for_no_service_any_more(built: Built, team: Team) -> None:
    reporter, case_id, referral_id, piece = piece_shared(built, team, file=True)
    ticket = come(built, *issue(built, team.amina, case_id, referral_id))
    assert opened_file(built, ticket)
    in_unit(built, pieces.take_away, reporter, case_id, piece.id)
    with pytest.raises(NotFound):
        opened_file(built, ticket)
    assert not known(built, reporter, case_id, referral_id).as_agreed


@pytest.mark.req("G1")
def test_the_keys_of_files_go_with_every_end_of_a_link(built: Built, team: Team) -> None:
    _, case_id, referral_id, _ = piece_shared(built, team, file=True)
    issue(built, team.amina, case_id, referral_id)
    link_id, _ = issue(built, team.amina, case_id, referral_id)
    with reading(built.stores) as work:
        assert owners(work, built) == {case_id, link_id}
    built.clock.forward(days=15)
    in_unit(built, referral_links.end_due)
    with reading(built.stores) as work:
        assert owners(work, built) == {case_id}


def test_a_yes_and_a_link_of_an_earlier_release_are_read_without_files() -> None:
    scope = json.loads(Scope(*UNSIGNED, "ab" * 16, (ScopedItem("cd" * 16, "ef" * 32),)).to_bytes())
    for item in scope["items"]:
        item.pop("file")
    assert not Scope.from_bytes(json.dumps(scope | {"format": 1}).encode()).items[0].file
    bundle = json.loads(Bundle("A", Need.LEGAL, "x", "", (SharedItem("message", "", ()),)).to_bytes())
    for item in bundle["items"]:
        item.pop("file")
    assert Bundle.from_bytes(json.dumps(bundle | {"format": 1}).encode()).items[0].file is None
