"""Who takes part: roles, which of them may read, and in which offices they may serve."""

from enum import StrEnum

from reporting.domain.reading.resemblance import resembles as resembles


class Role(StrEnum):
    """What a person is to this software at the moment of a request."""

    ANYONE = "anyone"
    SURVIVOR = "survivor"
    GUEST = "guest"
    PROVIDER = "provider"
    CASE_MANAGER = "case_manager"
    INVESTIGATOR = "investigator"
    OUTSIDE_DESK = "outside_desk"
    FOCAL_POINT = "focal_point"
    DIRECTORY_EDITOR = "directory_editor"
    LEGAL_AID_OFFICER = "legal_aid_officer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


READERS = frozenset({Role.CASE_MANAGER, Role.INVESTIGATOR, Role.OUTSIDE_DESK})
"""The only roles to which a case may ever be sealed."""

STAFF = frozenset(Role) - {Role.ANYONE, Role.SURVIVOR, Role.GUEST, Role.PROVIDER}
"""The roles that an account may have."""


def may_serve(role: Role, *, external: bool) -> bool:
    """Say whether an account of this role may belong to an office of this kind.

    The outside desk must not sit in the line that it watches, so it exists only in external
    offices; those who take an office's own cases exist only in the others. The remaining staff
    roles read nothing and may belong to either.
    """
    if role not in STAFF:
        return False
    if role is Role.OUTSIDE_DESK:
        return external
    return role not in READERS or not external
