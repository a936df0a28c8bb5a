"""The forms of the pages of the assistance fund, and how its requests are shown."""

from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, Form, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import StopValidation

from reporting.domain.fund.money import CURRENCIES
from reporting.domain.fund.requests import CRITERIA, NEEDS, Criterion
from reporting.services.fund.beginning import LEAST_DAYS, MOST_DAYS, FundFacts
from reporting.services.fund.providers import ProviderFacts
from reporting.services.fund.requests import RequestLine
from reporting.web.countries import country_name, country_names
from reporting.web.money import money
from reporting.web.pages import translated
from reporting.web.staff.forms import Line, needed, on_offer
from reporting.web.staff.work_forms import offered

USUAL_DAYS = 90


def _days(_form: Form, field: Field) -> None:
    if field.data is None or not LEAST_DAYS <= field.data <= MOST_DAYS:
        field.errors = []
        raise StopValidation(
            gettext("Please give a number of days from %(least)s to %(most)s.", least=LEAST_DAYS, most=MOST_DAYS)
        )


def _one_at_least(_form: Form, field: Field) -> None:
    if not field.data or not set(field.data) <= set(Criterion):
        raise StopValidation(gettext("Please tick at least one statement."))


class FundForm(Form):
    """A fund that begins."""

    name = Line(_("Name"), [needed])
    currency = SelectField(_("Currency, which is never changed"), [needed, on_offer], validate_choice=False)
    voucher_days = IntegerField(_("How many days a voucher lasts"), [_days], default=USUAL_DAYS)
    criteria = SelectMultipleField(
        _("What somebody who asks confirms"), [_one_at_least], validate_choice=False, default=list(Criterion)[:3]
    )

    def facts(self) -> FundFacts:
        """Return what was filled in."""
        chosen = [Criterion(one) for one in self.criteria.data or ()]
        return FundFacts(str(self.name.data), str(self.currency.data), int(self.voucher_days.data or 0), chosen)


class ProviderForm(Form):
    """Somebody who is paid against a voucher."""

    name = Line(_("Name of the lawyer or organisation"), [needed])
    country = SelectField(_("Country"), [needed, on_offer], validate_choice=False)
    contact = Line(_("How to reach them"), [needed])

    def facts(self) -> ProviderFacts:
        """Return what was filled in."""
        return ProviderFacts(str(self.name.data), str(self.country.data), str(self.contact.data))


@dataclass(frozen=True)
class RequestShown:
    """A request in the words of a page."""

    id: bytes
    need: str
    country: str
    day: date
    wanted: str
    amount: str
    state: str
    first_by: str
    mine: bool


def fund_form() -> FundForm:
    """Return the form, with what was sent."""
    form = FundForm(request.form if request.method == "POST" else None)
    form.currency.choices = [("", ""), *((code, code) for code in sorted(CURRENCIES))]
    form.criteria.choices = offered(CRITERIA)
    return form


def provider_form() -> ProviderForm:
    """Return the form, with what was sent."""
    form = ProviderForm(request.form if request.method == "POST" else None)
    form.country.choices = [("", ""), *country_names()]
    return form


def request_shown(line: RequestLine) -> RequestShown:
    """Return a request in words."""
    currency = line.fund.currency
    return RequestShown(
        line.id,
        translated(NEEDS[line.need]),
        country_name(line.country),
        line.day,
        money(line.wanted, currency),
        money(line.amount, currency) if line.amount is not None else "",
        line.state.value,
        line.first_by,
        line.mine,
    )
