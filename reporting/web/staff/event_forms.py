"""The forms of an event."""

from datetime import date

from flask_babel import lazy_gettext as _
from wtforms import Form, SelectField

from reporting.services.organisation.events import EventFacts
from reporting.web.addresses import id_from
from reporting.web.staff.forms import Line, needed, on_offer
from reporting.web.staff.protection_forms import Day, a_day


class EventForm(Form):
    """What is said of an event."""

    name = Line(_("What it is called"), [needed])
    office = SelectField(_("The office that takes reports about it"), [on_offer], validate_choice=False)
    starts_on = Day(_("First day"), [a_day])
    ends_on = Day(_("Last day"), [a_day])

    def facts(self) -> EventFacts:
        """Return what was filled in."""
        return EventFacts(
            str(self.name.data),
            id_from(self.office.data) or b"",
            self.starts_on.day or date.max,
            self.ends_on.day or date.min,
        )


class NewEventForm(EventForm):
    """A new event, which gets its code once and for ever."""

    code = Line(_("Short code"), [needed])
