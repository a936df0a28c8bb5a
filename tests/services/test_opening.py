"""Opening the house: it is opened whole, or refused with the command that mends it."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from reporting.config import ConfigError, Settings
from reporting.crypto.errors import KeysMissing, LooseModes
from reporting.crypto.keyring import Keyring
from reporting.services import chores
from reporting.services.house import utc_now
from reporting.services.opening import files_are_away, open_house, upgrade_house
from reporting.store.blobs import Blob
from reporting.store.database import reading, writing
from reporting.store.objects import BlobsUnreachable
from reporting.store.schema import is_current
from reporting.store.settings import TOKEN_SALT, Setting
from tests.builders import PASSPHRASE, cheap_passphrases
from tests.postgres import PostgresServer


@pytest.fixture
def settings(server: PostgresServer | None, tmp_path: Path) -> Iterator[Settings]:
    """The settings of an instance of which only the keys are there."""
    names = [server.create(), server.create()] if server else []
    urls = [server.url(name) for name in names] if server else ["", ""]
    folders = {"REPORTING_DATA": str(tmp_path / "data"), "REPORTING_KEYS": str(tmp_path / "keys")}
    found = Settings.from_environment({**folders, "REPORTING_DATABASE_URL": urls[0], "REPORTING_SHRED_URL": urls[1]})
    with cheap_passphrases():
        Keyring.create(found.keys, PASSPHRASE)
    yield found
    for name in names:
        assert server is not None
        server.drop(name)


def upgraded(settings: Settings) -> bytes:
    """Upgrade and return the token salt."""
    stores, house = upgrade_house(settings)
    assert is_current(stores)
    stores.dispose()
    return house.token_salt


def refusal(settings: Settings) -> str:
    """Return the sentence with which opening is refused."""
    with pytest.raises(ConfigError) as refused:
        open_house(settings)
    return str(refused.value)


def test_an_upgraded_house_opens_with_the_salt_it_was_given_once(settings: Settings) -> None:
    salt = upgraded(settings)
    assert len(salt) == 16
    assert upgraded(settings) == salt
    stores, house = open_house(settings)
    assert house.token_salt == salt
    assert house.today() == utc_now().date()
    assert utc_now().tzinfo is None
    with reading(stores) as work:
        assert set(chores.outcomes(work)) == set(chores.TASKS)
    stores.dispose()


def test_no_two_instances_share_a_salt(settings: Settings, tmp_path: Path) -> None:
    other = Settings.from_environment({"REPORTING_DATA": str(tmp_path / "other")})
    with cheap_passphrases():
        Keyring.create(other.keys, PASSPHRASE)
    assert upgraded(settings) != upgraded(other)


@pytest.mark.req("P1")
def test_the_folders_of_data_are_closed_to_others(settings: Settings) -> None:
    upgraded(settings)
    assert settings.blobs is not None
    for folder in (settings.data, settings.blobs, settings.keys):
        assert folder.stat().st_mode & 0o077 == 0, folder


def test_without_keys_or_with_loose_ones_nothing_opens(settings: Settings) -> None:
    upgraded(settings)
    (settings.keys / "instance.key").chmod(0o644)
    for act in (open_house, upgrade_house):
        with pytest.raises(LooseModes):
            act(settings)
    (settings.keys / "instance.key").unlink()
    for act in (open_house, upgrade_house):
        with pytest.raises(KeysMissing):
            act(settings)


def test_a_database_that_was_not_upgraded_is_refused_and_not_left_behind(settings: Settings) -> None:
    assert "db upgrade" in refusal(settings)
    assert not list(settings.data.glob("*.db")) + list(settings.data.glob("*.sqlite3"))


@pytest.mark.req("P7", "P8")
def test_a_missing_shred_store_is_not_replaced_by_an_empty_one(settings: Settings) -> None:
    upgraded(settings)
    shred = settings.data / "shred.sqlite3"
    if shred.exists():
        shred.unlink()
        assert "put the live one back" in refusal(settings)
        assert not shred.exists()


def test_a_house_without_its_salt_is_refused(settings: Settings) -> None:
    upgraded(settings)
    stores, _ = open_house(settings)
    with writing(stores) as work:
        work.main.delete(work.main.get_one(Setting, TOKEN_SALT))
    stores.dispose()
    assert "db upgrade" in refusal(settings)


def test_the_disk_that_no_file_may_touch_is_as_it_was_set(settings: Settings) -> None:
    upgraded(settings)
    for spare, has_room in ((0, True), (1_048_576, False)):
        stores, _ = open_house(replace(settings, spare_megabytes=spare))
        with nullcontext() if has_room else pytest.raises(BlobsUnreachable):
            stores.blobs.check_room(1)
        stores.dispose()


def test_files_that_the_database_knows_and_an_empty_folder_lacks_are_noticed(settings: Settings) -> None:
    upgraded(settings)
    stores, _ = open_house(settings)
    assert not files_are_away(stores), "there were never any"
    with writing(stores) as work:
        work.main.add(Blob(id=bytes(16), size=1, tag=bytes(32)))
    assert files_are_away(stores)
    assert settings.blobs is not None
    (settings.blobs / "00").mkdir()
    assert not files_are_away(stores)
    stores.dispose()
