"""Setting up a second factor: what an app and a browser need for it, and what comes after the first one."""

from collections.abc import Callable

import segno
from flask import Response
from markupsafe import Markup
from pyotp import TOTP

from reporting.domain.factors import STEP_SECONDS
from reporting.services.signing_in.factors import Person, draw_codes, factors_of
from reporting.services.signing_in.passkeys import options_to_add
from reporting.services.signing_in.setting_up import keep_recovery, new_challenge
from reporting.store.database import Work, writing
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.login import arriving, finish, signed_in
from reporting.web.staff.pages import my_ticket
from reporting.web.staff.second import here_as


def picture_for_app(secret: str) -> Markup:
    """Return a QR code as a drawing in the page: nothing is loaded, and nothing of it is kept."""
    address = TOTP(secret, interval=STEP_SECONDS).provisioning_uri(
        name=_username(), issuer_name=here().settings.site_name
    )
    drawn = segno.make(address, error="m").svg_inline(scale=4, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704 - drawn here, from squares alone


def passkey_to_add(person: Person) -> str:
    """Return what a browser needs to make a passkey, under a fresh challenge; empty where it could not."""
    site, instance = here_as(), here()
    if not site.can_have_passkeys():
        return ""
    with writing(instance.stores) as work:
        held = factors_of(work, person)
        asked = new_challenge(work, instance.house, my_ticket())
    return options_to_add(site, instance.settings.site_name, _username(), person, held, asked)


def added(person: Person, adding: Callable[[Work, bool], bool]) -> Response:
    """Add a factor and, with the first one, draw recovery codes; whoever was half way in is in now.

    :param adding: adds it; is told whether it has to be the first, and says whether it was.
    """
    newcomer, house = arriving(), here().house
    with writing(here().stores) as work:
        is_first = adding(work, newcomer is not None)
        if is_first:
            keep_recovery(work, house, my_ticket(), draw_codes(work, house, person))
    target = go_to(url("factors.codes") if is_first else url("factors.own", done="factor-added"))
    return finish(target, newcomer) if newcomer else target


def _username() -> str:
    person = signed_in() or arriving()
    return person.username if person else ""
