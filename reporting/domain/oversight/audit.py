"""The closed vocabulary of what is recorded, and the sentence she reads about each.

Staff events carry an exact time; a reporter's events carry a day. Neither ever holds a word that
somebody typed. The stored value is the name in lower case, so no name is ever changed or reused.
"""

from collections.abc import Mapping
from enum import StrEnum, auto

from reporting.domain.case import Act
from reporting.domain.casework.clocks import Clock
from reporting.domain.words import N_


class StaffEvent(StrEnum):
    """Something that a member of staff, the operator's console or a chore did."""

    # In a case: each of these stands in her ledger.
    NAMES_SEEN = auto()
    NO_CONFLICT_DECLARED = auto()
    CASE_OPENED = auto()
    CASE_NAMED = auto()
    NOTE_WRITTEN = auto()
    MESSAGE_SENT = auto()
    STEP_TAKEN = auto()
    READER_ASKED_FOR = auto()
    ASSIGNED = auto()
    RECUSED = auto()
    ROUTED_TO_DESK = auto()
    RESEALED = auto()
    IDENTITY_ASKED_FOR = auto()
    IDENTITY_DUTY_CLAIMED = auto()
    IDENTITY_DUTY_APPROVED = auto()
    IDENTITY_DUTY_REFUSED = auto()
    IDENTITY_OPENED = auto()
    TRANSLATOR_ASKED_FOR = auto()
    TRANSLATOR_LET_IN = auto()
    SECOND_ASKED = auto()
    SECOND_AGREED = auto()
    SECOND_REFUSED = auto()
    FILE_OPENED = auto()
    ENTRY_WRITTEN = auto()
    ENTRY_SHARED = auto()
    OUTCOME_TOLD = auto()
    HANDED_OVER = auto()
    STEPPED_OUT = auto()
    DEPARTED = auto()
    ASIDE_CHECKED = auto()
    PERSON_LINKED = auto()
    LINK_UNDONE = auto()
    OUTSIDE_ASKED = auto()
    OUTSIDE_REFUSED = auto()
    OUTSIDE_GIVEN = auto()
    FILE_TAKEN_OUT = auto()
    HOLD_BEGUN = auto()
    HOLD_ENDED = auto()
    HELD_OPENED = auto()
    REFERRAL_LINKED = auto()
    REFERRAL_UNLINKED = auto()
    CASE_ERASED_WHEN_DUE = auto()
    EVIDENCE_SEEN = auto()
    ORIGINAL_OPENED = auto()
    EVIDENCE_EXPORTED = auto()
    WORKING_COPY_MADE = auto()
    EVIDENCE_ADDED_BY_TEAM = auto()
    EVIDENCE_LINKED = auto()
    FOUND_IN_SEARCH = auto()
    DATE_PASSED = auto()
    ESCALATED = auto()
    # About accounts, keys and the house: in nobody's ledger.
    SIGNED_IN = auto()
    SIGNED_OUT = auto()
    SIGN_IN_REFUSED = auto()
    SESSION_ENDED = auto()
    ACCOUNT_CREATED = auto()
    ACCOUNT_ENROLLED = auto()
    ACCOUNT_CHANGED = auto()
    ACCOUNT_DISABLED = auto()
    ACCOUNT_ENABLED = auto()
    CODE_ISSUED = auto()
    PASSPHRASE_CHANGED = auto()
    SECOND_FACTOR_ADDED = auto()
    SECOND_FACTOR_REMOVED = auto()
    SECOND_FACTOR_REFUSED = auto()
    RECOVERY_CODES_DRAWN = auto()
    RECOVERY_CODE_USED = auto()
    CONDUCT_ACCEPTED = auto()
    VOUCHED = auto()
    OFFICE_CREATED = auto()
    OFFICE_CHANGED = auto()
    DIRECTORY_CHANGED = auto()
    SERVICE_ADDED = auto()
    SERVICE_CHANGED = auto()
    SERVICE_CHECKED = auto()
    SERVICE_TAKEN_OUT = auto()
    SERVICE_BROUGHT_BACK = auto()
    DIRECTORY_IMPORTED = auto()
    LAW_CHANGED = auto()
    OFFICE_OPENED = auto()
    FUND_CHANGED = auto()
    FUND_MONEY = auto()
    FUND_PROVIDER = auto()
    FUND_DECIDED = auto()
    FUND_PAID = auto()
    EVENT_ADDED = auto()
    EVENT_CHANGED = auto()
    DOCUMENT_ADDED = auto()
    DOCUMENT_CHANGED = auto()
    DOCUMENT_REPLACED = auto()
    DOCUMENT_REMOVED = auto()
    SETTING_CHANGED = auto()
    PACK_LOADED = auto()
    DUTY_CHANGED = auto()
    DUTY_MISSED = auto()
    STANDS_IN = auto()
    AUDIT_READ = auto()
    AUDIT_VERIFIED = auto()
    CHECKPOINT_MADE = auto()
    RECOVERY_BEGUN = auto()
    RECOVERY_RENEWED = auto()
    RECOVERY_ENDED = auto()
    RECOVERY_DRILLED = auto()
    RECOVERY_REFUSED = auto()
    SEED_SEALED_TO_QUORUM = auto()
    SEED_RESTORED = auto()
    RETENTION_RUN = auto()
    SEARCHED = auto()


class ReporterEvent(StrEnum):
    """Something that she did; the record knows the day and nothing finer."""

    RECORD_KEPT = auto()
    RECORD_OPENED = auto()
    REPORT_SENT = auto()
    COMPLAINT_SENT = auto()
    MESSAGE_WRITTEN = auto()
    ADDED_TO = auto()
    EVIDENCE_ADDED = auto()
    EVIDENCE_RECEIVED = auto()
    EVIDENCE_CLEANED = auto()
    EVIDENCE_REMOVED = auto()
    CHOICES_CHANGED = auto()
    CONSENT_GIVEN = auto()
    CONSENT_TAKEN_BACK = auto()
    DOOR_CHANGED = auto()
    READER_CLOSED_OUT = auto()
    READER_LET_IN = auto()
    IDENTITY_SHOWN = auto()
    IDENTITY_HIDDEN = auto()
    REQUEST_AGREED = auto()
    REQUEST_REFUSED = auto()
    PLAN_ANSWERED = auto()
    REFERRAL_ASKED = auto()
    REFERRAL_STOPPED = auto()
    REFERRAL_OPENED = auto()
    REFERRAL_ANSWERED = auto()
    REFERRAL_LINK_ENDED = auto()
    TALK_ASKED_FOR = auto()
    OUTCOME_WAIVED = auto()
    COPY_TAKEN = auto()
    TOKEN_ADDED = auto()
    TOKEN_DROPPED = auto()
    GUEST_INVITED = auto()
    GUEST_READ = auto()
    GUEST_WROTE = auto()
    GUEST_ENDED = auto()
    CASE_WITHDRAWN = auto()
    CASE_REOPENED = auto()
    ERASURE_ASKED = auto()
    ERASURE_UNDONE = auto()
    CASE_ERASED = auto()
    CHECK_INS_ENDED = auto()
    CHECK_INS_WANTED = auto()


LEDGER: Mapping[StaffEvent, str] = {
    StaffEvent.NAMES_SEEN: N_("%(name)s saw the names that you gave, and nothing else, to rule out a conflict."),
    StaffEvent.NO_CONFLICT_DECLARED: N_("%(name)s declared to have no ties to anyone you named."),
    StaffEvent.CASE_OPENED: N_("%(name)s opened what you wrote."),
    StaffEvent.CASE_NAMED: N_("%(name)s gave your case a short title for the team."),
    StaffEvent.NOTE_WRITTEN: N_("%(name)s wrote a note for the team."),
    StaffEvent.MESSAGE_SENT: N_("%(name)s wrote to you."),
    StaffEvent.STEP_TAKEN: N_("%(name)s took a step: %(step)s."),
    StaffEvent.READER_ASKED_FOR: N_("%(name)s asked if %(about)s may read what you wrote."),
    StaffEvent.ASSIGNED: N_("%(name)s brought in %(about)s, who can now read what you wrote."),
    StaffEvent.RECUSED: N_("%(name)s left your case and cannot open it any more."),
    StaffEvent.ROUTED_TO_DESK: N_("%(name)s handed your case to %(about)s at the outside desk."),
    StaffEvent.RESEALED: N_("%(name)s gave %(about)s, who has a new key, access again."),
    StaffEvent.IDENTITY_ASKED_FOR: N_("%(name)s asked to see what you wrote about yourself."),
    StaffEvent.IDENTITY_DUTY_CLAIMED: N_(
        "%(name)s says that the law demands to open what you wrote about yourself. It is not open yet."
    ),
    StaffEvent.IDENTITY_DUTY_APPROVED: N_("%(name)s agreed that %(about)s may open what you wrote about yourself."),
    StaffEvent.IDENTITY_DUTY_REFUSED: N_("%(name)s refused %(about)s to open what you wrote about yourself."),
    StaffEvent.IDENTITY_OPENED: N_("%(name)s opened what you wrote about yourself."),
    StaffEvent.TRANSLATOR_ASKED_FOR: N_("%(name)s asked if a translator may read what you wrote."),
    StaffEvent.TRANSLATOR_LET_IN: N_("%(name)s gave the translator to whom you said yes a token."),
    StaffEvent.SECOND_ASKED: N_("%(name)s asked for a second person's yes: %(step)s."),
    StaffEvent.SECOND_AGREED: N_("%(name)s agreed to what %(about)s asked: %(step)s."),
    StaffEvent.SECOND_REFUSED: N_("%(name)s said no to what %(about)s asked: %(step)s."),
    StaffEvent.EVIDENCE_SEEN: N_(
        "%(name)s looked at something that was added to your case, in the copy without hidden data."
    ),
    StaffEvent.ORIGINAL_OPENED: N_("%(name)s opened the original of something that was added to your case."),
    StaffEvent.EVIDENCE_EXPORTED: N_(
        "%(name)s took something that was added to your case out of here, as part of a file of it."
    ),
    StaffEvent.WORKING_COPY_MADE: N_(
        "%(name)s had a copy without hidden data made of something that was added to your case."
    ),
    StaffEvent.EVIDENCE_ADDED_BY_TEAM: N_("%(name)s added something to your case: a file, a link or an account."),
    StaffEvent.EVIDENCE_LINKED: N_(
        "%(name)s made a link with which a service can open something that was added to your case, in the copy without "
        "hidden data."
    ),
    StaffEvent.FOUND_IN_SEARCH: N_("%(name)s found your case when looking for a word, and saw a line of it."),
    StaffEvent.FILE_OPENED: N_("%(name)s opened the team’s file of your case."),
    StaffEvent.ENTRY_WRITTEN: N_("%(name)s wrote something into the team’s file of your case."),
    StaffEvent.ENTRY_SHARED: N_("%(name)s put something on your page, for you to read."),
    StaffEvent.OUTCOME_TOLD: N_("%(name)s told you the outcome."),
    StaffEvent.HANDED_OVER: N_("%(name)s leaves the team and brought in %(about)s, who can now read what you wrote."),
    StaffEvent.STEPPED_OUT: N_("%(name)s leaves the team and cannot open your case any more."),
    StaffEvent.DEPARTED: N_("%(about)s has left the team and cannot open your case any more."),
    StaffEvent.ASIDE_CHECKED: N_("%(name)s looked at it once more and could not follow it either."),
    StaffEvent.PERSON_LINKED: N_("%(name)s said who a person you named is, so that they and their line stay shut out."),
    StaffEvent.LINK_UNDONE: N_("%(name)s took back who a person you named is."),
    StaffEvent.OUTSIDE_ASKED: N_("%(name)s wrote down that somebody outside asks for something of your case."),
    StaffEvent.OUTSIDE_REFUSED: N_("%(name)s gave nothing of your case to somebody outside who had asked."),
    StaffEvent.OUTSIDE_GIVEN: N_("%(name)s gave something of your case to somebody outside. Your page says what."),
    StaffEvent.FILE_TAKEN_OUT: N_("%(name)s took a file of your case out of here, with a second person's yes."),
    StaffEvent.HOLD_BEGUN: N_(
        "Because a law demands it, %(name)s keeps something of this. Your page says what and until when."
    ),
    StaffEvent.HOLD_ENDED: N_("%(name)s let go what was kept because of a law."),
    StaffEvent.HELD_OPENED: N_("%(name)s opened what is kept because of a law."),
    StaffEvent.REFERRAL_LINKED: N_(
        "%(name)s made a link with which a service can open, once, the items to which you said yes."
    ),
    StaffEvent.REFERRAL_UNLINKED: N_("%(name)s ended the link of a service."),
    StaffEvent.CASE_ERASED_WHEN_DUE: N_("The case was erased on the day that you were told."),
    StaffEvent.DATE_PASSED: N_("The day passed by which %(step)s."),
    StaffEvent.ESCALATED: N_("%(about)s was told that the day has passed by which %(step)s."),
}
"""What she reads; `name` is who did it, `about` the colleague it concerns.

`step` comes from `STEPS_TAKEN`, `MATTERS` or `PASSED`.
"""

PASSED: Mapping[Clock, str] = {
    Clock.ACKNOWLEDGE: N_("somebody had to write to you first"),
    Clock.FEEDBACK: N_("you had to hear what the team does"),
    Clock.INVESTIGATION: N_("the work on your case had to be done"),
    Clock.SIGN_OF_LIFE: N_("you had to hear from the team again"),
    Clock.CHECK_IN: N_("the team had to ask if anyone punishes you for speaking up"),
    Clock.LOOK_AGAIN: N_("the team had to look again at what is planned for you"),
}

STEPS_TAKEN: Mapping[Act, str] = {
    Act.ACKNOWLEDGE: N_("told you that the team has read it"),
    Act.BEGIN: N_("began to work on it"),
    Act.CONCLUDE: N_("finished the work on it"),
    Act.CLOSE: N_("closed the case"),
    Act.REOPEN: N_("opened the case again"),
    Act.SET_ASIDE: N_("could not follow it, and put it aside until you write more"),
    Act.BRING_BACK: N_("took it up again"),
}

JOURNAL: Mapping[ReporterEvent, str] = {
    ReporterEvent.RECORD_KEPT: N_("You wrote this down for yourself."),
    ReporterEvent.RECORD_OPENED: N_("You opened this to people you chose."),
    ReporterEvent.REPORT_SENT: N_("You sent this."),
    ReporterEvent.COMPLAINT_SENT: N_("You complained about how you are treated."),
    ReporterEvent.MESSAGE_WRITTEN: N_("You wrote a message."),
    ReporterEvent.ADDED_TO: N_("You added to what you wrote."),
    ReporterEvent.EVIDENCE_ADDED: N_("You added a file, a link or an account."),
    ReporterEvent.EVIDENCE_RECEIVED: N_("It was received and sealed as it is."),
    ReporterEvent.EVIDENCE_CLEANED: N_("A copy without hidden data was made."),
    ReporterEvent.EVIDENCE_REMOVED: N_("You took away something you had added."),
    ReporterEvent.CHOICES_CHANGED: N_("You changed what you wish for."),
    ReporterEvent.CONSENT_GIVEN: N_("You said yes to something."),
    ReporterEvent.CONSENT_TAKEN_BACK: N_("You took back a yes."),
    ReporterEvent.DOOR_CHANGED: N_("You chose another way for your case."),
    ReporterEvent.READER_CLOSED_OUT: N_("You closed this to someone."),
    ReporterEvent.READER_LET_IN: N_("You opened this to someone."),
    ReporterEvent.IDENTITY_SHOWN: N_("You let the team see what you wrote about yourself."),
    ReporterEvent.IDENTITY_HIDDEN: N_("You locked what you wrote about yourself again."),
    ReporterEvent.REQUEST_AGREED: N_("You agreed to a request."),
    ReporterEvent.REQUEST_REFUSED: N_("You said no to a request."),
    ReporterEvent.PLAN_ANSWERED: N_("You answered something that is planned for you."),
    ReporterEvent.REFERRAL_ASKED: N_("You asked to be referred to a service."),
    ReporterEvent.REFERRAL_STOPPED: N_("You stopped a referral."),
    ReporterEvent.REFERRAL_OPENED: N_("A service opened what you agreed to."),
    ReporterEvent.REFERRAL_ANSWERED: N_("A service to which you were referred answered."),
    ReporterEvent.REFERRAL_LINK_ENDED: N_("The link of a service ended."),
    ReporterEvent.TALK_ASKED_FOR: N_("You asked to talk or meet."),
    ReporterEvent.OUTCOME_WAIVED: N_("You said that you do not want to hear the outcome."),
    ReporterEvent.COPY_TAKEN: N_("You took a copy."),
    ReporterEvent.TOKEN_ADDED: N_("You made another token."),
    ReporterEvent.TOKEN_DROPPED: N_("You ended a token."),
    ReporterEvent.GUEST_INVITED: N_("You invited somebody to read what you wrote and to write beside you."),
    ReporterEvent.GUEST_READ: N_("Your representative or a translator read what you wrote."),
    ReporterEvent.GUEST_WROTE: N_("Your representative or a translator wrote something."),
    ReporterEvent.GUEST_ENDED: N_("The access of your representative or a translator ended."),
    ReporterEvent.CASE_WITHDRAWN: N_("You closed your case."),
    ReporterEvent.CASE_REOPENED: N_("You opened your case again."),
    ReporterEvent.ERASURE_ASKED: N_("You asked to erase this."),
    ReporterEvent.ERASURE_UNDONE: N_("You undid the erasing."),
    ReporterEvent.CASE_ERASED: N_("You erased this."),
    ReporterEvent.CHECK_INS_ENDED: N_("You asked us not to ask again if anyone punishes you."),
    ReporterEvent.CHECK_INS_WANTED: N_("You said that we may ask again if anyone punishes you."),
}
