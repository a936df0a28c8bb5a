"""Opening the house: settings -> keyring -> stores -> house, and bringing its stores up to this release."""

import secrets
from pathlib import Path

from sqlalchemy.engine import make_url

from reporting.config import ConfigError, Settings
from reporting.crypto.keyring import Keyring
from reporting.crypto.parameters import SALT_SIZE
from reporting.services import chores
from reporting.services.house import House
from reporting.services.organisation.mail import server_of
from reporting.store import schema
from reporting.store.blobs import any_blob
from reporting.store.database import Stores, open_stores, reading, writing
from reporting.store.settings import TOKEN_SALT, get_setting, put_setting


def open_house(settings: Settings) -> tuple[Stores, House]:
    """Open keys and both stores.

    :raises KeysMissing, LooseModes: the keys folder is not as it must be.
    :raises ConfigError: a store is missing or was not migrated.
    """
    keyring = Keyring.load(settings.keys)
    _refuse_missing(settings)
    stores = open_stores(settings.database_url, settings.shred_url, settings.blobs_url, settings.spare)
    try:
        return stores, House(keyring, _token_salt(stores), mail=server_of(settings), clamd=settings.clamd)
    except BaseException:
        stores.dispose()
        raise


def upgrade_house(settings: Settings) -> tuple[Stores, House]:
    """Bring both stores to the schema of this release and open the house.

    The folders of data and blobs are made where they are missing, the token salt is made once and never again, and
    every chore of this release stands in its table.

    :raises KeysMissing, LooseModes: the keys folder is not as it must be.
    """
    keyring = Keyring.load(settings.keys)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    stores = open_stores(settings.database_url, settings.shred_url, settings.blobs_url, settings.spare)
    schema.upgrade(stores)
    with writing(stores) as work:
        salt = get_setting(work.main, TOKEN_SALT)
        if salt is None:
            salt = secrets.token_bytes(SALT_SIZE)
            put_setting(work.main, TOKEN_SALT, salt)
        house = House(keyring, salt)
        chores.ensure(work, house)
    return stores, house


def files_are_away(stores: Stores) -> bool:
    """Return whether the database knows sealed files and their folder is empty: its disk may not be mounted."""
    folder = stores.blobs.folder
    if folder is None or any(folder.iterdir()):
        return False
    with reading(stores) as work:
        return any_blob(work.main)


def _token_salt(stores: Stores) -> bytes:
    """Return the salt of a store that has the tables of this release; ConfigError for any other store."""
    if not schema.is_current(stores):
        raise ConfigError("The database does not have the tables of this release; run `reporting db upgrade`.")
    with reading(stores) as work:
        salt = get_setting(work.main, TOKEN_SALT)
    if salt is None:
        raise ConfigError("The database has no token salt yet; run `reporting db upgrade`.")
    return salt


def _refuse_missing(settings: Settings) -> None:
    """Refuse a store whose file is not there, because opening it would leave an empty one behind."""
    if _file_is_missing(settings.database_url):
        raise ConfigError("There is no database here yet; run `reporting db upgrade`.")
    if _file_is_missing(settings.shred_url):
        raise ConfigError(
            "The shred store is not here; put the live one back, because with an empty one from `reporting db upgrade` "
            "no case opens any more."
        )


def _file_is_missing(address: str) -> bool:
    parsed = make_url(address)
    return parsed.get_backend_name() == "sqlite" and bool(parsed.database) and not Path(str(parsed.database)).exists()
