"""Whose second factor is asked for here, and how what is shown is checked: counted, noted, and never counted twice."""

from collections.abc import Callable

from flask import abort

from reporting.services.factors import Person, WrongFactor, note_refused, show_code
from reporting.services.throttle import SECOND_FACTOR
from reporting.store.database import Work, reading, writing
from reporting.store.factors import has_factors
from reporting.web.instance import here
from reporting.web.staff.login import arriving, signed_in


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
