"""The table of settings: one row for each, with its default and its sentence, and the page that is written from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from reporting.config import values

PREFIX: Final = "REPORTING_"
SECRET: Final = frozenset({"mail_password"})
"""Settings that no page, flag or message shows."""


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


SETTINGS: Final = (
    Setting("data", ".", "The folder of the databases and blobs; other folders start from it.", values.path),
    Setting("keys", "", "The folder of the instance's keys; without it, `keys` in the data folder.", values.path),
    Setting(
        "database_url",
        "",
        "The database of cases, `sqlite:///` and a file or `postgresql://`; without it, `reporting.db` in the data "
        "folder.",
        values.database,
    ),
    Setting(
        "shred_url",
        "",
        "The store of what must be able to vanish (shred keys, sessions, drafts), never in the same database and never "
        "in its backups; without it, `shred.sqlite3` in the data folder.",
        values.database,
    ),
    Setting(
        "blobs_url",
        "",
        "Where sealed files lie: `file://` and a folder, or `s3://bucket/prefix?endpoint=https://...&region=...`, with "
        "the credentials in `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`; without it, `blobs` in the data folder.",
        values.blobs,
    ),
    Setting("file_megabytes", "200", "How large one file may be that she adds (MiB).", values.whole_number(1, 4096)),
    Setting(
        "files_megabytes",
        "1024",
        "How large all files of a report may be together (MiB).",
        values.whole_number(1, 65536),
    ),
    Setting(
        "spare_megabytes",
        "1024",
        "How much of the disk with the folder of sealed files stays free (MiB); below it files are refused, and words "
        "are still kept.",
        values.whole_number(0, 1048576),
    ),
    Setting(
        "clamd",
        "",
        "The socket of a clamd that looks at files, `unix:/path` or `host:port`; it is told nothing but the bytes, and "
        "no file waits for it.",
        values.clamd,
    ),
    Setting(
        "site_name",
        "Notes",
        "The name in page titles and history; keep it neutral, others may see it.",
        values.site_name,
    ),
    Setting(
        "exit_url",
        "https://www.wikipedia.org/",
        "Where the leave-fast button goes: a neutral, unpersonalised page over https.",
        values.exit_url,
    ),
    Setting(
        "languages", "en,ar", "The languages that pages are offered in; the first is the fallback.", values.languages
    ),
    Setting("host", "127.0.0.1", "The address to listen on.", values.text),
    Setting("port", "8000", "The port to listen on.", values.whole_number(1, 65535)),
    Setting("workers", "2", "How many processes answer requests.", values.whole_number(1, 64)),
    Setting("threads", "4", "How many requests one process answers at once.", values.whole_number(1, 64)),
    Setting(
        "behind_proxy",
        "no",
        "Say yes only when every request comes through your own proxy that ends TLS and sets X-Forwarded-Proto and "
        "X-Forwarded-Host; without it or an onion address, plain HTTP is served to this machine alone.",
        values.yes_or_no,
    ),
    Setting(
        "fonts",
        "",
        "A folder with TrueType fonts for documents; without it, the folders of the system are searched.",
        values.path,
    ),
    Setting(
        "address",
        "",
        "The address under which people reach this instance, such as https://notes.example.org, for posters and cards; "
        "without it, the onion address, else the address at which whoever makes a poster is working.",
        values.address,
    ),
    Setting("onion", "", "The onion address under which this instance is also reached.", values.onion),
    Setting(
        "mail_host",
        "",
        "The mail server that takes the daily note for the people who handle cases; without it, no mail is sent.",
        values.text,
    ),
    Setting("mail_port", "587", "The port of the mail server.", values.whole_number(1, 65535)),
    Setting(
        "mail_security",
        "starttls",
        "How the way to the mail server is sealed: starttls, tls from the first byte, or none on this machine.",
        values.security,
    ),
    Setting("mail_user", "", "The user name for the mail server; without it, nobody signs in there.", values.text),
    Setting("mail_password", "", "The password for it. It is shown nowhere.", values.text),
    Setting("mail_from", "", "The address that the daily note comes from.", values.text),
    Setting(
        "pathways_reviewed",
        "",
        "Who reviewed which help comes first (docs/PATHWAYS.md), as version, day, name and role with semicolons "
        "between; without it, the page says that no expert has.",
        values.review,
    ),
)


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
            "written from `reporting/config/rows.py` by `make docs`.",
            "",
            "| name | default | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )
