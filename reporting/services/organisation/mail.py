"""Sending the daily note: late to begin, quick to give up, and never inside a unit of work.

A mail server that is slow, refuses or hangs holds up nothing but the note itself: mail is sent by a chore, one note
at a time, with no transaction open, and what did not go out is tried again within the same day.
"""

import secrets
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from gettext import translation
from typing import Final
from zoneinfo import ZoneInfo

from reporting.config import ConfigError, Settings
from reporting.domain.organisation.mail import HOUR, NOTE, MailServer, daily_note, is_address
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import READERS
from reporting.resources import folder
from reporting.services.errors import NotAName, NotFound
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of
from reporting.services.oversight.audit import record_staff
from reporting.store.chores import Chore
from reporting.store.database import Stores, Work, reading, writing
from reporting.store.offices import find_office
from reporting.store.staff import Staff, all_staff, find_staff

CHORE: Final = "daily-mail"
SECONDS: Final = 10.0
"""How long any one step of a talk with the mail server may take."""
ROUND: Final = timedelta(minutes=4)
"""After so long a round ends; what is left is for the next. Shorter than the lease of a chore."""

OFF: Final = "off"
NO_ANSWER: Final = "the mail server does not answer"
NOT_TRUSTED: Final = "the mail server cannot be trusted"
REFUSED: Final = "the mail server refuses"


class NotSent(Exception):  # noqa: N818 - it names what is the matter
    """A note did not go out; `why` is one of the sentences above. `others` says whether others could still."""

    def __init__(self, why: str, *, others: bool) -> None:
        super().__init__(why)
        self.why = why
        self.others = others


@dataclass(frozen=True)
class Due:
    """Somebody whose note of today has not gone out."""

    staff_id: bytes
    address: str
    language: str
    day: date
    at: datetime


def server_of(settings: Settings) -> MailServer | None:
    """Return where mail is handed in, or nothing where none is sent.

    :raises ConfigError: the sender is no mail address.
    """
    if not settings.mail_host:
        return None
    if not is_address(settings.mail_from):
        raise ConfigError("REPORTING_MAIL_FROM must be one plain mail address, such as notes@example.org.")
    return MailServer(
        settings.mail_host,
        settings.mail_port,
        settings.mail_security,
        settings.mail_user,
        settings.mail_password,
        settings.mail_from,
        settings.site_name,
    )


def set_address(work: Work, house: House, actor_id: bytes | None, staff_id: bytes, address: str) -> None:
    """Say where the daily note of somebody goes; empty means nowhere.

    :raises NotFound: no such account, or one that handles no cases.
    :raises NotAName: this is no mail address.
    """
    staff, address = find_staff(work.main, staff_id), address.strip()
    if staff is None or staff.role not in READERS:
        raise NotFound
    if address and not is_address(address):
        raise NotAName
    staff.mail_address = address or None
    record_staff(work, house, StaffEvent.ACCOUNT_CHANGED, actor_id=actor_id, about_id=staff_id, detail="mail")


def address_of(work: Work, staff_id: bytes) -> str:
    """Return where somebody's daily note goes; empty where nowhere.

    :raises NotFound: no such account, or one that handles no cases.
    """
    staff = find_staff(work.main, staff_id)
    if staff is None or staff.role not in READERS:
        raise NotFound
    return staff.mail_address or ""


def outcome_of(work: Work) -> str:
    """Return how the chore ended last; empty where it has not run."""
    row = work.main.get(Chore, CHORE)
    return row.outcome if row is not None else ""


def send_due(stores: Stores, house: House) -> str:
    """Send every note of today that has not gone out, and return how it stands: a count, or why some are missing."""
    if house.mail is None:
        return OFF
    end, why, missing = house.now() + ROUND, "", 0
    for due in _due(stores, house):
        if missing and house.now() >= end:
            break
        try:
            send_note(house.mail, due.address, due.language, due.at)
        except NotSent as failure:
            why, missing = failure.why, missing + 1
            if not failure.others:
                break
            continue
        _mark(stores, due)
    return f"not all sent: {why}" if missing else "sent"


def send_note(server: MailServer, address: str, language: str, at: datetime) -> None:
    """Hand in one note.

    :raises NotSent: it was not taken.
    """
    note = daily_note(server, address, _words(language), at, secrets.token_hex(16))
    try:
        _hand_in(server, address, note)
    except ssl.SSLError:
        raise NotSent(NOT_TRUSTED, others=False) from None
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
        raise NotSent(REFUSED, others=True) from None
    except smtplib.SMTPNotSupportedError:
        raise NotSent(NOT_TRUSTED, others=False) from None
    except smtplib.SMTPResponseException:
        raise NotSent(REFUSED, others=False) from None
    except (OSError, smtplib.SMTPException):
        raise NotSent(NO_ANSWER, others=False) from None


def sending_moment(now: datetime, time_zone: str) -> datetime:
    """Return the moment of this local day at which its note goes out, with the zone of the office."""
    zone = ZoneInfo(time_zone)
    today = now.replace(tzinfo=UTC).astimezone(zone).date()
    return datetime.combine(today, time(HOUR), zone)


def _due(stores: Stores, house: House) -> list[Due]:
    with reading(stores) as work:
        return [*_due_in(work, house)]


def _due_in(work: Work, house: House) -> Iterator[Due]:
    now = house.now()
    for staff in all_staff(work.main):
        office = find_office(work.main, staff.office_id)
        if office is None or staff.role not in READERS or staff.state != "active" or not staff.mail_address:
            continue
        at = sending_moment(now, office.time_zone)
        began = at <= now.replace(tzinfo=UTC) and calendar_of(office).is_working_day(at.date())
        if began and staff.mailed_on != at.date():
            language = office.reader_languages.replace(",", " ").split()[:1]
            yield Due(staff.id, staff.mail_address, next(iter(language), "en"), at.date(), at)


def _mark(stores: Stores, due: Due) -> None:
    with writing(stores) as work:
        staff: Staff | None = find_staff(work.main, due.staff_id)
        if staff is not None:
            staff.mailed_on = due.day


def _hand_in(server: MailServer, address: str, note: bytes) -> None:
    here = server.sender.rpartition("@")[2]
    if server.security == "tls":
        link: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, here, timeout=SECONDS, context=ssl.create_default_context()
        )
    else:
        link = smtplib.SMTP(server.host, server.port, here, timeout=SECONDS)
    try:
        if server.security == "starttls":
            link.starttls(context=ssl.create_default_context())
        if server.user:
            link.login(server.user, server.password)
        link.sendmail(server.sender, [address], note)
        with suppress(OSError, smtplib.SMTPException):
            link.putcmd("quit")  # it was taken; whether the server says goodbye is nothing to wait for
    finally:
        link.close()


def _words(language: str) -> str:
    return translation("messages", folder("translations"), [language], fallback=True).gettext(NOTE)
