"""The forms with which staff show who they are, and promise what they keep to."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, Form, HiddenField, PasswordField

from reporting.web.staff.forms import Line, needed


class Code(Line):
    """A code, which no page ever shows again."""

    def _value(self) -> str:
        return ""


class CodeForm(Form):
    """The first code of an authenticator app."""

    code = Code(_("Code"), [needed])


class FactorForm(Form):
    """A second factor: a code, or what a passkey has signed, which a script fills in."""

    code = Code(_("Code"))
    credential = HiddenField()
    needs_code = True

    def validate_code(self, field: Field) -> None:
        """Needed where nothing else is shown."""
        if self.needs_code and not self.credential.data:
            needed(self, field)


class ProofForm(FactorForm):
    """Passphrase and, where the person has one, second factor."""

    passphrase = PasswordField(_("Your passphrase"), [needed])
    code = Code(_("Code from your app, or a recovery code"))

    def __init__(self, *data: Any, needs_code: bool) -> None:
        super().__init__(*data)
        self.needs_code = needs_code


class ConductForm(Form):
    """The yes to a version of the code of conduct."""

    version = Line()
    yes = BooleanField(_("I have read this and keep to it."))
