"""Every route as every role: the door opens as the policy says, and in no other case."""

from collections.abc import Callable, Iterator

import pytest
from werkzeug.routing import Rule

from reporting.domain.people import READERS, Role
from reporting.policy import POLICY, Permission, may_enter
from reporting.web.access import GUESTS, HERS, PROVIDERS, permission_of
from tests.sweeps.world import STRANGER, World

ROLES = [role.value for role in Role]
PASSES = {200, 303, 400, 410, 422}
"""What a route may answer to whoever may enter; 404 only where they are nothing to the thing at hand."""


def role_of(who: str) -> Role:
    """Return the role of somebody of the world."""
    return Role.CASE_MANAGER if who == STRANGER else Role(who)


def permission(world: World, rule: Rule) -> Permission:
    """Return what a route asks for."""
    with world.built.app.app_context():
        return permission_of(rule.endpoint)


def refused(who: str, needed: Permission) -> str:
    """Return where the door sends this role: '' in, `/return`, `/staff/sign-in` or `404`."""
    if may_enter(Role.ANYONE, needed):
        return ""
    if needed in HERS:
        return "" if who == Role.SURVIVOR else "/en/return"
    if needed in GUESTS:
        return "" if who == Role.GUEST else "/en/return"
    if needed in PROVIDERS:
        return "" if who == Role.PROVIDER else "/en/r/over"
    if who in (Role.ANYONE, Role.SURVIVOR, Role.GUEST, Role.PROVIDER):
        return "/en/staff/sign-in"
    return "" if may_enter(role_of(who), needed) else "404"


@pytest.mark.principle("confidentiality")
@pytest.mark.parametrize("who", ROLES)
def test_a_page_opens_to_those_whom_the_policy_lets_in(world: World, who: str) -> None:
    visitor, opened = world.visitor(who), 0
    for rule in world.with_method("GET"):
        if rule.endpoint in ("leave.leave", "follow.copy"):
            continue
        answer = visitor.get(world.url(rule, world.own_of(who)))
        expected = refused(who, permission(world, rule))
        if expected == "404":
            assert answer.status_code == 404, (who, rule.rule)
        elif expected:
            assert answer.status_code == 303, (who, rule.rule)
            assert answer.headers["Location"].startswith(expected), (who, rule.rule)
        else:
            opened += 1
            assert answer.status_code in PASSES | also_404(who, rule), (who, rule.rule, answer.status_code)
    assert opened


@pytest.mark.principle("confidentiality")
@pytest.mark.parametrize("who", ROLES)
def test_a_form_works_for_those_whom_the_policy_lets_in(fresh: Callable[[], World], who: str) -> None:
    world = fresh()
    before = rows(world)
    for rule in world.with_method("POST"):
        needed = permission(world, rule)
        expected = refused(who, needed)
        if not expected:
            continue
        answer = world.visitor(who).post(world.url(rule, world.own_of(who)))
        if expected == "404" or answer.status_code != 303:
            # 403: the page on which to sign in or come back, with what was typed
            assert answer.status_code == (404 if expected == "404" else 403), (who, rule.rule)
        else:
            assert answer.headers["Location"].startswith(expected), (who, rule.rule)
    assert rows(world) == before, "a form that was refused changed something"


def permitted_forms(world: World, who: str) -> Iterator[Rule]:
    """Yield the forms that a role may send."""
    for rule in world.with_method("POST"):
        if not refused(who, permission(world, rule)):
            yield rule


@pytest.mark.slow
@pytest.mark.parametrize("who", ROLES)
def test_an_empty_form_never_breaks(fresh: Callable[[], World], who: str) -> None:
    for rule in permitted_forms(fresh(), who):
        world = fresh()
        answer = world.visitor(who).post(world.url(rule, world.own_of(who)))
        assert answer.status_code in PASSES | {404}, (who, rule.rule, answer.status_code)
        world.built.stores.dispose()


def rows(world: World) -> dict[str, int]:
    """Return how many rows each table has."""
    engine = world.built.stores.main
    with engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608 - our own tables
            for name in tables
        }


def also_404(who: str, rule: Rule) -> set[int]:
    """Return 404 where an own thing of this kind does not exist for this role."""
    return {404} if rule.endpoint in NOT_NOW.get(who, ()) else set()


_HELD = ("held.one", "held.copy", "held.original")
NOT_NOW = {
    # Her case is with an office: there is no private record to open.
    Role.SURVIVOR.value: ("follow.opening",),
    # No access code has just been made.
    Role.LEGAL_AID_OFFICER.value: ("fund_providers.code",),
    # Nothing is kept by law of a case that is at work, and no original has just been opened.
    **{role.value: (*_HELD, "evidence.original", "evidence.page") for role in READERS},
    # The case of the desk has no evidence.
    Role.OUTSIDE_DESK.value: (*_HELD, "evidence.original", "evidence.look", "evidence.copy", "evidence.page"),
    # The picture that was added is no document.
    Role.GUEST.value: ("beside_files.page",),
    # She agreed that this service reads the words of the offer, and no item.
    "provider": ("referral_link.file",),
}


NOT_A_DOOR = {
    # Shown on a page that another permission opens, or asked in the room.
    Permission.VERIFY_AUDIT,
    Permission.SEE_WAITING,
    Permission.SEE_OFFICE_WARNINGS,
}


def test_every_permission_of_the_policy_is_asked_for_by_a_route(world: World) -> None:
    asked = {permission(world, rule) for rule in world.rules}
    assert set(POLICY) - asked <= NOT_A_DOOR
