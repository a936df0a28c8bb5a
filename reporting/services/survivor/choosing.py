"""Her choices on a case, at any time: who reads, what she agrees to, which way it goes."""

from dataclasses import replace

from reporting.domain.case import WITH_ORGANISATION, CaseKind, ItemKind, Status
from reporting.domain.casework.ways import Way, going
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.reading.consent import NewReaders, Purpose
from reporting.domain.sealed.disclosure import Choices, Identity, People
from reporting.services.actors import Reporter
from reporting.services.casework.aside import back_by_her
from reporting.services.casework.clocks import set_clocks
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.organisation.packs import version_of
from reporting.services.oversight.audit import record_reporter, recused_from
from reporting.services.reading.consent import (
    admit,
    choices_of,
    hide_identity,
    people_of,
    set_identity_visible,
    show_identity,
    take_back,
    who_can_open,
)
from reporting.services.sealed.facts import reseal_fact
from reporting.services.sealed.sealing import OpenCase, open_case, rewrite_item
from reporting.services.survivor.erasure import close
from reporting.services.survivor.follow import audience_for, content_of, others_offered
from reporting.store.database import Work
from reporting.store.offices import find_office

CONSENT_EVENTS = {
    (True, True): ReporterEvent.IDENTITY_SHOWN,
    (True, False): ReporterEvent.IDENTITY_HIDDEN,
    (False, True): ReporterEvent.CONSENT_GIVEN,
    (False, False): ReporterEvent.CONSENT_TAKEN_BACK,
}


def close_to(work: Work, house: House, reporter: Reporter, case_id: bytes, staff_id: bytes) -> bool:
    """Close a case to a person, for good unless she opens it again; return whether anybody still reads.

    When nobody in the office is left it goes to the outside desk; when nobody is left there either,
    it is closed to everyone, as `close` does.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    people, hexed = people_of(work, opened), staff_id.hex()
    people = replace(
        people,
        excluded_staff=tuple(sorted({*people.excluded_staff, hexed})),
        opened_to=tuple(known for known in people.opened_to if known != hexed),
    )
    take_back(work, house, opened, staff_id)
    rewrite_item(work, opened, ItemKind.PEOPLE, people.to_bytes())
    record_reporter(work, house, ReporterEvent.READER_CLOSED_OUT, case_id)
    if opened.row.status not in WITH_ORGANISATION or who_can_open(work, house, case_id):
        return True
    return _refill(work, house, reporter, opened, people)


def open_to(work: Work, house: House, reporter: Reporter, case_id: bytes, staff_id: bytes) -> None:
    """Open a case to one more person of its office or outside desk, although a name may resemble.

    :raises NotFound: not one of the people that her page offers.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    people, hexed = people_of(work, opened), staff_id.hex()
    office = find_office(work.main, opened.row.office_id) if opened.row.office_id else None
    audience = audience_for(work, house, opened, office, people)
    offered = {reader.staff_id: reader for reader in others_offered(work, house, (), audience, people)}
    if staff_id not in offered or opened.row.status in (Status.PRIVATE, Status.WITHDRAWN, Status.ERASING):
        raise NotFound
    people = replace(
        people,
        excluded_staff=tuple(known for known in people.excluded_staff if known != hexed),
        opened_to=tuple(sorted({*people.opened_to, hexed})),
    )
    rewrite_item(work, opened, ItemKind.PEOPLE, people.to_bytes())
    identity = Identity.from_bytes(content_of(work, opened, ItemKind.IDENTITY))
    admit(work, house, opened, [offered[staff_id]], with_identity=identity.visible_to_team)
    record_reporter(work, house, ReporterEvent.READER_LET_IN, case_id)


def set_consent(work: Work, house: House, reporter: Reporter, case_id: bytes, purpose: Purpose, *, given: bool) -> None:
    """Give or take back one consent, with its effect: the identity switch seals or destroys keys."""
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if purpose is Purpose.IDENTITY:
        if not given:
            hide_identity(work, house, opened)
        set_identity_visible(work, opened, given)  # under the new key, where one was just made
        for staff in who_can_open(work, house, case_id) if given else ():
            show_identity(work, house, opened, staff.id)
    else:
        rewrite_choices(work, opened, choices_of(work, opened).with_consent(purpose, given))
    reseal_fact(work, house, opened)
    record_reporter(work, house, CONSENT_EVENTS[purpose is Purpose.IDENTITY, given], case_id)


def set_new_readers(work: Work, house: House, reporter: Reporter, case_id: bytes, choice: NewReaders) -> None:
    """Choose between "tell me" and "ask me first"."""
    opened = open_case(work, reporter, house, case_id, to_change=True)
    rewrite_choices(work, opened, replace(choices_of(work, opened), new_readers=choice))
    record_reporter(work, house, ReporterEvent.CHOICES_CHANGED, case_id)


def change_way(work: Work, house: House, reporter: Reporter, case_id: bytes, way: Way) -> None:
    """Change between support only, an informal way and an investigation; hers to choose, at any time.

    :raises NotAllowed: this case is not with an organisation, it is a complaint, which the desk looks into, or the
        rules that it keeps do not offer this way.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if opened.row.status not in WITH_ORGANISATION or opened.row.kind == CaseKind.COMPLAINT:
        raise NotAllowed
    chosen = choices_of(work, opened)
    changed = going(chosen, way)
    if changed.door is not chosen.door and not version_of(work, opened.row).pack.offers(changed.door):
        raise NotAllowed
    rewrite_choices(work, opened, changed)
    back_by_her(work, house, opened)
    opened.row.waiting = True
    set_clocks(work, house, opened.row)
    reseal_fact(work, house, opened)
    record_reporter(work, house, ReporterEvent.DOOR_CHANGED, case_id)


def _refill(work: Work, house: House, reporter: Reporter, opened: OpenCase, people: People) -> bool:
    office = find_office(work.main, opened.row.office_id) if opened.row.office_id else None
    audience = audience_for(work, house, opened, office, people)
    left = recused_from(work, house, opened.id)
    at_desk = audience.desk_readers if audience else ()
    readers = [reader for reader in at_desk if not reader.closed and reader.staff_id not in left]
    if not readers:
        close(work, house, reporter, opened.id)
        return False
    identity = Identity.from_bytes(content_of(work, opened, ItemKind.IDENTITY))
    admit(work, house, opened, readers, with_identity=identity.visible_to_team)
    record_reporter(work, house, ReporterEvent.READER_LET_IN, opened.id)  # her act: a staff event would time it
    return True


def rewrite_choices(work: Work, opened: OpenCase, choices: Choices) -> None:
    """Seal her choices anew."""
    rewrite_item(work, opened, ItemKind.CHOICES, choices.to_bytes())
