"""All settings, read once at the start and checked against each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, unquote, urlsplit

from reporting.config.rows import SETTINGS, ConfigError
from reporting.config.values import is_loopback

MEBI = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, read and checked; every path is absolute. Addresses that may hold a password stay out of repr."""

    data: Path
    keys: Path
    database_url: str = field(repr=False)
    shred_url: str = field(repr=False)
    blobs_url: str
    file_megabytes: int
    files_megabytes: int
    spare_megabytes: int
    clamd: str
    site_name: str
    exit_url: str
    languages: tuple[str, ...]
    host: str
    port: int
    workers: int
    threads: int
    behind_proxy: bool
    fonts: Path | None
    address: str
    onion: str
    mail_host: str
    mail_port: int
    mail_security: str
    mail_user: str
    mail_password: str = field(repr=False)
    mail_from: str
    pathways_reviewed: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read every setting from a mapping such as `os.environ`; raises ConfigError."""
        values = {setting.field: setting.value(environment) for setting in SETTINGS}
        data: Path = values["data"]
        values["keys"] = values["keys"] or data / "keys"
        values["database_url"] = values["database_url"] or f"sqlite:///{data / 'reporting.db'}"
        values["shred_url"] = values["shred_url"] or f"sqlite:///{data / 'shred.sqlite3'}"
        values["blobs_url"] = values["blobs_url"] or f"file://{quote(str(data / 'blobs'))}"
        if values["database_url"] == values["shred_url"]:
            raise ConfigError(
                "REPORTING_SHRED_URL names the same database as REPORTING_DATABASE_URL; what must be able to vanish "
                "needs a store of its own, outside the other's backups."
            )
        _check_mail(values)
        return cls(**values)

    def to_environment(self) -> dict[str, str]:
        """Return the environment from which `from_environment` reads these settings again, every path whole."""
        return {setting.name: _written(getattr(self, setting.field)) for setting in SETTINGS}

    @property
    def blobs(self) -> Path | None:
        """The folder of sealed files, where they lie in one."""
        parts = urlsplit(self.blobs_url)
        return Path(unquote(parts.path)) if parts.scheme == "file" else None

    @property
    def most_of_one(self) -> int:
        """How many bytes one file may have."""
        return self.file_megabytes * MEBI

    @property
    def most_of_all(self) -> int:
        """How many bytes all files of a report may have together."""
        return self.files_megabytes * MEBI

    @property
    def spare(self) -> int:
        """How many bytes of the disk of sealed files stay free."""
        return self.spare_megabytes * MEBI

    @property
    def on_loopback(self) -> bool:
        """Whether the server listens to this machine only."""
        return is_loopback(self.host)

    @property
    def plain_http_is_safe(self) -> bool:
        """Whether listening without TLS exposes nothing: to this machine, behind a declared proxy, or as an onion."""
        return self.on_loopback or self.behind_proxy or bool(self.onion)


def _check_mail(values: Mapping[str, Any]) -> None:
    """Refuse mail settings that do not go together: a password in the clear, a note from nobody."""
    if not values["mail_host"]:
        return
    if values["mail_security"] == "none" and not is_loopback(values["mail_host"]):
        raise ConfigError("REPORTING_MAIL_SECURITY is none, which is only for a mail server on this machine.")
    if not values["mail_from"]:
        raise ConfigError("REPORTING_MAIL_FROM must say which address the daily note comes from.")
    if bool(values["mail_user"]) != bool(values["mail_password"]):
        raise ConfigError("REPORTING_MAIL_USER and REPORTING_MAIL_PASSWORD go together: set both or none.")


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, tuple) else str(value)
