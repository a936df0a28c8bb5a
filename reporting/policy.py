"""The permission table: who may do what, and what they must be to the thing they do it to.

A permission that is missing here, or a role that is missing in its row, means no. The table is
asked twice: at the door (`may_enter`, before anything is loaded) and in the room (`allowed`,
with the relation that the service has established from the database, never from the request).
Reading a case needs more than a row: without a grant there is no key to open it with.
"""

from collections.abc import Mapping
from enum import StrEnum, auto

from reporting.domain.people import READERS, STAFF, Role


class Permission(StrEnum):
    """One thing that somebody may be allowed to do."""

    READ_PUBLIC = auto()
    READ_LIBRARY = auto()
    WRITE_REPORT = auto()
    ENTER_TOKEN = auto()
    LEAVE = auto()
    FOLLOW_CASE = auto()
    WRITE_MESSAGE = auto()
    CHANGE_CHOICES = auto()
    CHOOSE_READERS = auto()
    ANSWER_PLAN = auto()
    CLOSE_CASE = auto()
    ERASE_CASE = auto()
    REPLACE_TOKEN = auto()
    COMPLAIN = auto()
    INVITE_GUEST = auto()
    READ_AS_GUEST = auto()
    WRITE_AS_GUEST = auto()
    READ_REFERRAL = auto()
    ANSWER_REFERRAL = auto()
    SIGN_IN = auto()
    ENROL = auto()
    SHOW_FACTOR = auto()
    SEE_OWN_ACCOUNT = auto()
    ACCEPT_CONDUCT = auto()
    SEE_INBOX = auto()
    SEARCH = auto()
    SEE_TASKS = auto()
    OPEN_CASE = auto()
    DECLARE_NO_CONFLICT = auto()
    SEE_EVIDENCE = auto()
    OPEN_ORIGINAL = auto()
    ADD_EVIDENCE = auto()
    ANSWER_REPORTER = auto()
    WRITE_NOTE = auto()
    TAKE_STEP = auto()
    ASK_FOR_TRANSLATOR = auto()
    ASSIGN_CASE = auto()
    PROTECT = auto()
    RECUSE = auto()
    LINK_NAMED = auto()
    SET_ASIDE = auto()
    HAND_OVER = auto()
    SEE_HANDOVER = auto()
    ASK_IDENTITY = auto()
    APPROVE_IDENTITY_AS_HANDLER = auto()
    APPROVE_IDENTITY_AS_DESK = auto()
    SEE_APPROVALS = auto()
    PROPOSE = auto()
    DECIDE_AS_SECOND = auto()
    GIVE_OUTSIDE = auto()
    EXPORT_CASE = auto()
    SEE_HELD = auto()
    VOUCH = auto()
    SEE_FINGERPRINTS = auto()
    SEE_POLICY = auto()
    SEE_DUTY = auto()
    KEEP_DUTY = auto()
    MANAGE_ACCOUNTS = auto()
    MANAGE_OFFICES = auto()
    KEEP_EVENTS = auto()
    MAKE_POSTERS = auto()
    SEE_SETTINGS = auto()
    SEE_OFFICE_WARNINGS = auto()
    VERIFY_AUDIT = auto()
    SEE_AUDIT = auto()
    SEE_WAITING = auto()
    SEE_INACTION = auto()
    SEE_INACTION_BANDS = auto()
    SEE_STATISTICS = auto()
    KEEP_LIBRARY = auto()
    KEEP_DIRECTORY = auto()
    KEEP_LEGAL_PROFILES = auto()
    SEE_FUND = auto()
    KEEP_FUND = auto()
    DECIDE_FUND = auto()
    ASK_FUND = auto()
    USE_VOUCHER = auto()


class Relation(StrEnum):
    """What the person is to the thing."""

    ANY = auto()  # none is needed
    SELF = auto()  # it is their own: her case, my account, my inbox
    HELD = auto()  # they hold a grant of the case
    OFFICE = auto()  # it belongs to the same office
    ASKED = auto()  # they are one of those asked to approve this request


_EVERYBODY = dict.fromkeys(Role, Relation.ANY)
_HER = {Role.SURVIVOR: Relation.SELF}
_HANDLERS = {
    Role.CASE_MANAGER: Relation.HELD,
    Role.INVESTIGATOR: Relation.HELD,
    Role.OUTSIDE_DESK: Relation.HELD,
}
_READERS_OF_THE_OFFICE = {
    Role.CASE_MANAGER: Relation.OFFICE,
    Role.INVESTIGATOR: Relation.OFFICE,
    Role.OUTSIDE_DESK: Relation.OFFICE,
}

POLICY: Mapping[Permission, Mapping[Role, Relation]] = {
    # Open to whoever comes; a colleague may need help or report, too.
    Permission.READ_PUBLIC: _EVERYBODY,
    # Public as well, but of what a database holds: a file, a search.
    Permission.READ_LIBRARY: _EVERYBODY,
    Permission.WRITE_REPORT: _EVERYBODY,
    Permission.ENTER_TOKEN: _EVERYBODY,
    Permission.LEAVE: _EVERYBODY,
    Permission.SIGN_IN: _EVERYBODY,
    Permission.ENROL: _EVERYBODY,
    # Hers alone.
    Permission.FOLLOW_CASE: _HER,
    Permission.WRITE_MESSAGE: _HER,
    Permission.CHANGE_CHOICES: _HER,
    Permission.CHOOSE_READERS: _HER,
    Permission.ANSWER_PLAN: _HER,
    Permission.CLOSE_CASE: _HER,
    Permission.ERASE_CASE: _HER,
    Permission.REPLACE_TOKEN: _HER,
    Permission.COMPLAIN: _HER,
    Permission.INVITE_GUEST: _HER,
    # A guest of hers, whom she named: reads one story, writes into it, and nothing else.
    Permission.READ_AS_GUEST: {Role.GUEST: Relation.SELF},
    Permission.WRITE_AS_GUEST: {Role.GUEST: Relation.SELF},
    # A service to which she was referred: reads what she agreed to, once, and answers one word.
    Permission.READ_REFERRAL: {Role.PROVIDER: Relation.SELF},
    Permission.ANSWER_REFERRAL: {Role.PROVIDER: Relation.SELF},
    # Every colleague with an account.
    Permission.SHOW_FACTOR: dict.fromkeys(STAFF, Relation.SELF),
    Permission.SEE_OWN_ACCOUNT: {
        Role.CASE_MANAGER: Relation.SELF,
        Role.INVESTIGATOR: Relation.SELF,
        Role.OUTSIDE_DESK: Relation.SELF,
        Role.FOCAL_POINT: Relation.SELF,
        Role.DIRECTORY_EDITOR: Relation.SELF,
        Role.LEGAL_AID_OFFICER: Relation.SELF,
        Role.ADMINISTRATOR: Relation.SELF,
        Role.AUDITOR: Relation.SELF,
    },
    # Work on cases.
    Permission.ACCEPT_CONDUCT: dict.fromkeys(READERS, Relation.SELF),
    Permission.SEE_INBOX: {
        Role.CASE_MANAGER: Relation.SELF,
        Role.INVESTIGATOR: Relation.SELF,
        Role.OUTSIDE_DESK: Relation.SELF,
    },
    Permission.SEE_TASKS: {
        Role.CASE_MANAGER: Relation.SELF,
        Role.INVESTIGATOR: Relation.SELF,
        Role.OUTSIDE_DESK: Relation.SELF,
    },
    Permission.SEARCH: {
        Role.CASE_MANAGER: Relation.SELF,
        Role.INVESTIGATOR: Relation.SELF,
        Role.OUTSIDE_DESK: Relation.SELF,
    },
    Permission.OPEN_CASE: _HANDLERS,
    Permission.DECLARE_NO_CONFLICT: _HANDLERS,
    # The copy without hidden data, and, on purpose and for a reason, the original.
    Permission.SEE_EVIDENCE: _HANDLERS,
    Permission.OPEN_ORIGINAL: _HANDLERS,
    Permission.ADD_EVIDENCE: _HANDLERS,
    Permission.ANSWER_REPORTER: _HANDLERS,
    Permission.WRITE_NOTE: _HANDLERS,
    Permission.TAKE_STEP: _HANDLERS,
    Permission.ASK_FOR_TRANSLATOR: _HANDLERS,
    Permission.ASSIGN_CASE: {Role.CASE_MANAGER: Relation.HELD, Role.OUTSIDE_DESK: Relation.HELD},
    # Measures, assistance, and what the named person is told: planned by handlers, answered by her.
    Permission.PROTECT: _HANDLERS,
    Permission.RECUSE: _HANDLERS,
    Permission.LINK_NAMED: _HANDLERS,
    Permission.SET_ASIDE: _HANDLERS,
    Permission.HAND_OVER: _HANDLERS,
    Permission.SEE_HANDOVER: {
        Role.CASE_MANAGER: Relation.SELF,
        Role.INVESTIGATOR: Relation.SELF,
        Role.OUTSIDE_DESK: Relation.SELF,
    },
    # Two people of two offices open what she gave about herself, never one.
    Permission.ASK_IDENTITY: _HANDLERS,
    Permission.APPROVE_IDENTITY_AS_HANDLER: {
        Role.CASE_MANAGER: Relation.ASKED,
        Role.INVESTIGATOR: Relation.ASKED,
    },
    Permission.APPROVE_IDENTITY_AS_DESK: {Role.OUTSIDE_DESK: Relation.ASKED},
    # What takes two people: one proposes, another decides, and never the same one.
    Permission.SEE_APPROVALS: {
        Role.CASE_MANAGER: Relation.SELF,
        Role.INVESTIGATOR: Relation.SELF,
        Role.OUTSIDE_DESK: Relation.SELF,
    },
    Permission.PROPOSE: _HANDLERS,
    Permission.DECIDE_AS_SECOND: {
        Role.CASE_MANAGER: Relation.ASKED,
        Role.INVESTIGATOR: Relation.ASKED,
        Role.OUTSIDE_DESK: Relation.ASKED,
    },
    # What leaves the house: always two people, the passphrase once more, and her ledger.
    Permission.GIVE_OUTSIDE: _HANDLERS,
    Permission.EXPORT_CASE: _HANDLERS,
    # What a law keeps of a case that is closed or erased: for those who had its key, and for nobody else.
    Permission.SEE_HELD: _HANDLERS,
    # Who becomes a reader is for readers of the same office to vouch, never for the administrator.
    Permission.VOUCH: _READERS_OF_THE_OFFICE,
    Permission.SEE_FINGERPRINTS: _READERS_OF_THE_OFFICE,
    # The rules that everybody works by, and who looks after what comes in.
    Permission.SEE_POLICY: {
        Role.CASE_MANAGER: Relation.ANY,
        Role.INVESTIGATOR: Relation.ANY,
        Role.OUTSIDE_DESK: Relation.ANY,
        Role.ADMINISTRATOR: Relation.ANY,
        Role.DIRECTORY_EDITOR: Relation.ANY,
    },
    Permission.SEE_DUTY: _READERS_OF_THE_OFFICE,
    Permission.KEEP_DUTY: {Role.CASE_MANAGER: Relation.OFFICE, Role.OUTSIDE_DESK: Relation.OFFICE},
    # The house, without a window into any case.
    Permission.MANAGE_ACCOUNTS: {Role.ADMINISTRATOR: Relation.ANY},
    Permission.MANAGE_OFFICES: {Role.ADMINISTRATOR: Relation.ANY},
    # Codes and addresses on paper: public, all of it.
    Permission.KEEP_EVENTS: {Role.DIRECTORY_EDITOR: Relation.ANY, Role.ADMINISTRATOR: Relation.ANY},
    Permission.MAKE_POSTERS: {
        Role.DIRECTORY_EDITOR: Relation.ANY,
        Role.FOCAL_POINT: Relation.ANY,
        Role.ADMINISTRATOR: Relation.ANY,
    },
    Permission.SEE_SETTINGS: {Role.ADMINISTRATOR: Relation.ANY},
    Permission.SEE_OFFICE_WARNINGS: {Role.ADMINISTRATOR: Relation.ANY},
    Permission.VERIFY_AUDIT: {Role.AUDITOR: Relation.ANY},
    Permission.SEE_AUDIT: {Role.AUDITOR: Relation.ANY},
    Permission.SEE_WAITING: {Role.AUDITOR: Relation.ANY},
    # Who lets cases lie: handlers see which, others about how many.
    Permission.SEE_INACTION: {
        Role.CASE_MANAGER: Relation.SELF,
        Role.INVESTIGATOR: Relation.SELF,
        Role.OUTSIDE_DESK: Relation.SELF,
    },
    Permission.SEE_INACTION_BANDS: {Role.ADMINISTRATOR: Relation.ANY, Role.AUDITOR: Relation.ANY},
    Permission.SEE_STATISTICS: {Role.FOCAL_POINT: Relation.ANY},
    Permission.KEEP_LIBRARY: {Role.DIRECTORY_EDITOR: Relation.ANY},
    # Where people find help: public, and kept right by those who see no case.
    Permission.KEEP_DIRECTORY: {Role.DIRECTORY_EDITOR: Relation.ANY, Role.FOCAL_POINT: Relation.ANY},
    Permission.KEEP_LEGAL_PROFILES: {Role.DIRECTORY_EDITOR: Relation.ANY},
    # Money for legal help: officers see need, country and amount, and never whose it is.
    Permission.SEE_FUND: {Role.LEGAL_AID_OFFICER: Relation.ANY},
    Permission.KEEP_FUND: {Role.LEGAL_AID_OFFICER: Relation.ANY},
    Permission.DECIDE_FUND: {Role.LEGAL_AID_OFFICER: Relation.ANY},
    Permission.ASK_FUND: _HER,
    # A provider has no account: the access code and the voucher are all there is.
    Permission.USE_VOUCHER: _EVERYBODY,
}


def may_enter(role: Role, permission: Permission) -> bool:
    """At the door: could this role be allowed this for anything at all?"""
    return role in POLICY.get(permission, {})


def allowed(role: Role, permission: Permission, relation: Relation = Relation.ANY) -> bool:
    """In the room: is this role allowed this, being `relation` to the thing at hand?

    ANY, the default, claims no relation, so it suffices only where none is needed.
    """
    needed = POLICY.get(permission, {}).get(role)
    return needed is Relation.ANY or (needed is not None and needed is relation)
