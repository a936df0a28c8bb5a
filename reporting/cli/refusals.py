"""Refusals as whole sentences for the person at the console."""

from sqlalchemy.exc import DBAPIError, OperationalError

from reporting.config import ConfigError
from reporting.crypto.errors import CannotOpen, KeysExist, KeysMissing, LooseModes
from reporting.store.objects import BlobsUnreachable

SPEAKING = (ConfigError, KeysMissing, KeysExist, LooseModes)


def sentence_for(error: Exception) -> str | None:
    """Return what the person should know and do, or nothing where the error is a fault of the program."""
    if isinstance(error, SPEAKING):
        return str(error)
    if isinstance(error, CannotOpen):
        return f"The keys cannot be used: {error}; put them back from their backup."
    if isinstance(error, OperationalError):
        return _unreachable(error)
    if isinstance(error, BlobsUnreachable):
        return (
            f"The blob store cannot be used ({error}); check REPORTING_BLOBS_URL, what it names, and that it can be "
            "written to."
        )
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename} cannot be used: {error.strerror}."
    return None


def _unreachable(error: DBAPIError) -> str:
    """Name what SQLite said; what another driver says may repeat an address and so a password."""
    said = f" ({error.orig})" if type(error.orig).__module__ == "sqlite3" else ""
    return f"The database does not answer{said}; check REPORTING_DATABASE_URL, REPORTING_SHRED_URL and their servers."
