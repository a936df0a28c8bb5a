"""How the value of a setting is read: what a mistake says ends the sentence that begins with its name."""

import re
from collections.abc import Callable
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

SHIPPED_LANGUAGES: Final = ("en", "ar")
_SCHEMES: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}
_ONION: Final = re.compile(r"[a-z2-7]{56}\.onion")


def text(value: str) -> str:
    """Take a value as it is."""
    return value


def site_name(value: str) -> str:
    """Take one line of at most 60 characters. Raises ValueError, as all here, with the rest of a sentence."""
    if len(value) > 60 or not value.isprintable():
        raise ValueError("must be one line of at most 60 characters; choose a shorter name.")
    return value


def path(value: str) -> Path | None:
    """Take a path and make it absolute; nothing where there is none."""
    try:
        return Path(value).expanduser().absolute() if value else None
    except RuntimeError:  # `~somebody` whom this machine does not know.
        raise ValueError("must be the path of a folder; write it out, without the sign for a home.") from None


def yes_or_no(value: str) -> bool:
    """Take yes or no."""
    if value.lower() in {"yes", "true", "on", "1"}:
        return True
    if value.lower() in {"no", "false", "off", "0"}:
        return False
    raise ValueError("must be yes or no.")


def whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    """Return what takes a whole number between two."""

    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and lowest <= int(value) <= highest):
            raise ValueError(f"must be a whole number from {lowest} to {highest}.")
        return int(value)

    return read


def exit_url(value: str) -> str:
    """Take a whole https address."""
    if not (value.isprintable() and _is_plain_https(value)):
        raise ValueError("must be a whole https address, such as https://www.example.org/.")
    return value


def _is_plain_https(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:  # Brackets without an IPv6 address in them.
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


def database(value: str) -> str:
    """Take the address of a database, with the driver that is used."""
    scheme, separator, rest = value.partition("://")
    if not value:
        return ""
    if scheme not in _SCHEMES or not separator or not rest.strip("/"):
        raise ValueError("must begin with sqlite:/// and a file, or with postgresql:// and a server and database.")
    return f"{_SCHEMES[scheme]}://{rest}"


def blobs(value: str) -> str:
    """Take the address of a blob store."""
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


def clamd(value: str) -> str:
    """Take the socket of a clamd."""
    host, _, port = value.rpartition(":")
    if value and not value.startswith("unix:/") and not (host and port.isdigit()):
        raise ValueError("must be unix: and the path of a socket, or a host and a port such as 127.0.0.1:3310.")
    return value


def onion(value: str) -> str:
    """Take an onion address."""
    if value and not _ONION.fullmatch(value):
        raise ValueError("must be an onion address of version 3: 56 letters and digits, then .onion, nothing else.")
    return value


def address(value: str) -> str:
    """Take a bare address, without a slash at its end."""
    if value and not (value.isprintable() and _is_bare_address(value)):
        raise ValueError("must be a bare address, such as https://notes.example.org; http only for an onion address.")
    return value.rstrip("/")


def _is_bare_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # Brackets without an IPv6 address in them, or a port that is none.
        return False
    if parts.scheme == "http" and not (_ONION.fullmatch(host) or is_loopback(host)):
        return False
    bare = parts.path in ("", "/") and not re.search(r"[@?#\s\\]", value)
    return parts.scheme in ("http", "https") and bool(host) and port != 0 and bare


def security(value: str) -> str:
    """Take how the way to a mail server is sealed."""
    if value not in {"starttls", "tls", "none"}:
        raise ValueError("must be starttls, tls, or none; none only for a mail server on this machine.")
    return value


def languages(value: str) -> tuple[str, ...]:
    """Take languages that ship, each once."""
    chosen = tuple(dict.fromkeys(word for word in re.split(r"[\s,]+", value) if word))
    if not chosen or not set(chosen) <= set(SHIPPED_LANGUAGES):
        raise ValueError(f"must name one or more of the shipped languages: {', '.join(SHIPPED_LANGUAGES)}.")
    return chosen


def review(value: str) -> str:
    """Take who reviewed what: version, day, name."""
    written = re.fullmatch(r"\d{1,6};\s*(\d{4}-\d\d-\d\d);\s*\S[^\n]{1,120}", value)
    try:
        day = date.fromisoformat(written[1]) if written else None
    except ValueError:
        day = None
    if value and day is None:
        raise ValueError("must be the version of the table, a day and a name, as in: 1; 2026-03-02; Dr A.")
    return value


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
