"""The forms of staff pages. Every message is ours, so that each can be translated."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Field,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation

from reporting.crypto.passphrases import MINIMUM_LENGTH, Weakness
from reporting.domain.organisation.calendars import holidays_text, is_time_zone, read_holidays, weekend_text
from reporting.domain.words import clean_text, parts_of
from reporting.services.organisation.offices import OfficeFacts, is_calendar, is_emergency_number
from reporting.web.addresses import id_from

LONGEST_LINE = 200
LARGEST_OFFICE = 1_000_000


class Line(StringField):
    """One line of text, without the characters that no database takes."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Keep what was typed."""
        if valuelist:
            self.data = clean_text(str(valuelist[0])).strip()


def needed(_form: Form, field: Field) -> None:
    """Refuse an empty field."""
    if not field.data:
        raise StopValidation(gettext("Please fill this in."))
    if isinstance(field, Line) and len(field.data) > LONGEST_LINE:
        raise StopValidation(gettext("This is too long: at most 200 characters."))


def on_offer(_form: Form, field: Any) -> None:
    """Refuse a choice that was not on offer, or none."""
    if field.data not in {value for value, *_rest in field.choices}:
        raise StopValidation(gettext("Please choose one."))


def refuse(field: Field, sentence: str) -> None:
    """Put a sentence beside a field, after the form itself had nothing to say about it."""
    field.errors = [sentence]


class SignInForm(Form):
    """User name and passphrase."""

    username = Line(_("User name"), [needed])
    passphrase = PasswordField(_("Passphrase"), [needed])


class _NewPassphraseForm(Form):
    passphrase = PasswordField(_("New passphrase"), [needed])
    again = PasswordField(_("New passphrase, once more"), [needed])

    def validate_again(self, field: Field) -> None:
        """Both must be the same."""
        if field.data != self.passphrase.data:
            raise StopValidation(gettext("The two passphrases differ. Please type them again."))

    def refuse_weak(self, why: Weakness) -> None:
        """Say why a passphrase cannot be used."""
        refuse(self.passphrase, weakness_sentence(why))


class EnrolForm(_NewPassphraseForm):
    """The one-time code turns into a passphrase of one's own."""

    username = Line(_("User name"), [needed])
    code = Line(_("One-time code"), [needed])


class ChangePassphraseForm(_NewPassphraseForm):
    """A new passphrase; the present one was shown just before."""


class NewAccountForm(Form):
    """Who gets an account, as what and where."""

    display_name = Line(_("Name that survivors and colleagues see"), [needed])
    username = Line(_("User name"), [needed])
    role = SelectField(_("Role"), [on_offer], validate_choice=False)
    office = SelectField(_("Office"), [on_offer], validate_choice=False)


class MailForm(Form):
    """Where the daily note goes."""

    address = Line(_("Mail address"))


class WordsForm(Form):
    """The fingerprint, as the person reads it aloud."""

    words = Line(_("The eight words that you hear"), [needed])


class ReplyForm(Form):
    """A message to the reporter, kept exactly as typed."""

    message = TextAreaField(_("Write to the reporter"))


class CheckInForm(Form):
    """A message that asks whether anybody punishes the reporter; the words are offered, not fixed."""

    message = TextAreaField(_("The question"), id="check-in-message")


class NoteForm(Form):
    """A note for the team, kept exactly as typed."""

    note = TextAreaField(_("A new note"))


class TitleForm(Form):
    """The working title of a case."""

    title = Line(_("Working title"))


class ColleagueForm(Form):
    """A colleague to give the case to."""

    colleague = RadioField(_("Colleague"), validate_choice=False)


class DutyForm(Form):
    """Who is on duty, and from which day to which."""

    person = SelectField(_("Who"), validate_choice=False)
    first = Line(_("First day"), [needed])
    last = Line(_("Last day"), [needed])

    def validate_person(self, field: Field) -> None:
        """Somebody; whether they may be on duty is for the service to say."""
        if id_from(field.data) is None:
            raise StopValidation(gettext("Please choose somebody of your office who reads cases."))

    def validate_first(self, field: Field) -> None:
        """A day of the calendar."""
        if self.day(field) is None:
            raise StopValidation(gettext("Please give a day, such as 2026-03-02."))

    validate_last = validate_first

    @staticmethod
    def day(field: Field) -> date | None:
        """Return the day that was typed, or nothing where it is none."""
        try:
            return date.fromisoformat(field.data or "")
        except ValueError:
            return None


class GroundForm(Form):
    """Why a duty opens a name."""

    ground = RadioField(_("Ground"), [on_offer], validate_choice=False)


class OfficeForm(Form):
    """Everything that is public about an office."""

    name = Line(_("Name"), [needed])
    code = Line(_("Short code for posters"), [needed])
    head_count = Line(_("How many people work there"), [needed])
    external = BooleanField(_("This is an outside desk"))
    parent = SelectField(_("The office above it"), [on_offer], validate_choice=False)
    desk = SelectField(_("Its outside desk"), [on_offer], validate_choice=False)
    country = SelectField(_("Country"), [on_offer], validate_choice=False)
    time_zone = Line(_("Time zone"), [needed])
    weekend = SelectMultipleField(_("Days on which nobody works"), validate_choice=False)
    holidays = TextAreaField(_("Holidays"))
    reader_languages = Line(_("Languages that its readers read"), [needed])
    emergency = Line(_("Emergency number there"))

    def validate_head_count(self, field: Field) -> None:
        """A whole number."""
        if not (field.data.isascii() and field.data.isdigit() and int(field.data) <= LARGEST_OFFICE):
            raise StopValidation(gettext("Please give a whole number, such as 120."))

    def validate_emergency(self, field: Field) -> None:
        """A short number, such as 112, or nothing."""
        if not is_emergency_number(field.data or ""):
            raise StopValidation(gettext("Please give a whole number, such as 120."))

    def validate_time_zone(self, field: Field) -> None:
        """A zone that this machine knows."""
        if not is_time_zone(field.data):
            raise StopValidation(gettext("No time zone is called this. An example: Africa/Nairobi."))

    def validate_weekend(self, field: Field) -> None:
        """Days that there are, and enough left to work on."""
        if not is_calendar(",".join(field.data or ()), ""):
            raise StopValidation(gettext("Please choose at most three days."))

    def validate_holidays(self, field: Field) -> None:
        """A date on each line."""
        if not is_calendar("", clean_text(str(field.data or ""))):
            raise StopValidation(
                gettext("Begin each line with a date such as 2027-01-01, and write at most 400 lines.")
            )

    def facts(self) -> OfficeFacts:
        """Return what was filled in."""
        return OfficeFacts(
            name=str(self.name.data),
            code=str(self.code.data).lower(),
            head_count=int(str(self.head_count.data)),
            external=bool(self.external.data),
            parent_id=id_from(self.parent.data),
            desk_id=id_from(self.desk.data),
            country=str(self.country.data or ""),
            time_zone=str(self.time_zone.data),
            weekend=weekend_text(frozenset(self.weekend.data or ())),
            holidays=holidays_text(read_holidays(clean_text(str(self.holidays.data or "")))),
            reader_languages=", ".join(parts_of(str(self.reader_languages.data))),
            emergency=str(self.emergency.data or ""),
        )


def weakness_sentence(why: Weakness) -> str:
    """Return why a passphrase cannot be used, and what can."""
    sentences = {
        Weakness.TOO_SHORT: gettext(
            "This is too short: at least %(number)s characters. Several words in a row are easy to keep.",
            number=MINIMUM_LENGTH,
        ),
        Weakness.TOO_LONG: gettext("This is too long: at most 256 characters."),
        Weakness.COMMON: gettext(
            "This is too easy to guess. Take several words that have nothing to do with each other or with you."
        ),
    }
    return str(sentences[why])
