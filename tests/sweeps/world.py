"""One instance with somebody in every role, and cases that each role holds, does not hold, or must never know of.

It is built once; tests that change something work on a copy, in which the same people are signed in.
"""

import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from flask import url_for
from werkzeug.routing import Rule

from reporting.config import Settings
from reporting.crypto.token import Token, draw
from reporting.domain.case import CaseKind
from reporting.domain.directory.listing import WORLDWIDE
from reporting.domain.directory.taxonomies import Pathway, stable_id, term_id
from reporting.domain.fund.requests import Criterion, Need
from reporting.domain.help.library import Audience, DocumentFacts, Kind
from reporting.domain.people import Role
from reporting.domain.questions import Door
from reporting.domain.reading.conflict import Tie
from reporting.domain.sealed.disclosure import Answer, AnswerState, Identity, People, Person
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework.messages import write_as_staff
from reporting.services.fund import beginning, hers, providers
from reporting.services.fund.beginning import FundFacts
from reporting.services.fund.providers import ProviderFacts
from reporting.services.help import library
from reporting.services.help.directory import load_shipped
from reporting.services.help.file_types import examine
from reporting.services.organisation import events
from reporting.services.organisation.events import EventFacts
from reporting.services.reading import assignment, conflict, guests, identity
from reporting.store.database import open_stores, reading
from reporting.store.offices import Office
from reporting.store.requests import requests_of
from reporting.web.survivor.refs import ref_of
from tests.builders import (
    Built,
    add_desk,
    add_office,
    add_reader,
    add_staff,
    add_team,
    cheap_passphrases,
    in_unit,
    make_instance,
    send_report,
    sign_law,
)
from tests.directory import add_entry
from tests.evidence import add_file, photo
from tests.services.protection.referring import agree, issue, offer
from tests.visitor import Visitor

HERS: Final = "Quillfeather-hers"
FOREIGN: Final = "Ambersand-foreign"
LONE: Final = "Wintergreen-lone"
DESKS: Final = "Thistledown-desk"
BARRED: Final = "Silverbirch-barred"
"""The case in which everybody here but one handler is linked to a named person."""

DUTY: Final = "To tell the authorities when a life is in danger."
_SHIPPED: Final = (WORLDWIDE, "StopNCII")
"""A service that is there in any case: in the directory, and where no database answers."""
STRANGER: Final = "stranger"
"""A case manager of another office: a reader, but of nothing here."""


@dataclass(frozen=True)
class Sent:
    """One case and the person whose it is."""

    token: Token
    reporter: Reporter
    case_id: bytes


@dataclass(frozen=True)
class Objects:
    """What addresses can name: a case with a request of it, an account, an office."""

    case_id: bytes
    request_id: bytes
    staff_id: bytes
    office_id: bytes
    entry_id: bytes = bytes(16)
    link_id: bytes = bytes(16)
    ref: str = "0" * 16
    door: Door = Door.INFORMAL
    number: int = 1
    language: str = "en"
    document_id: bytes = bytes(16)
    name: str = "document-0000.txt"
    kind: str = "all"
    event_id: bytes = bytes(16)
    code: str = "training-7"
    paper: str = "poster.pdf"
    group: str = "around"
    fund_id: bytes = bytes(16)
    asked_id: bytes = bytes(16)
    provider_id: bytes = bytes(16)
    asked: str = "0" * 16
    piece_id: bytes = bytes(16)
    piece: str = "0" * 16
    book_year: int = 2026
    country: str = "MD"
    service_id: bytes = bytes(16)
    hsds_service: str = stable_id("service", *_SHIPPED)
    hsds_organization: str = stable_id("organization", *_SHIPPED)
    hsds_taxonomy: str = stable_id("taxonomy", "pathways")
    hsds_term: str = term_id(Pathway.CRISIS)

    def for_rule(self, rule: Rule) -> dict[str, Any]:
        """Return what this rule asks for; a word that is new in addresses has to be taught here."""
        return {name: getattr(self, name) for name in rule.arguments}


@dataclass(frozen=True)
class World:
    """The instance, its people and their cases."""

    built: Built
    staff: dict[str, StaffMember]
    cookies: dict[str, tuple[str, str]]
    hers: Sent
    foreign: Sent
    lone: Sent
    desks: Sent
    barred: Sent
    own: Objects
    others: Objects

    def own_of(self, who: str) -> Objects:
        """Return what belongs to a role: her own case, or the case that they hold."""
        if who == Role.OUTSIDE_DESK:
            return replace(self.own, case_id=self.desks.case_id)
        return self.others if who == STRANGER else self.own

    def marks_of(self, who: str) -> frozenset[str]:
        """Return the words that this role may read somewhere."""
        reads = {Role.OUTSIDE_DESK.value: DESKS, STRANGER: FOREIGN}
        handles = {Role.CASE_MANAGER.value, Role.INVESTIGATOR.value, Role.SURVIVOR.value, Role.GUEST.value}
        return frozenset({HERS} if who in handles else {reads[who]} if who in reads else ())

    def not_of(self, who: str) -> list[Objects]:
        """Return what belongs to somebody else: cases that this role neither wrote nor holds."""
        # The outside desk is asked about the identity in her case: that request is theirs, the case is not.
        cases = {HERS: replace(self.own, request_id=self.others.request_id), FOREIGN: self.others}
        found = [objects for mark, objects in cases.items() if mark not in self.marks_of(who)]
        elsewhere = self.others if who != STRANGER else self.own
        found += [replace(elsewhere, case_id=self.lone.case_id), replace(elsewhere, case_id=self.barred.case_id)]
        return found if who == Role.OUTSIDE_DESK else [*found, replace(found[0], case_id=self.desks.case_id)]

    def visitor(self, who: str) -> Visitor:
        """Return a browser in which this role is signed in; `anyone` has no cookie."""
        visitor = Visitor(self.built)
        if who in self.cookies:
            visitor.flask.set_cookie(*self.cookies[who])
        return visitor

    def copy(self, folder: Path) -> "World":
        """Return a copy that a test may change."""
        data = folder / "data"
        shutil.copytree(self.built.settings.data, data)
        settings = Settings.from_environment({"REPORTING_DATA": str(data)})
        stores = open_stores(settings.database_url, settings.shred_url, settings.blobs_url)
        return replace(self, built=replace(self.built, settings=settings, stores=stores))

    def url(self, rule: Rule, objects: Objects) -> str:
        """Return an address of this rule."""
        with self.built.app.test_request_context():
            return url_for(rule.endpoint, **objects.for_rule(rule))

    @cached_property
    def rules(self) -> list[Rule]:
        """Return every rule but the one of static files."""
        return [rule for rule in self.built.app.url_map.iter_rules() if rule.endpoint != "static"]

    def with_method(self, method: str) -> list[Rule]:
        """Return every rule that answers a method."""
        return [rule for rule in self.rules if method in (rule.methods or ())]


def build_world(folder: Path) -> World:
    """Build it; everything goes through the services, and every session through the sign-in."""
    built = make_instance(folder)
    team = add_team(built, country="MD")
    sign_law(built, team.office, identity_duty=DUTY)
    second = add_desk(built, "Second desk")
    add_reader(built, second, Role.OUTSIDE_DESK, "Otto Brandt")
    other = add_office(built, "Nairobi", desk=second, is_open=True, country="MD")
    stranger = add_reader(built, other, Role.CASE_MANAGER, "Carla Santos")
    add_reader(built, other, Role.CASE_MANAGER, "Dan Mwangi")
    staff = {
        Role.CASE_MANAGER.value: team.amina,
        Role.INVESTIGATOR.value: team.ines,
        Role.OUTSIDE_DESK.value: team.desk_reader,
        STRANGER: stranger,
        **{role.value: add_staff(built, team.office, role, f"Person {role.value[:4]}") for role in _WITHOUT_CASES},
    }
    hers = _send(built, team.office, HERS)
    foreign = _send(built, other, FOREIGN, named=team.amina.display_name)
    lone = _send(built, None, LONE)
    desks = _send(built, team.office, DESKS, kind=CaseKind.COMPLAINT, door=Door.COMPLAINT)
    _give(built, team.amina, hers.case_id, team.ines)
    barred = _send(built, team.office, BARRED)
    _bar(built, team.ben, barred.case_id, [one for who, one in staff.items() if who != STRANGER])
    document_id = _document(built, staff[Role.DIRECTORY_EDITOR.value])
    own = Objects(hers.case_id, _ask(built, team.ben, hers), team.ben.staff_id, team.office.id)
    others = Objects(foreign.case_id, _ask(built, stranger, foreign), stranger.staff_id, other.id)
    named = f"document-{document_id.hex()[:4]}.txt"
    in_unit(built, load_shipped, "international")
    service_id = UUID(add_entry(built, "A line", days=1)).bytes
    event = EventFacts("A training", team.office.id, built.house.today(), built.house.today())
    event_id = in_unit(built, events.add_event, staff[Role.DIRECTORY_EDITOR.value], Objects.code, event)
    public = {"document_id": document_id, "service_id": service_id, "event_id": event_id}
    own, others = (replace(one, name=named, **public) for one in (own, others))
    fund_id, asked_id, provider_id = _fund(built, team.office, staff[Role.LEGAL_AID_OFFICER.value], hers)
    own = replace(own, fund_id=fund_id, asked_id=asked_id, provider_id=provider_id)
    own = replace(own, piece_id=add_file(built, hers.reporter, hers.case_id, photo()).id)
    world = World(built, staff, {}, hers, foreign, lone, desks, barred, own, others)
    cookies = {who: _cookie(Visitor(built).sign_in(member), "w") for who, member in staff.items()}
    survivor = come_back(Visitor(built), hers.token)
    cookies[Role.SURVIVOR.value] = _cookie(survivor, "p")
    cookies[Role.GUEST.value] = _cookie(_come_as_guest(built, hers), "p")
    cookies[Role.PROVIDER.value] = _cookie(_come_as_provider(built, team.ben, hers), "p")
    with built.app.test_request_context(headers=survivor._cookies()):
        refs = ref_of(hers.case_id), ref_of(foreign.case_id)
        pieces = [ref_of(own.piece_id), ref_of(add_file(built, foreign.reporter, foreign.case_id, photo()).id)]
    own, others = replace(own, ref=refs[0], piece=pieces[0]), replace(others, ref=refs[1], piece=pieces[1])
    return replace(world, cookies=cookies, own=own, others=others)


_WITHOUT_CASES: Final = (
    Role.FOCAL_POINT,
    Role.DIRECTORY_EDITOR,
    Role.LEGAL_AID_OFFICER,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
)


def come_back(visitor: Visitor, token: Token) -> Visitor:
    """Open her page with a token."""
    answer = visitor.post("/en/return", {"token": " ".join(token.words("en"))})
    assert answer.status_code == 303, answer.status_code
    assert answer.headers["Location"].startswith("/en/page"), answer.headers["Location"]
    return visitor


def _come_as_guest(built: Built, sent: Sent) -> Visitor:
    """Let her representative in, who comes with a token of their own."""
    token, until = draw("en"), built.house.today() + timedelta(days=30)
    keys = guests.keys_of(built.house, token)
    in_unit(built, guests.invite, sent.reporter, sent.case_id, name="Rosa", until=until, keys=keys)
    visitor = Visitor(built)
    answer = visitor.post("/en/return", {"token": " ".join(token.words("en"))})
    assert answer.headers["Location"] == "/en/beside", answer.headers["Location"]
    return visitor


def _come_as_provider(built: Built, member: StaffMember, sent: Sent) -> Visitor:
    """Refer her to a service, which may read the words of the offer and no item, and let the service open its link."""
    referral_id = offer(built, member, sent.case_id)
    agree(built, sent.reporter, sent.case_id, referral_id, [])
    link_id, passphrase = issue(built, member, sent.case_id, referral_id)
    visitor = Visitor(built)
    with cheap_passphrases():
        answer = visitor.post(f"/en/r/{link_id.hex()}", {"passphrase": passphrase})
    assert answer.headers["Location"] == "/en/r", answer.headers["Location"]
    return visitor


def _send(built: Built, office: Office | None, mark: str, named: str = "", **more: Any) -> Sent:
    about = Identity((Answer("about.name", "Your name", AnswerState.ANSWERED, f"Name of {mark}"),))
    people = People((Person(name=named),)) if named else People((Person(name=f"Person of {mark}"),))
    return Sent(*send_report(built, office, f"Story of {mark}", people=people, identity=about, **more))


def _give(built: Built, giver: StaffMember, case_id: bytes, taker: StaffMember) -> None:
    in_unit(built, casework.declare_no_conflict, giver, case_id)
    in_unit(built, assignment.assign, giver, case_id, taker.staff_id)
    in_unit(built, casework.declare_no_conflict, taker, case_id)


def _bar(built: Built, handler: StaffMember, case_id: bytes, people: list[StaffMember]) -> None:
    """Let a handler link people to somebody who is named, and write what would give the case away."""
    in_unit(built, casework.declare_no_conflict, handler, case_id)
    for one in people:
        assert in_unit(built, conflict.link, handler, case_id, Tie.ACCOUNT, one.staff_id, 0)
    in_unit(built, casework.name_case, handler, case_id, f"Title of {BARRED}")
    in_unit(built, casework.write_note, handler, case_id, f"Note of {BARRED}")
    in_unit(built, write_as_staff, handler, case_id, f"Message of {BARRED}")


def _ask(built: Built, member: StaffMember, sent: Sent) -> bytes:
    """Let somebody ask by duty for who wrote this, and return the request."""
    in_unit(built, casework.declare_no_conflict, member, sent.case_id)
    in_unit(built, identity.ask_by_duty, member, sent.case_id, identity.Ground.RISK_TO_LIFE)
    with reading(built.stores) as work:
        (found,) = requests_of(work.main, sent.case_id)
        return found.id


def _fund(built: Built, office: Office, officer: StaffMember, sent: Sent) -> tuple[bytes, bytes, bytes]:
    """Begin a fund that somebody has asked, and add somebody who is paid."""
    facts = FundFacts("Legal help", "MDL", 90, (Criterion.CANNOT_PAY,))
    fund_id = in_unit(built, beginning.begin_fund, officer, facts)
    second = add_staff(built, office, Role.LEGAL_AID_OFFICER, "Second officer")
    in_unit(built, beginning.set_open, second, fund_id, is_open=True)
    wish = hers.Wish(fund_id, Need.ADVICE, "MD", 50_000, (Criterion.CANNOT_PAY,))
    asked_id = in_unit(built, hers.ask, sent.reporter, sent.case_id, wish)
    lawyer = ProviderFacts("A lawyer", "MD", "+373 22 000 000")
    return fund_id, asked_id, in_unit(built, providers.propose, officer, lawyer)


def _document(built: Built, editor: StaffMember) -> bytes:
    """Put something into the library."""
    facts = DocumentFacts("Where to turn", "An office", Kind.GUIDE, Audience.ANYONE, "en", built.house.today())
    added: bytes = in_unit(built, library.add_document, editor, facts, examine(b"Some words."))
    return added


def _cookie(visitor: Visitor, name: str) -> tuple[str, str]:
    cookie = visitor.flask.get_cookie(name)
    assert cookie is not None
    return name, cookie.value
