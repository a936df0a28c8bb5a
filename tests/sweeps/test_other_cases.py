"""Whoever is nothing to a case gets 404 for it everywhere, and no page of theirs holds a word of it."""

from collections.abc import Callable

import pytest
from werkzeug.routing import Rule

from reporting.domain.people import Role
from reporting.store.database import reading
from reporting.store.grants import grants_of_case
from reporting.store.holdings import holders_of
from reporting.web.access import HERS
from reporting.web.addresses import reference_of
from tests.sweeps.test_grid import permission, refused
from tests.sweeps.world import BARRED, DESKS, FOREIGN, LONE, STRANGER, World
from tests.sweeps.world import HERS as HER_MARK

PEOPLE = [*(role.value for role in Role), STRANGER]
MARKS = {HER_MARK, FOREIGN, LONE, DESKS, BARRED}
OF_A_CASE = {"case_id", "request_id", "ref"}
OF_THE_HOUSE = {"staff_id", "office_id"}
FIELDS = {
    "text": "A word",
    "message": "A word",
    "note": "A word",
    "title": "A word",
    "act": "acknowledge",
    "passphrase": "lantern quarry velvet orbit 41",
    "ground": "risk_to_life",
    "answer": "yes",
    "purpose": "contact",
    "choice": "ask",
    "door": "formal",
    "sure": "y",
    "make": "spare",
    "only": "0" * 32,
    "day": "2026-03-09",
    "reason": "test",
    "original": "0000-0000",
    "tie": "account",
    "target": "0" * 32,
    "link": "0" * 32,
}


NAMES_A_THING = (
    "follow.shut",
    "follow.let_in",
    "follow.answer",
    "follow.answer_measure",
    "follow.answer_day",
    "follow.answer_offer",
    "follow.answer_outside",
)


def names_a_case(rule: Rule) -> bool:
    """Return whether an address of this rule names something of a case."""
    return bool(OF_A_CASE & rule.arguments)


@pytest.mark.principle("confidentiality")
@pytest.mark.req("U7")
@pytest.mark.parametrize("who", PEOPLE)
def test_a_page_about_a_case_of_others_does_not_exist(world: World, who: str) -> None:
    visitor = world.visitor(who)
    for rule in filter(names_a_case, world.with_method("GET")):
        gone = 303 if refused(who, permission(world, rule)).startswith("/") else 404
        for objects in world.not_of(who):
            assert visitor.get(world.url(rule, objects)).status_code == gone, (who, rule.rule)


@pytest.mark.principle("confidentiality")
@pytest.mark.req("U7")
@pytest.mark.parametrize("who", PEOPLE)
def test_a_form_about_a_case_of_others_does_nothing(fresh: Callable[[], World], who: str) -> None:
    world = fresh()
    visitor, before = world.visitor(who), contents(world)
    for rule in filter(names_a_case, world.with_method("POST")):
        at_the_door = refused(who, permission(world, rule)).startswith("/")
        for objects in world.not_of(who):
            fields = FIELDS | {"colleague": world.own.staff_id.hex(), "person": "0" * 16, "request": "0" * 16}
            answer = visitor.post(world.url(rule, objects), fields)
            assert answer.status_code in ({303, 403} if at_the_door else {404}), (who, rule.rule, answer.status_code)
            assert not [mark for mark in MARKS if mark in answer.text]
    assert contents(world) == before, "a form about somebody else's case changed something"


@pytest.mark.principle("confidentiality")
@pytest.mark.req("U7")
@pytest.mark.parametrize("who", [who for who in PEOPLE if who != Role.SURVIVOR.value])
def test_a_form_with_nonsense_about_a_case_of_others_is_told_nothing_either(world: World, who: str) -> None:
    """Whether a form is filled in well is said only to somebody who may send it."""
    visitor, before = world.visitor(who), contents(world)
    for rule in filter(names_a_case, world.with_method("POST")):
        at_the_door = refused(who, permission(world, rule)).startswith("/")
        for fields in ({}, dict.fromkeys([*FIELDS, "meets"], "\x00 nonsense")):
            for objects in world.not_of(who):
                answer = visitor.post(world.url(rule, objects), fields)
                assert answer.status_code in ({303, 403} if at_the_door else {404}), (who, rule.rule, fields)
    assert contents(world) == before


@pytest.mark.principle("confidentiality")
@pytest.mark.req("U7")
@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_holds_a_word_of_a_case_of_others(world: World, who: str) -> None:
    visitor, never = world.visitor(who), MARKS - world.marks_of(who)
    cases = {objects.case_id for objects in world.not_of(who)}
    ids = {case_id.hex() for case_id in cases} | {reference_of(case_id) for case_id in cases}
    for rule in world.with_method("GET"):
        if rule.endpoint == "leave.leave":
            continue
        for objects in (world.own_of(who), *(world.not_of(who) if names_a_case(rule) else ())):
            page = visitor.get(world.url(rule, objects), follow_redirects=True).text
            assert not [mark for mark in never if mark in page], (who, rule.rule)
            assert not [one for one in ids if one in page], (who, rule.rule)


@pytest.mark.req("U7")
@pytest.mark.req("S18")
def test_whoever_is_linked_to_a_named_person_finds_no_sign_of_the_case(world: World) -> None:
    """Each role of the house is linked in that case: the sweeps above walk all their pages; here is what they lost."""
    with reading(world.built.stores) as work:
        held = set(holders_of(work.main, world.barred.case_id))
        granted = {grant.holder[1:] for grant in grants_of_case(work.main, world.barred.case_id)}
    linked = {one.staff_id for who, one in world.staff.items() if who != STRANGER}
    assert len(linked) == 8
    assert not linked & (held | granted)
    assert world.own.staff_id in held, "without a handler who can open it the sweep would look for nothing"


@pytest.mark.parametrize("who", [Role.CASE_MANAGER.value, Role.SURVIVOR.value])
def test_the_sweep_sees_what_somebody_may_see(world: World, who: str) -> None:
    """Without this the sweep above could pass by looking at nothing."""
    visitor = world.visitor(who)
    pages = [
        visitor.get(world.url(rule, world.own_of(who))).text
        for rule in world.with_method("GET")
        if rule.endpoint != "leave.leave"
    ]
    assert any(HER_MARK in page for page in pages)


def test_a_form_of_hers_names_nothing_that_is_not_hers(fresh: Callable[[], World]) -> None:
    """References in fields are as much hers as those in addresses."""
    world = fresh()
    visitor, before = world.visitor(Role.SURVIVOR.value), contents(world)
    foreign = [world.others.ref, world.others.case_id.hex(), world.others.request_id.hex(), "", "\x00", "é" * 16]
    for rule in world.with_method("POST"):
        if "ref" in rule.arguments and rule.endpoint in NAMES_A_THING:
            for one in foreign:
                fields = {"person": one, "request": one, "item": one, "answer": "yes"}
                answer = visitor.post(world.url(rule, world.own), fields)
                assert answer.status_code == 404, (rule.rule, one)
    assert visitor.post("/en/page/write", {"ref": world.others.ref, "text": "x"}).status_code == 404
    assert contents(world) == before


def contents(world: World) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the main database but the audit chains, where refusals may be noted."""
    with world.built.stores.main.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: sorted((tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr)  # noqa: S608 - our own tables
            for name in names
            if not name.startswith("audit_")
        }


def test_hers_are_the_permissions_of_a_survivor_alone() -> None:
    assert len(HERS) >= 8
