"""Who opens a file is who opens the story it belongs to: whatever ends or gives that, ends or gives the files."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from reporting.crypto.stream import sealed_size
from reporting.crypto.token import draw
from reporting.domain.reading.guests import Guest
from reporting.services.actors import Actor
from reporting.services.errors import NotFound
from reporting.services.reading import guests
from reporting.services.reading.assignment import assign, recuse
from reporting.services.reading.handover import hand_over, set_leaving
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import erasure
from reporting.services.survivor.choosing import close_to, open_to
from reporting.services.survivor.record import reopen
from reporting.services.survivor.tokens import add_token, drop_token, reporter_from
from reporting.store.blobs import Blob, BlobKey
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.evidence import add_file, content_of, keyed_blobs, photo
from tests.services.acts import close_by_two, conclude, take_up

pytestmark = pytest.mark.req("P7")


def shut(built: Built, actor: Actor, case_id: bytes, *item_ids: bytes) -> bool:
    """Return whether none of these files opens for somebody, neither the original nor the working copy."""
    for item_id in item_ids:
        for clean in (False, True):
            try:
                content_of(built, actor, case_id, item_id, clean=clean)
            except NotFound:
                continue
            return False
    return True


@pytest.mark.principle("safety")
def test_after_she_closes_the_case_staff_open_no_file_and_her_token_does(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    sent = photo()
    piece = add_file(built, reporter, case_id, sent)
    in_unit(built, erasure.close, reporter, case_id)
    assert shut(built, team.amina, case_id, piece.id)
    assert content_of(built, reporter, case_id, piece.id) == sent
    in_unit(built, erasure.erase_later, reporter, case_id)
    assert content_of(built, reporter, case_id, piece.id) == sent
    built.clock.forward(days=8)
    in_unit(built, erasure.erase_due)
    assert shut(built, reporter, case_id, piece.id)
    with reading(built.stores) as work:
        assert keyed_blobs(work.shred) == set()


def test_a_case_that_staff_closed_and_she_reopens_has_its_files(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    piece = add_file(built, reporter, case_id, photo())
    conclude(built, team.amina, reporter, case_id)
    close_by_two(built, team.amina, team.ben, case_id)
    in_unit(built, reopen, reporter, case_id)
    for actor in (reporter, team.amina):
        assert content_of(built, actor, case_id, piece.id)


def test_a_later_reader_opens_older_files_and_whoever_left_opens_none(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    before = add_file(built, reporter, case_id, photo("red"))
    in_unit(built, recuse, team.ben, case_id)
    after = add_file(built, reporter, case_id, photo("blue"))
    assert shut(built, team.ben, case_id, before.id, after.id)
    in_unit(built, assign, team.amina, case_id, team.ines.staff_id)
    for piece in (before, after):
        assert content_of(built, team.ines, case_id, piece.id)
        assert content_of(built, reporter, case_id, piece.id)


def test_whoever_she_closes_it_to_opens_none_and_all_again_when_she_opens_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    piece = add_file(built, reporter, case_id, photo())
    in_unit(built, close_to, reporter, case_id, team.ben.staff_id)
    later = add_file(built, reporter, case_id, photo("blue"))
    assert shut(built, team.ben, case_id, piece.id, later.id)
    in_unit(built, open_to, reporter, case_id, team.ben.staff_id)
    for one in (piece, later):
        assert content_of(built, team.ben, case_id, one.id)


def test_a_new_token_opens_her_files_and_the_one_before_no_more(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, photo())
    fresh = reporter_from(built.house, draw("en"))
    in_unit(built, add_token, reporter, fresh)
    in_unit(built, drop_token, reporter)
    assert shut(built, reporter, case_id, piece.id)
    assert content_of(built, fresh, case_id, piece.id)


def test_handed_over_a_case_has_its_files_for_whoever_takes_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    piece = add_file(built, reporter, case_id, photo())
    in_unit(built, set_leaving, None, team.amina.staff_id, built.house.today() + timedelta(days=7))
    in_unit(built, hand_over, team.amina, case_id, team.ines.staff_id)
    assert content_of(built, team.ines, case_id, piece.id)
    assert shut(built, team.amina, case_id, piece.id)


def test_a_guest_has_the_files_of_the_story_until_she_ends_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, photo())
    keys, until = guests.keys_of(built.house, draw("en")), built.house.today() + timedelta(days=30)
    in_unit(built, lambda w, h: guests.invite(w, h, reporter, case_id, name="Rosa, union", until=until, keys=keys))
    with reading(built.stores) as work:
        (filed,) = file_of(work, open_case(work, reporter, built.house, case_id)).all(Guest)
        rosa = guests.come_as_guest(work, built.house, keys.lookup_id, keys.pair)
    assert content_of(built, rosa, case_id, piece.id)
    in_unit(built, guests.end, reporter, case_id, filed.id)
    later = add_file(built, reporter, case_id, photo("blue"))
    assert shut(built, rosa, case_id, piece.id, later.id)


def test_nobody_of_the_staff_opens_a_file_of_a_private_record(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, None)
    piece = add_file(built, reporter, case_id, photo())
    for member in (team.amina, team.ben, team.ines):
        assert shut(built, member, case_id, piece.id)
    assert not shut(built, reporter, case_id, piece.id)


@pytest.mark.principle("confidentiality")
def test_what_the_two_stores_tell_of_files_without_anybodys_passphrase(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    _, _, other = send_report(built, team.office)
    add_file(built, reporter, case_id, photo(), name="Quastenflosser.jpg")
    with reading(built.stores) as work:
        keys = work.shred.scalars(select(BlobKey)).all()
        blobs = {blob.id: blob for blob in work.main.scalars(select(Blob))}
        rows = [(row.owner, row.made_on, blobs[row.blob_id].size) for row in keys]
        told = repr([vars(one) for one in (*keys, *blobs.values())])
    # Named among the honest limits: whose file it is, its day and its padded size. Nothing more stands there.
    assert rows == [(case_id, built.house.today(), sealed_size(len(photo())))] * 2
    assert set(BlobKey.__table__.columns.keys()) == {"blob_id", "owner", "key", "made_on"}
    assert set(Blob.__table__.columns.keys()) == {"id", "size", "tag"}
    assert "Quastenflosser" not in told
    assert other not in {owner for owner, _, _ in rows}
