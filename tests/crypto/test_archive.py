"""Archives: opened by any age program with the passphrase, and by nobody without it."""

import io
import zipfile

import pyrage
import pytest
from pyrage import passphrase as age

from reporting.crypto.archive import archive_passphrase, seal_archive
from reporting.crypto.avoid import AVOID
from reporting.crypto.secret import SessionSecret

FILES = {"file.pdf": b"%PDF", "items/0001.json": b"{}"}


@pytest.mark.req("P1")
@pytest.mark.principle("confidentiality")
def test_an_archive_opens_with_its_passphrase_alone() -> None:
    words = archive_passphrase(SessionSecret.random(), bytes(16))
    sealed = seal_archive(FILES, words)
    assert sealed.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert b"file.pdf" not in sealed
    with zipfile.ZipFile(io.BytesIO(age.decrypt(sealed, words))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    with pytest.raises(pyrage.DecryptError):
        age.decrypt(sealed, words[:-1])


def test_a_passphrase_belongs_to_one_session_and_one_export() -> None:
    secret = SessionSecret(bytes(range(32)))
    first = archive_passphrase(secret, bytes(16))
    assert first == archive_passphrase(secret, bytes(16))
    others = {archive_passphrase(secret, b"1" * 16), archive_passphrase(SessionSecret.random(), bytes(16))}
    assert first not in others
    assert len(first.split("-")) == 8
    for number in range(200):
        assert not set(archive_passphrase(secret, number.to_bytes(16)).split("-")) & AVOID["english"]
