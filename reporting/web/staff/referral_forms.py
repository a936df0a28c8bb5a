"""The forms with which handlers refer her to a service. What they carry is checked against what is on offer."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, Form, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import StopValidation

from reporting.domain.directory.listing import Directory, Listed
from reporting.domain.protection.referral import LINK_DAYS, NEED_OF, NEEDS, USUAL_LINK_DAYS
from reporting.services.file.listing import Listed as Item
from reporting.web.staff.forms import Line, on_offer
from reporting.web.staff.listing import options
from reporting.web.staff.protection_forms import words
from reporting.web.staff.work_forms import all_on_offer, offered


def one_service(form: "ReferralForm", field: Field) -> None:
    """Ask for the name of a service that is not listed."""
    if not form.service.data and not (field.data or "").strip():
        raise StopValidation(gettext("Please choose a service from the list, or type its name."))


class ReferralForm(Form):
    """A service to offer, and what it would learn."""

    need = RadioField(_("What it is for"), [on_offer], validate_choice=False)
    service = SelectField(_("Which service"), [on_offer], validate_choice=False)
    provider = Line(_("Another service: its name"), [one_service])
    told = TextAreaField(_("What this service would be told, in your words"), [words])
    items = SelectMultipleField(_("What it could open, if the reporter agrees"), [all_on_offer], validate_choice=False)


class LinkForm(Form):
    """For how long a link waits."""

    days = SelectField(_("The link can be opened for"), [on_offer], validate_choice=False, default=str(USUAL_LINK_DAYS))


def referral_form(directory: Directory, country: str, items: Sequence[Item]) -> ReferralForm:
    """Return the form: services near the office first, and only things that the reporter reads, too."""
    form = ReferralForm(prefix="offer-")
    form.need.choices = offered(NEEDS)
    listed = [(one.id, _named(one)) for one in _nearest_first(directory, country)]
    form.service.choices = [("", gettext("Another service, which I type below")), *listed]
    form.items.choices = options(items)
    return form


def link_form() -> LinkForm:
    """Return the form."""
    form = LinkForm(prefix="link-")
    form.days.choices = [(str(days), gettext("%(count)s days", count=days)) for days in LINK_DAYS]
    return form


def _nearest_first(directory: Directory, country: str) -> list[Listed]:
    """Return the services to which somebody can be referred: those of the country first, then those for anybody."""
    useful = [one for one in directory.services if any(pathway in NEED_OF for pathway in one.pathways)]
    served = [one for one in useful if not country or one.serves(country)]
    return sorted(served, key=lambda one: country not in one.areas)


def _named(one: Listed) -> str:
    return f"{one.name} – {one.organization}" if one.organization not in ("", one.name) else one.name
