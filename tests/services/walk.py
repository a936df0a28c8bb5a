"""A random history of one case: she, its handlers and the outside desk act in any order; refusals count as answers."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from reporting.domain.case import Act, NotPossible, Status, acts
from reporting.domain.people import Role
from reporting.domain.questions import Door
from reporting.domain.reading.consent import NewReaders, Purpose
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework import clocks, closing, messages, outcome
from reporting.services.errors import Refused
from reporting.services.reading import approvals, assignment, identity, requests
from reporting.services.reading.consent import people_of
from reporting.services.reading.readers import audience_of
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import choosing, erasure, record, tokens
from reporting.store.database import Work, writing
from reporting.store.holdings import holders_of
from reporting.store.offices import find_office
from reporting.store.requests import Request
from tests.builders import Built, Team, add_reader, send_report
from tests.services.acts import called, declare_duty
from tests.services.survivor.test_tokens import another


@dataclass
class Walk:
    """Who takes part, and what they did so far."""

    built: Built
    team: Team
    random: random.Random
    reporter: Reporter
    case_id: bytes
    staff: list[StaffMember]
    spare: list[Reporter]
    history: list[str] = field(default_factory=list)

    def step(self) -> None:
        """Let one act happen, drawn at random; nobody asks whether it is allowed."""
        act = self.random.choice(ACTS)
        self.history.append(act.__name__)
        try:
            with writing(self.built.stores) as work:
                act(self, work)
        except (Refused, NotPossible) as refusal:
            self.history[-1] += f" ({type(refusal).__name__})"

    def do(self, work: Work, service: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Carry out a service and remember for whom."""
        self.history[-1] += "".join(f" {one.username}" for one in arguments if isinstance(one, StaffMember))
        return service(work, self.built.house, *arguments, **named)

    def anyone(self) -> StaffMember:
        """Return one of the staff."""
        return self.random.choice(self.staff)

    def handler(self, work: Work) -> StaffMember:
        """Return one of those who handle the case; now and then, or where nobody does, anyone."""
        ids = holders_of(work.main, self.case_id)
        found = [member for member in self.staff if member.staff_id in ids]
        return self.random.choice(found) if found and self.random.random() < 0.9 else self.anyone()

    def hers(self, work: Work, service: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Carry out a service of hers in her case."""
        return self.do(work, service, self.reporter, self.case_id, *arguments, **named)

    def theirs(self, work: Work, service: Callable[..., Any], *arguments: Any) -> Any:
        """Carry out a service of one of the staff in her case, the conflict question first."""
        member = self.handler(work)
        self.do(work, casework.declare_no_conflict, member, self.case_id)
        return self.do(work, service, member, self.case_id, *arguments)


def begin(built: Built, team: Team, seed: int) -> Walk:
    """Send a report to an office whose law declares a duty, and gather who may come to handle it."""
    office = declare_duty(built, team.office)
    other = add_reader(built, team.desk, Role.OUTSIDE_DESK, "Piotr Nowak")
    spare = [another(built) for _ in range(2)]
    chance = random.Random(seed)  # noqa: S311 - a history, not a secret
    choice = chance.choice(list(NewReaders))
    _, reporter, case_id = send_report(built, office, identity=called("Nadia"), new_readers=choice)
    staff = [team.amina, team.ben, team.ines, team.desk_reader, other]
    return Walk(built, team, chance, reporter, case_id, staff, spare)


def she_closes_it_to_someone(walk: Walk, work: Work) -> None:
    """Somebody loses every key."""
    member = walk.anyone()
    walk.history[-1] += f" {member.username}"
    walk.hers(work, choosing.close_to, member.staff_id)


def she_opens_it_to_someone(walk: Walk, work: Work) -> None:
    """Somebody gets every key that she holds."""
    member = walk.anyone()
    walk.history[-1] += f" {member.username}"
    walk.hers(work, choosing.open_to, member.staff_id)


def she_shows_or_hides_her_name(walk: Walk, work: Work) -> None:
    """The identity switch."""
    walk.hers(work, choosing.set_consent, Purpose.IDENTITY, given=walk.random.random() < 0.5)


def she_changes_how_she_is_told(walk: Walk, work: Work) -> None:
    """Tell me, or ask me first."""
    walk.hers(work, choosing.set_new_readers, walk.random.choice(list(NewReaders)))


def she_answers_what_was_asked(walk: Walk, work: Work) -> None:
    """A yes or a no to one request."""
    rows = work.main.scalars(select(Request.id).where(Request.state == "waiting")).all()
    if rows:
        walk.hers(work, requests.answer, walk.random.choice(rows), yes=walk.random.random() < 0.7)


def she_writes(walk: Walk, work: Work) -> None:
    """A message of hers."""
    walk.hers(work, messages.write_as_reporter, f"Message {len(walk.history)}.")


def she_closes_her_case(walk: Walk, work: Work) -> None:
    """Everybody else loses every key."""
    walk.hers(work, erasure.close)


def she_asks_to_erase_it_or_undoes_it(walk: Walk, work: Work) -> None:
    """Erase in seven days, or not after all."""
    walk.hers(work, walk.random.choice([erasure.erase_later, erasure.undo_erase]))


def she_opens_it_again(walk: Walk, work: Work) -> None:
    """A case that is hers alone goes to the office again, without those whom she closed out."""
    opened = open_case(work, walk.reporter, walk.built.house, walk.case_id)
    office = find_office(work.main, walk.team.office.id)
    assert office is not None
    audience = audience_of(work, walk.built.house, office, people_of(work, opened))
    walk.hers(work, record.open_to_office, audience, Door.FORMAL)


def she_reopens_what_staff_closed(walk: Walk, work: Work) -> None:
    """The same readers go on."""
    walk.hers(work, record.reopen)


def she_replaces_her_token(walk: Walk, work: Work) -> None:
    """The old token dies when she has the new one."""
    if walk.spare:
        fresh = walk.spare[-1]
        walk.do(work, tokens.add_token, walk.reporter, fresh)
        assert walk.do(work, tokens.finish_replacement, walk.reporter.lookup_id, fresh, walk.reporter)
        walk.reporter = walk.spare.pop()


def somebody_reads(walk: Walk, work: Work) -> None:
    """Opening shares what colleagues lack."""
    walk.theirs(work, casework.view_case)


def somebody_writes_a_note(walk: Walk, work: Work) -> None:
    """An internal note."""
    walk.theirs(work, casework.write_note, f"Note {len(walk.history)}.")


def somebody_answers(walk: Walk, work: Work) -> None:
    """A message of the team."""
    walk.theirs(work, messages.write_as_staff, f"Answer {len(walk.history)}.")


def somebody_assigns(walk: Walk, work: Work) -> None:
    """A colleague is brought in."""
    walk.theirs(work, assignment.assign, walk.anyone().staff_id)


def somebody_leaves(walk: Walk, work: Work) -> None:
    """A recusal."""
    walk.do(work, assignment.recuse, walk.handler(work), walk.case_id)


def somebody_takes_a_step(walk: Walk, work: Work) -> None:
    """A step of the status table."""
    opened = open_case(work, walk.reporter, walk.built.house, walk.case_id)
    possible = acts(Status(opened.row.status), Role.CASE_MANAGER) or tuple(Act)
    act = walk.random.choice(possible)
    if act is Act.CLOSE:
        walk.theirs(work, closing.close)
    else:
        walk.theirs(work, casework.take_step, act)


def she_decides_about_check_ins(walk: Walk, work: Work) -> None:
    """No more of them, or again."""
    walk.hers(work, clocks.choose_check_ins, wanted=walk.random.random() < 0.5)


def she_waives_the_outcome(walk: Walk, work: Work) -> None:
    """Without this or an outcome nobody closes anything."""
    walk.hers(work, outcome.waive, waived=walk.random.random() < 0.8)


def somebody_agrees_as_the_second(walk: Walk, work: Work) -> None:
    """What takes two people."""
    member = walk.anyone()
    for asked in approvals.waiting_for(work, walk.built.house, member):
        walk.do(work, approvals.decide, member, asked.request_id, yes=True)


def somebody_asks_her_for_her_name(walk: Walk, work: Work) -> None:
    """A request that waits for her."""
    walk.theirs(work, identity.ask_her)


def somebody_claims_a_duty(walk: Walk, work: Work) -> None:
    """A request that waits for two others."""
    walk.theirs(work, identity.ask_by_duty, identity.Ground.COURT_ORDER)


def somebody_approves(walk: Walk, work: Work) -> None:
    """One of the two yeses."""
    member = walk.anyone()
    for asked in identity.to_approve(work, walk.built.house, member):
        walk.do(work, identity.approve, member, asked.request_id)


ACTS: tuple[Callable[[Walk, Work], None], ...] = (
    she_closes_it_to_someone,
    she_opens_it_to_someone,
    she_opens_it_to_someone,
    she_shows_or_hides_her_name,
    she_changes_how_she_is_told,
    she_answers_what_was_asked,
    she_writes,
    she_closes_her_case,
    she_asks_to_erase_it_or_undoes_it,
    she_opens_it_again,
    she_opens_it_again,
    she_opens_it_again,
    she_reopens_what_staff_closed,
    she_replaces_her_token,
    she_decides_about_check_ins,
    she_waives_the_outcome,
    somebody_reads,
    somebody_writes_a_note,
    somebody_answers,
    somebody_assigns,
    somebody_assigns,
    somebody_leaves,
    somebody_takes_a_step,
    somebody_agrees_as_the_second,
    somebody_asks_her_for_her_name,
    somebody_claims_a_duty,
    somebody_approves,
    somebody_approves,
)
