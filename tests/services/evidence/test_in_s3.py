"""The whole way of a file with a blob store that speaks S3, and what happens while a store does not answer."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import replace

import pytest

from reporting.services.errors import NotFound
from reporting.services.evidence import pieces
from reporting.services.evidence.keeping import keep
from reporting.services.survivor.erasure import erase_now
from reporting.store.objects import BlobsUnreachable, open_blobs
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import MIB, add_file, content_of, photo
from tests.s3 import KEY_SECRET, Bucket

pytestmark = on_sqlite


@pytest.fixture
def in_s3(built: Built, bucket: Bucket) -> Built:
    """The instance with its files in a bucket."""
    return replace(built, stores=replace(built.stores, blobs=open_blobs(bucket.url)))


@pytest.fixture
def away(built: Built, monkeypatch: pytest.MonkeyPatch) -> Built:
    """The instance with a blob store that does not answer."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY_SECRET)
    nobody = open_blobs("s3://bucket/x?endpoint=http://127.0.0.1:9&region=r")
    return replace(built, stores=replace(built.stores, blobs=nobody))


def test_a_file_is_added_opened_taken_away_and_erased(in_s3: Built, team: Team, bucket: Bucket) -> None:
    _, reporter, case_id = send_report(in_s3, team.office)
    sent = photo()
    large = secrets.token_bytes(11 * MIB)
    one = add_file(in_s3, reporter, case_id, sent)
    other = add_file(in_s3, reporter, case_id, large, name="x", most=20 * MIB)
    for actor in (reporter, team.amina):
        assert content_of(in_s3, actor, case_id, one.id) == sent
        assert content_of(in_s3, actor, case_id, one.id, clean=True).startswith(b"\xff\xd8\xff")
        assert hashlib.sha256(content_of(in_s3, actor, case_id, other.id)).digest() == hashlib.sha256(large).digest()
    assert len(bucket.keys()) == 3
    in_unit(in_s3, pieces.take_away, reporter, case_id, other.id)
    assert len(bucket.keys()) == 2
    in_unit(in_s3, erase_now, reporter, case_id)
    assert bucket.keys() == bucket.unfinished() == []


def test_an_object_that_is_gone_is_not_found(in_s3: Built, team: Team) -> None:
    _, reporter, case_id = send_report(in_s3, team.office)
    piece = add_file(in_s3, reporter, case_id, photo())
    in_s3.stores.blobs.remove(*(file.blob_id for file in piece.evidence.files))
    with pytest.raises(NotFound):
        content_of(in_s3, reporter, case_id, piece.id)


def test_a_file_that_is_too_large_leaves_no_parts(in_s3: Built, bucket: Bucket) -> None:
    def broken() -> Iterator[bytes]:
        for _ in range(12):
            yield bytes(MIB)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        keep(in_s3.stores.blobs, in_s3.house, broken(), 20 * MIB)
    assert bucket.keys() == bucket.unfinished() == []


@pytest.mark.req("P7")
def test_what_is_erased_while_the_store_is_away_is_erased(built: Built, away: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, photo())
    in_unit(away, erase_now, reporter, case_id)
    with pytest.raises(NotFound):
        content_of(built, reporter, case_id, piece.id)


def test_a_file_that_cannot_be_kept_is_refused_in_one_sentence(away: Built, team: Team) -> None:
    _, reporter, case_id = send_report(away, team.office)
    with pytest.raises(BlobsUnreachable):
        add_file(away, reporter, case_id, photo())
