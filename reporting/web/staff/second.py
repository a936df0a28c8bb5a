"""Whose second factor is asked for here, and how what is shown is checked: counted, noted, and never counted twice."""

from collections.abc import Callable

from flask import abort, request

from reporting.services.signing_in.factors import Person, WrongFactor, factors_of, note_refused, show_code
from reporting.services.signing_in.passkeys import Site, is_for, options_to_show, show_passkey
from reporting.services.signing_in.setting_up import new_challenge, take_challenge
from reporting.services.signing_in.throttle import SECOND_FACTOR
from reporting.store.database import Work, reading, writing
from reporting.store.factors import has_factors
from reporting.web.instance import here
from reporting.web.staff.account_forms import FactorForm
from reporting.web.staff.login import arriving, signed_in
from reporting.web.staff.pages import my_ticket


def whose() -> Person:
    """Return whose factors this session is about: of somebody signed in, or half way there."""
    member = signed_in()
    if member is not None:
        return Person(member.staff_id, member.pair.seed)
    person = arriving() or abort(404)
    return Person(person.staff_id, person.seed)


def has_any(person: Person) -> bool:
    """Return whether this person has set up a second factor."""
    with reading(here().stores) as work:
        return has_factors(work.main, person.staff_id)


def take_code(person: Person, typed: str) -> None:
    """Take a code, and use it up.

    :raises WrongFactor: it does not fit.
    :raises TooMany: too many have not fitted, wherever they came from.
    """
    counted(person, lambda work: show_code(work, here().house, person, typed))


def here_as() -> Site:
    """Return under which address this person is here, as their browser names it."""
    return Site(f"{request.scheme}://{request.host}")


def passkey_to_show(person: Person) -> str:
    """Return what a browser needs to use a passkey now, under a fresh challenge; empty where that cannot be."""
    site = here_as()
    with reading(here().stores) as work:
        held = factors_of(work, person)
    if not is_for(site, held):
        return ""
    with writing(here().stores) as work:
        return options_to_show(site, held, new_challenge(work, here().house, my_ticket()))


def take_passkey(person: Person, answer: str) -> None:
    """Take what a passkey has signed; the challenge is gone, whatever comes of it.

    :raises WrongFactor: it does not fit.
    :raises TooMany: too many have not fitted.
    """
    site, challenge = here_as(), taken_challenge()
    counted(person, lambda work: show_passkey(work, person, site, challenge, answer))


def taken_challenge() -> bytes:
    """Return what was to be signed in this session, once."""
    with writing(here().stores) as work:
        return take_challenge(work, here().house, my_ticket())


def take(person: Person, form: FactorForm) -> None:
    """Take a code or what a passkey has signed, whichever the form carries; see `take_code` and `take_passkey`."""
    if form.credential.data:
        take_passkey(person, str(form.credential.data))
    else:
        take_code(person, str(form.code.data))


def counted(person: Person, check: Callable[[Work], None]) -> None:
    """Check something that this person shows, counting the tries against the account and not against an address.

    Whoever gets here knows the passphrase, so no stranger can shut the person out by failing.
    """
    instance, client = here(), person.staff_id.hex()
    instance.throttle.count_try(SECOND_FACTOR, client)
    try:
        with writing(instance.stores) as work:
            check(work)
    except WrongFactor:
        if instance.throttle.may_note():
            with writing(instance.stores) as work:
                note_refused(work, instance.house, person)
        raise
    instance.throttle.forget_tries(SECOND_FACTOR, client)
