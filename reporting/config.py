"""Settings: everything that whoever runs Harbour may choose from outside, and what it means.

Each setting is one row of `SETTINGS`, with its default and a sentence; `docs/SETTINGS.md` is written from these rows.
`Settings.from_environment` reads them once at the start. A value that cannot be used stops the program with a
`ConfigError` whose sentence says which setting it was and what mends it. It never repeats the value, which may hold a
password.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

SECRET: Final = frozenset({"mail_password"})
"""Settings that no page, flag or message shows."""
PREFIX: Final = "REPORTING_"
SHIPPED_LANGUAGES: Final = ("en", "ar")
_SCHEMES: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}
_ONION: Final = re.compile(r"[a-z2-7]{56}\.onion")


class ConfigError(Exception):
    """A setting cannot be used; the message is a whole sentence for the person at the console."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: the field of `Settings`, the default as it would be typed, what it means, and how a value is read."""

    field: str
    default: str
    sentence: str
    read: Callable[[str], Any]

    @property
    def name(self) -> str:
        """The environment variable."""
        return PREFIX + self.field.upper()

    def value(self, environment: Mapping[str, str]) -> Any:
        """Read this setting from the environment; an empty variable counts as not set. Raises ConfigError."""
        try:
            return self.read(environment.get(self.name, "").strip() or self.default)
        except ValueError as mistake:
            raise ConfigError(f"{self.name} {mistake}") from None


def _text(value: str) -> str:
    return value


def _site_name(value: str) -> str:
    if len(value) > 60 or not value.isprintable():
        raise ValueError("must be one line of at most 60 characters; choose a shorter name.")
    return value


def _path(value: str) -> Path | None:
    try:
        return Path(value).expanduser().absolute() if value else None
    except RuntimeError:  # `~somebody` whom this machine does not know.
        raise ValueError("must be the path of a folder; write it out, without the sign for a home.") from None


def _yes_or_no(value: str) -> bool:
    if value.lower() in {"yes", "true", "on", "1"}:
        return True
    if value.lower() in {"no", "false", "off", "0"}:
        return False
    raise ValueError("must be yes or no.")


def _whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and lowest <= int(value) <= highest):
            raise ValueError(f"must be a whole number from {lowest} to {highest}.")
        return int(value)

    return read


def _exit_url(value: str) -> str:
    if not (value.isprintable() and _is_plain_https(value)):
        raise ValueError("must be a whole https address, such as https://www.example.org/.")
    return value


def _is_plain_https(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:  # Brackets without an IPv6 address in them.
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


def _database(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    if not value:
        return ""
    if scheme not in _SCHEMES or not separator or not rest.strip("/"):
        raise ValueError("must begin with sqlite:/// and a file, or with postgresql:// and a server and database.")
    return f"{_SCHEMES[scheme]}://{rest}"


def _blobs(value: str) -> str:
    parts = urlsplit(value)
    asked = parse_qs(parts.query, keep_blank_values=True)
    if not value or (parts.scheme == "file" and parts.path.startswith("/") and not (parts.netloc or asked)):
        return value
    if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc or not set(asked) <= {"endpoint", "region"}:
        raise ValueError(
            "must be file:// and a folder, or s3://bucket/prefix, if need be with ?endpoint=https://...&region=...; "
            "who you are there is said in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
    for endpoint in asked.get("endpoint", []):
        if not _is_bare_address(endpoint):
            raise ValueError("must have an endpoint like https://host:port; http only to this machine.")
    return value


def _clamd(value: str) -> str:
    host, _, port = value.rpartition(":")
    if value and not value.startswith("unix:/") and not (host and port.isdigit()):
        raise ValueError("must be unix: and the path of a socket, or a host and a port such as 127.0.0.1:3310.")
    return value


def _onion(value: str) -> str:
    if value and not _ONION.fullmatch(value):
        raise ValueError("must be an onion address of version 3: 56 letters and digits, then .onion, nothing else.")
    return value


def _address(value: str) -> str:
    if value and not (value.isprintable() and _is_bare_address(value)):
        raise ValueError("must be a bare address, such as https://notes.example.org; http only for an onion address.")
    return value.rstrip("/")


def _is_bare_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # Brackets without an IPv6 address in them, or a port that is none.
        return False
    if parts.scheme == "http" and not (_ONION.fullmatch(host) or _is_loopback(host)):
        return False
    bare = parts.path in ("", "/") and not re.search(r"[@?#\s\\]", value)
    return parts.scheme in ("http", "https") and bool(host) and port != 0 and bare


def _security(value: str) -> str:
    if value not in {"starttls", "tls", "none"}:
        raise ValueError("must be starttls, tls, or none; none only for a mail server on this machine.")
    return value


def _languages(value: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(word for word in re.split(r"[\s,]+", value) if word))
    if not chosen or not set(chosen) <= set(SHIPPED_LANGUAGES):
        raise ValueError(f"must name one or more of the shipped languages: {', '.join(SHIPPED_LANGUAGES)}.")
    return chosen


def _review(value: str) -> str:
    written = re.fullmatch(r"\d{1,6};\s*(\d{4}-\d\d-\d\d);\s*\S[^\n]{1,120}", value)
    try:
        day = date.fromisoformat(written[1]) if written else None
    except ValueError:
        day = None
    if value and day is None:
        raise ValueError("must be the version of the table, a day and a name, as in: 1; 2026-03-02; Dr A.")
    return value


SETTINGS: Final = (
    Setting("data", ".", "The folder of the databases and blobs; other folders start from it.", _path),
    Setting("keys", "", "The folder of the instance's keys; without it, `keys` in the data folder.", _path),
    Setting(
        "database_url",
        "",
        "The database of cases, `sqlite:///` and a file or `postgresql://`; without it, `reporting.db` in the data "
        "folder.",
        _database,
    ),
    Setting(
        "shred_url",
        "",
        "The store of what must be able to vanish (shred keys, sessions, drafts), never in the same database and never "
        "in its backups; without it, `shred.sqlite3` in the data folder.",
        _database,
    ),
    Setting(
        "blobs_url",
        "",
        "Where sealed files lie: `file://` and a folder, or `s3://bucket/prefix?endpoint=https://...&region=...`, with "
        "the credentials in `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`; without it, `blobs` in the data folder.",
        _blobs,
    ),
    Setting("file_megabytes", "200", "How large one file may be that she adds (MiB).", _whole_number(1, 4096)),
    Setting(
        "files_megabytes", "1024", "How large all files of a report may be together (MiB).", _whole_number(1, 65536)
    ),
    Setting(
        "spare_megabytes",
        "1024",
        "How much of the disk with the folder of sealed files stays free (MiB); below it files are refused, and words "
        "are still kept.",
        _whole_number(0, 1048576),
    ),
    Setting(
        "clamd",
        "",
        "The socket of a clamd that looks at files, `unix:/path` or `host:port`; it is told nothing but the bytes, and "
        "no file waits for it.",
        _clamd,
    ),
    Setting(
        "site_name", "Notes", "The name in page titles and history; keep it neutral, others may see it.", _site_name
    ),
    Setting(
        "exit_url",
        "https://www.wikipedia.org/",
        "Where the leave-fast button goes: a neutral, unpersonalised page over https.",
        _exit_url,
    ),
    Setting("languages", "en,ar", "The languages that pages are offered in; the first is the fallback.", _languages),
    Setting("host", "127.0.0.1", "The address to listen on.", _text),
    Setting("port", "8000", "The port to listen on.", _whole_number(1, 65535)),
    Setting("workers", "2", "How many processes answer requests.", _whole_number(1, 64)),
    Setting("threads", "4", "How many requests one process answers at once.", _whole_number(1, 64)),
    Setting(
        "behind_proxy",
        "no",
        "Say yes only when every request comes through your own proxy that ends TLS and sets X-Forwarded-Proto and "
        "X-Forwarded-Host; without it or an onion address, plain HTTP is served to this machine alone.",
        _yes_or_no,
    ),
    Setting(
        "fonts",
        "",
        "A folder with TrueType fonts for documents; without it, the folders of the system are searched.",
        _path,
    ),
    Setting(
        "address",
        "",
        "The address under which people reach this instance, such as https://notes.example.org, for posters and cards; "
        "without it, the onion address, else the address at which whoever makes a poster is working.",
        _address,
    ),
    Setting("onion", "", "The onion address under which this instance is also reached.", _onion),
    Setting(
        "mail_host",
        "",
        "The mail server that takes the daily note for the people who handle cases; without it, no mail is sent.",
        _text,
    ),
    Setting("mail_port", "587", "The port of the mail server.", _whole_number(1, 65535)),
    Setting(
        "mail_security",
        "starttls",
        "How the way to the mail server is sealed: starttls, tls from the first byte, or none on this machine.",
        _security,
    ),
    Setting("mail_user", "", "The user name for the mail server; without it, nobody signs in there.", _text),
    Setting("mail_password", "", "The password for it. It is shown nowhere.", _text),
    Setting("mail_from", "", "The address that the daily note comes from.", _text),
    Setting(
        "pathways_reviewed",
        "",
        "Who reviewed which help comes first (docs/PATHWAYS.md), as version, day, name and role with semicolons "
        "between; without it, the page says that no expert has.",
        _review,
    ),
)


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
    def spare(self) -> int:
        """How many bytes of the disk of sealed files stay free."""
        return self.spare_megabytes * 1024 * 1024

    @property
    def on_loopback(self) -> bool:
        """Whether the server listens to this machine only."""
        return _is_loopback(self.host)

    @property
    def plain_http_is_safe(self) -> bool:
        """Whether listening without TLS exposes nothing: to this machine, behind a declared proxy, or as an onion."""
        return self.on_loopback or self.behind_proxy or bool(self.onion)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _check_mail(values: Mapping[str, Any]) -> None:
    """Refuse mail settings that do not go together: a password in the clear, a note from nobody."""
    if not values["mail_host"]:
        return
    if values["mail_security"] == "none" and not _is_loopback(values["mail_host"]):
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


def misspelt(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return one sentence for each variable that looks like a setting and is none, so that a typing slip is seen."""
    known = [setting.name for setting in SETTINGS]
    strangers = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    return tuple(_doubt(name, get_close_matches(name, known, n=1, cutoff=0.8)) for name in strangers)


def _doubt(name: str, near: list[str]) -> str:
    return f"{name} is not a setting of Harbour" + (f"; did you mean {near[0]}?" if near else ".")


def settings_page() -> str:
    """Return docs/SETTINGS.md: one table row for each setting."""
    rows = [f"| `{row.name}` | {f'`{row.default}`' if row.default else ''} | {row.sentence} |" for row in SETTINGS]
    return "\n".join(
        [
            "# Settings",
            "",
            "Each setting is an environment variable; `reporting serve` takes most of them as flags too. This page is",
            "written from `reporting/config.py` by `make docs`.",
            "",
            "| name | default | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )
