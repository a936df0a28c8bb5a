"""What every service needs beside its unit of work: keys of the instance, the token salt, a clock, mail and clamd."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from reporting.crypto.keyring import Keyring
from reporting.domain.organisation.mail import MailServer


def utc_now() -> datetime:
    """Return the present moment in UTC, without a time zone mark, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class House:
    """The instance: built once by the composition root."""

    keyring: Keyring
    token_salt: bytes
    now: Callable[[], datetime] = field(default=utc_now)
    mail: MailServer | None = None
    clamd: str = ""

    def today(self) -> date:
        """Return the present day (UTC), which is how every day of a reporter is kept."""
        return self.now().date()
