"""The permission table, written a second time by hand.

If this grid and `reporting.policy` differ, one of them is wrong: think about which before you
change either. Nobody is allowed anything that does not stand in both.
"""

import itertools

import pytest

from reporting.domain.people import READERS, STAFF, Role
from reporting.policy import POLICY, Permission, Relation, allowed, may_enter

# The letter says what somebody must be to the thing: A nothing (anyone of this role may), S it is
# their own, H they hold a grant of the case, O it belongs to their office, Q they were asked to
# approve. A dot means no.
#
# an anyone    su survivor     cm case manager    in investigator    od outside desk
# fp focal point    de directory editor    la legal-aid officer    ad administrator    au auditor
GRID = """
                              an  su  cm  in  od  fp  de  la  ad  au
read_public                   A   A   A   A   A   A   A   A   A   A
read_library                  A   A   A   A   A   A   A   A   A   A
write_report                  A   A   A   A   A   A   A   A   A   A
enter_token                   A   A   A   A   A   A   A   A   A   A
leave                         A   A   A   A   A   A   A   A   A   A
sign_in                       A   A   A   A   A   A   A   A   A   A
enrol                         A   A   A   A   A   A   A   A   A   A
follow_case                   .   S   .   .   .   .   .   .   .   .
write_message                 .   S   .   .   .   .   .   .   .   .
change_choices                .   S   .   .   .   .   .   .   .   .
choose_readers                .   S   .   .   .   .   .   .   .   .
answer_plan                   .   S   .   .   .   .   .   .   .   .
close_case                    .   S   .   .   .   .   .   .   .   .
erase_case                    .   S   .   .   .   .   .   .   .   .
replace_token                 .   S   .   .   .   .   .   .   .   .
complain                      .   S   .   .   .   .   .   .   .   .
invite_guest                  .   S   .   .   .   .   .   .   .   .
read_as_guest                 .   .   .   .   .   .   .   .   .   .
write_as_guest                .   .   .   .   .   .   .   .   .   .
read_referral                 .   .   .   .   .   .   .   .   .   .
answer_referral               .   .   .   .   .   .   .   .   .   .
show_factor                   .   .   S   S   S   S   S   S   S   S
see_own_account               .   .   S   S   S   S   S   S   S   S
accept_conduct                .   .   S   S   S   .   .   .   .   .
see_inbox                     .   .   S   S   S   .   .   .   .   .
search                        .   .   S   S   S   .   .   .   .   .
see_tasks                     .   .   S   S   S   .   .   .   .   .
open_case                     .   .   H   H   H   .   .   .   .   .
declare_no_conflict           .   .   H   H   H   .   .   .   .   .
see_evidence                  .   .   H   H   H   .   .   .   .   .
open_original                 .   .   H   H   H   .   .   .   .   .
add_evidence                  .   .   H   H   H   .   .   .   .   .
answer_reporter               .   .   H   H   H   .   .   .   .   .
write_note                    .   .   H   H   H   .   .   .   .   .
take_step                     .   .   H   H   H   .   .   .   .   .
ask_for_translator            .   .   H   H   H   .   .   .   .   .
assign_case                   .   .   H   .   H   .   .   .   .   .
protect                       .   .   H   H   H   .   .   .   .   .
recuse                        .   .   H   H   H   .   .   .   .   .
link_named                    .   .   H   H   H   .   .   .   .   .
set_aside                     .   .   H   H   H   .   .   .   .   .
hand_over                     .   .   H   H   H   .   .   .   .   .
see_handover                  .   .   S   S   S   .   .   .   .   .
ask_identity                  .   .   H   H   H   .   .   .   .   .
approve_identity_as_handler   .   .   Q   Q   .   .   .   .   .   .
approve_identity_as_desk      .   .   .   .   Q   .   .   .   .   .
see_approvals                 .   .   S   S   S   .   .   .   .   .
propose                       .   .   H   H   H   .   .   .   .   .
decide_as_second              .   .   Q   Q   Q   .   .   .   .   .
give_outside                  .   .   H   H   H   .   .   .   .   .
export_case                   .   .   H   H   H   .   .   .   .   .
see_held                      .   .   H   H   H   .   .   .   .   .
vouch                         .   .   O   O   O   .   .   .   .   .
see_fingerprints              .   .   O   O   O   .   .   .   .   .
see_policy                    .   .   A   A   A   .   A   .   A   .
see_duty                      .   .   O   O   O   .   .   .   .   .
keep_duty                     .   .   O   .   O   .   .   .   .   .
manage_accounts               .   .   .   .   .   .   .   .   A   .
manage_offices                .   .   .   .   .   .   .   .   A   .
keep_events                   .   .   .   .   .   .   A   .   A   .
make_posters                  .   .   .   .   .   A   A   .   A   .
see_settings                  .   .   .   .   .   .   .   .   A   .
see_office_warnings           .   .   .   .   .   .   .   .   A   .
verify_audit                  .   .   .   .   .   .   .   .   .   A
see_audit                     .   .   .   .   .   .   .   .   .   A
see_waiting                   .   .   .   .   .   .   .   .   .   A
see_inaction                  .   .   S   S   S   .   .   .   .   .
see_inaction_bands            .   .   .   .   .   .   .   .   A   A
see_statistics                .   .   .   .   .   A   .   .   .   .
keep_library                  .   .   .   .   .   .   A   .   .   .
keep_directory                .   .   .   .   .   A   A   .   .   .
keep_legal_profiles           .   .   .   .   .   .   A   .   .   .
see_fund                      .   .   .   .   .   .   .   A   .   .
keep_fund                     .   .   .   .   .   .   .   A   .   .
decide_fund                   .   .   .   .   .   .   .   A   .   .
ask_fund                      .   S   .   .   .   .   .   .   .   .
use_voucher                   A   A   A   A   A   A   A   A   A   A
"""

# A guest of hers (a representative, a translator) may do what anyone may, and two things of their own.
OF_A_GUEST = {"read_as_guest": Relation.SELF, "write_as_guest": Relation.SELF}
# And so may a service to which she was referred, with the page of one link.
OF_A_PROVIDER = {"read_referral": Relation.SELF, "answer_referral": Relation.SELF}

COLUMNS = {
    "an": Role.ANYONE,
    "su": Role.SURVIVOR,
    "cm": Role.CASE_MANAGER,
    "in": Role.INVESTIGATOR,
    "od": Role.OUTSIDE_DESK,
    "fp": Role.FOCAL_POINT,
    "de": Role.DIRECTORY_EDITOR,
    "la": Role.LEGAL_AID_OFFICER,
    "ad": Role.ADMINISTRATOR,
    "au": Role.AUDITOR,
}
LETTERS = {
    ".": None,
    "A": Relation.ANY,
    "S": Relation.SELF,
    "H": Relation.HELD,
    "O": Relation.OFFICE,
    "Q": Relation.ASKED,
}


def written_by_hand() -> dict[tuple[str, Role], Relation | None]:
    """What the grid says: by permission and role, the relation that is needed, or None for no."""
    head, *lines = GRID.strip().splitlines()
    roles = [COLUMNS[column] for column in head.split()]
    cells = [(line.split()[0], line.split()[1:]) for line in lines]
    found = {
        (name, role): LETTERS[letter] for name, letters in cells for role, letter in zip(roles, letters, strict=True)
    }
    for name, _ in cells:
        found[name, Role.GUEST] = OF_A_GUEST.get(name, found[name, Role.ANYONE])
        found[name, Role.PROVIDER] = OF_A_PROVIDER.get(name, found[name, Role.ANYONE])
    return found


def test_the_grid_names_every_permission_and_every_role() -> None:
    assert {name for name, _ in written_by_hand()} == {permission.value for permission in Permission}
    assert {role for _, role in written_by_hand()} == set(Role)


def test_the_policy_is_what_was_written_by_hand_for_every_relation() -> None:
    by_hand = written_by_hand()
    for permission, role, relation in itertools.product(Permission, Role, Relation):
        needed = by_hand[permission.value, role]
        expected = needed is Relation.ANY or (needed is not None and needed is relation)
        assert allowed(role, permission, relation) is expected, (role, permission, relation)


def test_the_door_opens_to_whoever_has_a_place_in_the_row() -> None:
    for (name, role), needed in written_by_hand().items():
        assert may_enter(role, Permission(name)) is (needed is not None), (name, role)


def test_claiming_no_relation_never_suffices_where_one_is_needed() -> None:
    assert may_enter(Role.CASE_MANAGER, Permission.OPEN_CASE)
    assert not allowed(Role.CASE_MANAGER, Permission.OPEN_CASE)
    assert allowed(Role.CASE_MANAGER, Permission.OPEN_CASE, Relation.HELD)
    assert not allowed(Role.CASE_MANAGER, Permission.OPEN_CASE, Relation.OFFICE)


def test_a_missing_row_means_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.policy.POLICY", {})
    for role, permission in itertools.product(Role, Permission):
        assert not may_enter(role, permission)
        assert not allowed(role, permission, Relation.SELF)


@pytest.mark.principle("confidentiality")
def test_nobody_but_a_reader_or_she_touches_a_case() -> None:
    in_a_case = {permission for permission, row in POLICY.items() if Relation.HELD in row.values()}
    assert Permission.OPEN_CASE in in_a_case
    for permission in in_a_case:
        assert set(POLICY[permission]) <= READERS
    for permission, row in POLICY.items():
        if set(row) == {Role.SURVIVOR}:
            assert row[Role.SURVIVOR] is Relation.SELF, permission


@pytest.mark.principle("confidentiality")
def test_an_administrator_can_neither_vouch_nor_handle_a_case() -> None:
    mine = {permission for permission in Permission if may_enter(Role.ADMINISTRATOR, permission)}
    everybody = {permission for permission in Permission if may_enter(Role.ANYONE, permission)}
    assert mine - everybody == {
        Permission.SHOW_FACTOR,
        Permission.SEE_OWN_ACCOUNT,
        Permission.MANAGE_ACCOUNTS,
        Permission.MANAGE_OFFICES,
        Permission.KEEP_EVENTS,
        Permission.MAKE_POSTERS,
        Permission.SEE_SETTINGS,
        Permission.SEE_OFFICE_WARNINGS,
        Permission.SEE_POLICY,
        Permission.SEE_INACTION_BANDS,
    }


@pytest.mark.principle("non_discrimination")
def test_whoever_comes_may_read_write_come_back_and_leave() -> None:
    for role in Role:
        for permission in (Permission.READ_PUBLIC, Permission.WRITE_REPORT, Permission.ENTER_TOKEN, Permission.LEAVE):
            assert allowed(role, permission)


@pytest.mark.req("ASVS-2.3.5")
def test_what_she_gave_about_herself_never_opens_by_one_role_alone() -> None:
    as_handler = set(POLICY[Permission.APPROVE_IDENTITY_AS_HANDLER])
    as_desk = set(POLICY[Permission.APPROVE_IDENTITY_AS_DESK])
    assert not as_handler & as_desk


def test_every_member_of_staff_sees_their_own_account_and_no_survivor_has_one() -> None:
    assert set(POLICY[Permission.SEE_OWN_ACCOUNT]) == STAFF
