"""Offices, accounts and reports for tests, made through the services as in real life."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from reporting.crypto.keys import KeyPair
from reporting.crypto.secret import Seed
from reporting.crypto.token import Token, draw
from reporting.domain.case import CaseKind
from reporting.domain.factors import Authenticator
from reporting.domain.help.legal_profile import LegalProfile, Statute, Texts
from reporting.domain.people import READERS, Role
from reporting.domain.questions import CATALOGUE_VERSION, Door
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.disclosure import Answer, AnswerState, Choices, Disclosure, Identity, People, Person
from reporting.services.actors import Reporter, StaffMember
from reporting.services.errors import AlreadyInForce
from reporting.services.help import legal_profiles
from reporting.services.organisation import accounts, conduct, offices
from reporting.services.reading import trust
from reporting.services.reading.readers import audience_of
from reporting.services.signing_in import factors
from reporting.services.survivor import report, tokens
from reporting.store.database import reading, writing
from reporting.store.legal_profiles import newest_profile
from reporting.store.offices import Office, find_office
from reporting.store.staff import Staff, find_staff
from tests.instance import MONDAY as MONDAY
from tests.instance import PASSPHRASE as PASSPHRASE
from tests.instance import Built as Built
from tests.instance import Clock as Clock
from tests.instance import cheap_passphrases as cheap_passphrases
from tests.instance import make_instance as make_instance

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What the authenticator apps of all these people hold."""


def add_office(
    built: Built, name: str = "Geneva", *, desk: Office | None = None, is_open: bool = False, **facts: Any
) -> Office:
    """Add an office; `is_open` opens it without asking whether anybody reads there."""
    code = facts.pop("code", name.lower().replace(" ", "-"))
    known = {"head_count": 120, "desk_id": desk.id if desk else None}
    with writing(built.stores) as work:
        office = offices.add_office(work, built.house, offices.OfficeFacts(name=name, code=code, **(known | facts)))
        office.is_open = is_open
        office_id = office.id
    return office_of(built, office_id)


def sign_law(built: Built, office: Office, *, days: int = 365, **says: Any) -> Office:
    """Let a reviewer sign today what the law says where an office stands, and return the office.

    :param days: for how long it is valid; what was signed before for its country is kept beside `says`.
    :param says: fields of `Texts`.
    """
    with writing(built.stores) as work:
        row = find_office(work.main, office.id)
        assert row is not None
        row.country = row.country or "CH"
        known = newest_profile(work.main, row.country)
        texts = LegalProfile.from_bytes(known.content).texts[0] if known else _UNSAID
        first, last = built.house.today(), built.house.today() + timedelta(days=days)
        profile = LegalProfile(row.country, "Rita Voss", first.isoformat(), last.isoformat(), (replace(texts, **says),))
        with suppress(AlreadyInForce):
            legal_profiles.add_version(work, built.house, profile)
    return office_of(built, office.id)


_UNSAID = Texts("en", "Lawyer at an invented bar", (Statute("Labour code", "No harassment.", "Gazette 1"),))


def add_desk(built: Built, name: str = "Outside desk") -> Office:
    """Add an external office."""
    return add_office(built, name, external=True)


def add_staff(built: Built, office: Office, role: Role, name: str, *, vouched: bool = True) -> StaffMember:
    """Add an account and let its person enrol; a reader sets up a second factor, accepts the code
    of conduct and is vouched for at the console.
    """
    username, code = _username(name), add_invited(built, office, name, role)
    with cheap_passphrases():
        seed, sealed = accounts.prepare_key(username, name, PASSPHRASE)
    with writing(built.stores) as work:
        accounts.enrol(work, built.house, username, code, seed, sealed)
    with reading(built.stores) as work:
        staff_id, _ = accounts.stored_seed(work, username) or (b"", None)
    member = StaffMember(staff_id, username, name, role, office.id, KeyPair.from_seed(seed))
    if role in READERS:
        add_second_factor(built, staff_id, seed)
        accept_conduct(built, member)
        if vouched:
            vouch_for(built, member)
    return member


def accept_conduct(built: Built, member: StaffMember) -> None:
    """Accept the code of conduct that is in force."""
    with reading(built.stores) as work:
        version = conduct.current_code(work, member.office_id).version
    in_unit(built, conduct.accept, member, version)


def add_second_factor(built: Built, staff_id: bytes, seed: Seed) -> None:
    """Set up an authenticator app whose codes have not been used yet."""
    app = Authenticator(SECRET, last_step=0)
    in_unit(built, factors.add, factors.Person(staff_id, seed), app, first=True)


def add_invited(built: Built, office: Office, name: str, role: Role = Role.INVESTIGATOR) -> str:
    """Add an account that nobody has enrolled yet, and return its one-time code."""
    with writing(built.stores) as work:
        return accounts.create_account(
            work, built.house, username=_username(name), display_name=name, role=role, office_id=office.id
        )


def _username(name: str) -> str:
    return name.lower().replace(" ", ".")


def add_reader(built: Built, office: Office, role: Role, name: str) -> StaffMember:
    """Add somebody to whom cases are sealed: enrolled and vouched for."""
    return add_staff(built, office, role, name)


def vouch_for(built: Built, member: StaffMember) -> None:
    """Make a reader's key trusted, as the operator's console does for the first two of an office."""
    with writing(built.stores) as work:
        staff = find_staff(work.main, member.staff_id)
        assert staff is not None
        if len(trust.trusted_readers(work, built.house, staff.office_id)) < trust.CONSOLE_VOUCHES:
            trust.vouch_at_console(work, built.house, staff)
            return
    raise AssertionError("the console vouches for two of an office; let one of them vouch for the next")


def vouch_by(built: Built, voucher: StaffMember, member: StaffMember) -> None:
    """Let a colleague vouch for somebody's key, having heard the right words."""
    with writing(built.stores) as work:
        staff = find_staff(work.main, member.staff_id)
        assert staff is not None
        trust.vouch(work, built.house, voucher, staff.id, trust.fingerprint(staff))


@dataclass(frozen=True)
class Team:
    """An open office with two case managers and an investigator, and the desk that watches it."""

    office: Office
    desk: Office
    amina: StaffMember
    ben: StaffMember
    ines: StaffMember
    desk_reader: StaffMember


def add_team(built: Built, **facts: Any) -> Team:
    """Add the people whom most tests need."""
    desk = add_desk(built)
    office = add_office(built, desk=desk, is_open=True, **facts)
    amina = add_reader(built, office, Role.CASE_MANAGER, "Amina Diallo")
    ben = add_reader(built, office, Role.CASE_MANAGER, "Ben Okafor")
    ines = add_staff(built, office, Role.INVESTIGATOR, "Ines Moreau", vouched=False)
    vouch_by(built, amina, ines)
    return Team(office, desk, amina, ben, ines, add_reader(built, desk, Role.OUTSIDE_DESK, "Olga Petrenko"))


def send_report(
    built: Built,
    office: Office | None,
    text: str = "He keeps sending me messages at night.",
    *,
    token: Token | None = None,
    people: People | None = None,
    named: tuple[str, ...] = (),
    identity: Identity | None = None,
    door: Door = Door.INFORMAL,
    kind: CaseKind = CaseKind.REPORT,
    shown: tuple[str, str] | None = None,
    **choices: Any,
) -> tuple[Token, Reporter, bytes]:
    """Send a report to an office, or keep a private record where there is none; return token, reporter and case id.

    :param named: names of people who did it, as short for `people`.
    :param shown: the law and the duty that she read before, where it is not what the law says at this moment.
    :param choices: fields of `Choices`; whatever is not given is the most careful answer but for "tell me".
    """
    first, token = token is None, token or draw("en")
    reporter, today = tokens.reporter_from(built.house, token), built.house.today()
    door = door if office else Door.PRIVATE
    answers = (Answer("account.story", "In your own words", AnswerState.ANSWERED, text),)
    submission = report.Submission(
        Disclosure(CATALOGUE_VERSION, "en", door, answers, today.isoformat()),
        people or People(named=tuple(Person(name=name) for name in named)),
        Choices(**({"door": door, "language": "en", "new_readers": NewReaders.TELL} | choices)),
        identity or Identity(),
        kind,
    )
    with reading(built.stores) as work:
        desk_only = kind is CaseKind.COMPLAINT
        where = find_office(work.main, office.id) if office else None
        law = legal_profiles.claims(work, built.house, where.country if where else "", "en")
        may_keep, may_open = (law.hold_law, law.identity_duty) if shown is None else shown
        submission = replace(submission, law=may_keep, duty=may_open)
        audience = (
            audience_of(work, built.house, where, submission.people, desk_only=desk_only) if where is not None else None
        )
        sealed = report.seal_report(built.house, reporter, submission, audience, today=today)
    with writing(built.stores) as work:
        case_id = report.submit_report(work, built.house, reporter, sealed, first=first)
    return token, reporter, case_id


def staff_row(built: Built, member: StaffMember) -> Staff:
    """Return an account as it is stored now."""
    with reading(built.stores) as work:
        staff = find_staff(work.main, member.staff_id)
        assert staff is not None
        work.main.expunge(staff)
        return staff


def office_of(built: Built, office_id: bytes) -> Office:
    """Return an office as it is stored now."""
    with reading(built.stores) as work:
        office = find_office(work.main, office_id)
        assert office is not None
        work.main.expunge(office)
        return office


def in_unit(built: Built, use: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Call a service in a writing unit of its own: in_unit(built, casework.view_case, amina, case_id)."""
    with writing(built.stores) as work:
        return use(work, built.house, *arguments, **named)
