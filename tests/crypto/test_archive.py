"""Archives: opened by any age program with the passphrase, and by nobody without it."""

import io
import secrets
import zipfile
from collections.abc import Iterator

import pyrage
import pytest
from pyrage import passphrase as age

from reporting.crypto.age import AgeSealer
from reporting.crypto.archive import Part, archive_passphrase, seal_archive
from reporting.crypto.avoid import AVOID
from reporting.crypto.secret import SessionSecret

FILES = {"file.pdf": b"%PDF", "items/0001.json": b"{}", "empty": b"", "films/1": bytes(range(256)) * 1000}


def sealed(files: dict[str, bytes], words: str) -> bytes:
    parts = [Part(name, len(content), [content], is_packed="films" not in name) for name, content in files.items()]
    return b"".join(seal_archive(parts, words))


@pytest.mark.req("P1")
@pytest.mark.principle("confidentiality")
def test_an_archive_opens_with_its_passphrase_alone() -> None:
    words = archive_passphrase(SessionSecret.random(), bytes(16))
    out = sealed(FILES, words)
    assert out.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert b"file.pdf" not in out
    with zipfile.ZipFile(io.BytesIO(age.decrypt(out, words))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    with pytest.raises(pyrage.DecryptError):
        age.decrypt(out, words[:-1])


@pytest.mark.parametrize("length", [0, 1, 65535, 65536, 65537, 131072, 200_000])
def test_any_age_program_opens_what_is_sealed_as_a_stream_whatever_its_length(length: int) -> None:
    out: list[bytes] = []
    sealer = AgeSealer("correct-horse", out.append)
    content = secrets.token_bytes(length)
    for at in range(0, length, 10_007):
        sealer.write(content[at : at + 10_007])
    sealer.finish()
    assert age.decrypt(b"".join(out), "correct-horse") == content
    if length > 65536:
        with pytest.raises(pyrage.DecryptError):
            age.decrypt(b"".join(out[:-1]), "correct-horse")


def test_an_archive_leaves_as_it_is_made() -> None:
    asked: list[int] = []

    def film() -> Iterator[bytes]:
        for number in range(100):
            asked.append(number)
            yield secrets.token_bytes(65536)

    stream = seal_archive([Part("film.mp4", 100 * 65536, film(), is_packed=False)], "words")
    for _ in range(20):
        next(stream)
    assert len(asked) < 25


def test_a_passphrase_belongs_to_one_session_and_one_export() -> None:
    secret = SessionSecret(bytes(range(32)))
    first = archive_passphrase(secret, bytes(16))
    assert first == archive_passphrase(secret, bytes(16))
    others = {archive_passphrase(secret, b"1" * 16), archive_passphrase(SessionSecret.random(), bytes(16))}
    assert first not in others
    assert len(first.split("-")) == 8
    for number in range(200):
        assert not set(archive_passphrase(secret, number.to_bytes(16)).split("-")) & AVOID["english"]
