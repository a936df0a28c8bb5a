"""What staff read for each code of the domain. One table per kind of code; a test holds them complete."""

from collections.abc import Mapping

from reporting.domain.approvals import Matter
from reporting.domain.aside import Reason
from reporting.domain.audit import ReporterEvent, StaffEvent
from reporting.domain.case import Act, CaseKind, MacroState, Status
from reporting.domain.clocks import Clock
from reporting.domain.conflict import Tie
from reporting.domain.factors import Authenticator, Passkey
from reporting.domain.inaction import Inaction
from reporting.domain.outside import ASKERS, UNTOLD
from reporting.domain.people import Role
from reporting.domain.questions import Door
from reporting.domain.words import N_
from reporting.services.identity import Ground
from reporting.services.search import Where

ROLES: Mapping[Role, str] = {
    Role.CASE_MANAGER: N_("Case manager"),
    Role.INVESTIGATOR: N_("Investigator"),
    Role.OUTSIDE_DESK: N_("Outside desk"),
    Role.FOCAL_POINT: N_("Focal point"),
    Role.LEGAL_AID_OFFICER: N_("Legal-aid officer"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.AUDITOR: N_("Auditor"),
}

STATES: Mapping[str, str] = {
    "invited": N_("Has not enrolled yet"),
    "active": N_("Active"),
    "disabled": N_("Disabled"),
}

SIGNS: Mapping[Inaction, str] = {
    Inaction.UNOPENED: N_("Not opened"),
    Inaction.UNANSWERED: N_("Not answered"),
    Inaction.STALLED: N_("Nothing done"),
    Inaction.CLOSED_UNEXPLAINED: N_("Closed without a word"),
}

STATUSES: Mapping[Status, str] = {
    Status.PRIVATE: N_("Private"),
    Status.RECEIVED: N_("Received"),
    Status.ASSESSING: N_("Being assessed"),
    Status.ADDRESSING: N_("Being worked on"),
    Status.CONCLUDED: N_("Concluded"),
    Status.CLOSED: N_("Closed"),
    Status.SET_ASIDE: N_("Set aside"),
    Status.WITHDRAWN: N_("Withdrawn"),
    Status.ERASING: N_("Being erased"),
}

STAGES: Mapping[MacroState, str] = {
    MacroState.RECEIVE: N_("Receive"),
    MacroState.ASSESS: N_("Assess"),
    MacroState.ADDRESS: N_("Address"),
    MacroState.CONCLUDE: N_("Conclude"),
}

KINDS: Mapping[CaseKind, str] = {
    CaseKind.REPORT: N_("Report"),
    CaseKind.COMPLAINT: N_("Complaint about how somebody is treated"),
}

DOORS: Mapping[Door, str] = {
    Door.PRIVATE: N_("Written down privately"),
    Door.INFORMAL: N_("Informal: someone to talk to, advice, support"),
    Door.FORMAL: N_("Formal: an investigation"),
    Door.RETALIATION: N_("Retaliation for speaking up"),
    Door.WITNESS: N_("From a witness, or on someone's behalf"),
    Door.QUESTION: N_("A question"),
    Door.COMPLAINT: N_("A complaint about how the reporter is treated"),
}

DUE: Mapping[Clock, str] = {
    Clock.ACKNOWLEDGE: N_("Acknowledge it"),
    Clock.FEEDBACK: N_("Tell the reporter what is done"),
    Clock.INVESTIGATION: N_("Finish the investigation"),
    Clock.SIGN_OF_LIFE: N_("Write to the reporter again"),
    Clock.CHECK_IN: N_("Ask whether anybody punishes the reporter"),
    Clock.LOOK_AGAIN: N_("Look again at what is planned for the reporter"),
    Clock.ERASURE: N_("The case is erased"),
}

CHECK_IN = N_(
    "We ask everybody who wrote to us: since you spoke up, does anyone make things hard for you because of it? For "
    "example at work, with your contract, or in how people treat you. You do not have to answer. If something has "
    "happened, write it here and we look into it. If you do not want to be asked again, you can say so on your page "
    "under “What you agreed to”."
)
"""Offered to whoever asks; the writer may change it."""

STEPS: Mapping[Act, str] = {
    Act.ACKNOWLEDGE: N_("Acknowledge it"),
    Act.BEGIN: N_("Begin the work"),
    Act.CONCLUDE: N_("Conclude the work"),
    Act.CLOSE: N_("Close the case"),
    Act.REOPEN: N_("Open the case again"),
    Act.SET_ASIDE: N_("Set it aside"),
    Act.BRING_BACK: N_("Take it up again"),
}

STEP_MEANS: Mapping[Act, str] = {
    Act.ACKNOWLEDGE: N_("The reporter reads that the team has read it, and by when to hear more."),
    Act.BEGIN: N_("The reporter reads that the team is working on it."),
    Act.CONCLUDE: N_("The reporter reads that the work is finished and that the outcome comes before the case closes."),
    Act.CLOSE: N_(
        "The reporter has to be told the outcome first, unless they do not want to hear it, and a second person has to "
        "agree. The reporter can still read, write and reopen."
    ),
    Act.REOPEN: N_("The work goes on, the dates start anew, and the reporter is owed a new outcome."),
    Act.SET_ASIDE: N_("The reporter reads that the team could not follow it, and is asked to tell more."),
    Act.BRING_BACK: N_("It is back among the new cases, and its dates start anew."),
}

GROUNDS: Mapping[Ground, str] = {
    Ground.RISK_TO_LIFE: N_("Somebody's life is at risk"),
    Ground.CHILD_PROTECTION: N_("A child must be protected"),
    Ground.COURT_ORDER: N_("A court has ordered it"),
    Ground.STATUTORY_REPORT: N_("A law demands a report with the name"),
}

EVENTS: Mapping[StaffEvent, str] = {
    StaffEvent.NAMES_SEEN: N_("Saw the names given, to rule out a conflict"),
    StaffEvent.NO_CONFLICT_DECLARED: N_("Declared to have no conflict of interest"),
    StaffEvent.CASE_OPENED: N_("Opened the story"),
    StaffEvent.CASE_NAMED: N_("Changed the working title"),
    StaffEvent.NOTE_WRITTEN: N_("Wrote a note for the team"),
    StaffEvent.MESSAGE_SENT: N_("Wrote to the reporter"),
    StaffEvent.STEP_TAKEN: N_("Took a step"),
    StaffEvent.READER_ASKED_FOR: N_("Asked the reporter about a new reader"),
    StaffEvent.ASSIGNED: N_("Gave a colleague the key"),
    StaffEvent.RECUSED: N_("Left the case"),
    StaffEvent.ROUTED_TO_DESK: N_("Handed the case to the outside desk"),
    StaffEvent.RESEALED: N_("Gave a colleague with a new key access again"),
    StaffEvent.IDENTITY_ASKED_FOR: N_("Asked the reporter to show who they are"),
    StaffEvent.IDENTITY_DUTY_CLAIMED: N_("Asked by duty to open who the reporter is"),
    StaffEvent.IDENTITY_DUTY_APPROVED: N_("Agreed to a request by duty"),
    StaffEvent.IDENTITY_DUTY_REFUSED: N_("Refused a request by duty"),
    StaffEvent.IDENTITY_OPENED: N_("Opened who the reporter is"),
    StaffEvent.TRANSLATOR_ASKED_FOR: N_("Asked the reporter about a translator"),
    StaffEvent.TRANSLATOR_LET_IN: N_("Gave a translator a token"),
    StaffEvent.SECOND_ASKED: N_("Asked for a second person's yes"),
    StaffEvent.SECOND_AGREED: N_("Agreed as the second person"),
    StaffEvent.SECOND_REFUSED: N_("Refused as the second person"),
    StaffEvent.FILE_OPENED: N_("Opened the file of the case"),
    StaffEvent.ENTRY_WRITTEN: N_("Wrote into the file of the case"),
    StaffEvent.ENTRY_SHARED: N_("Put something on the reporter’s page"),
    StaffEvent.OUTCOME_TOLD: N_("Told the reporter the outcome"),
    StaffEvent.HANDED_OVER: N_("Is leaving and gave a colleague the key"),
    StaffEvent.STEPPED_OUT: N_("Is leaving and gave up their own key"),
    StaffEvent.DEPARTED: N_("Somebody who handled the case has left the team"),
    StaffEvent.ASIDE_CHECKED: N_("Looked again at what was set aside, and left it there"),
    StaffEvent.PERSON_LINKED: N_("Said who a named person is"),
    StaffEvent.LINK_UNDONE: N_("Took back who a named person is"),
    StaffEvent.OUTSIDE_ASKED: N_("Wrote down a request from outside"),
    StaffEvent.OUTSIDE_REFUSED: N_("Gave nothing to somebody outside"),
    StaffEvent.OUTSIDE_GIVEN: N_("Gave something of the case to somebody outside"),
    StaffEvent.FILE_TAKEN_OUT: N_("Took a file of the case out of here"),
    StaffEvent.HOLD_BEGUN: N_("Began to keep items because a law demands it"),
    StaffEvent.HOLD_ENDED: N_("What was kept because of a law was destroyed"),
    StaffEvent.HELD_OPENED: N_("Opened what is kept because of a law"),
    StaffEvent.CASE_ERASED_WHEN_DUE: N_("A case was erased on its day"),
    StaffEvent.FOUND_IN_SEARCH: N_("Found the case in a search and saw a line of it"),
    StaffEvent.SEARCHED: N_("Looked for words in the cases they hold"),
    StaffEvent.DATE_PASSED: N_("A day passed that the reporter was promised"),
    StaffEvent.ESCALATED: N_("Was told of a day that has passed"),
    StaffEvent.SIGNED_IN: N_("Signed in"),
    StaffEvent.SIGNED_OUT: N_("Signed out"),
    StaffEvent.SIGN_IN_REFUSED: N_("A sign-in was refused"),
    StaffEvent.SESSION_ENDED: N_("Ended one of their own sessions"),
    StaffEvent.ACCOUNT_CREATED: N_("Created an account"),
    StaffEvent.ACCOUNT_ENROLLED: N_("Set a passphrase and got a key"),
    StaffEvent.ACCOUNT_CHANGED: N_("Changed an account"),
    StaffEvent.ACCOUNT_DISABLED: N_("Disabled an account"),
    StaffEvent.ACCOUNT_ENABLED: N_("Enabled an account"),
    StaffEvent.CODE_ISSUED: N_("Made a new one-time code"),
    StaffEvent.PASSPHRASE_CHANGED: N_("Changed their passphrase"),
    StaffEvent.SECOND_FACTOR_ADDED: N_("Set up a second factor"),
    StaffEvent.SECOND_FACTOR_REMOVED: N_("Took a second factor away"),
    StaffEvent.SECOND_FACTOR_REFUSED: N_("The passphrase was right and the second factor was not"),
    StaffEvent.RECOVERY_CODES_DRAWN: N_("Drew recovery codes"),
    StaffEvent.RECOVERY_CODE_USED: N_("Used a recovery code"),
    StaffEvent.CONDUCT_ACCEPTED: N_("Accepted the code of conduct"),
    StaffEvent.VOUCHED: N_("Vouched for a key"),
    StaffEvent.OFFICE_CREATED: N_("Added an office"),
    StaffEvent.OFFICE_CHANGED: N_("Changed an office"),
    StaffEvent.OFFICE_OPENED: N_("Opened an office for reports"),
    StaffEvent.SETTING_CHANGED: N_("Changed a setting"),
    StaffEvent.PACK_LOADED: N_("Put a new version of the rules in force"),
    StaffEvent.DUTY_CHANGED: N_("Changed the duty rota"),
    StaffEvent.DUTY_MISSED: N_("Was on duty and did not sign in for one working day"),
    StaffEvent.STANDS_IN: N_("Stands in for somebody on duty"),
    StaffEvent.AUDIT_READ: N_("Read the record"),
    StaffEvent.AUDIT_VERIFIED: N_("Had the record checked"),
    StaffEvent.CHECKPOINT_MADE: N_("Made a checkpoint of the record to be kept elsewhere"),
    StaffEvent.RECOVERY_BEGUN: N_("Made a recovery key and handed out its shares"),
    StaffEvent.RECOVERY_RENEWED: N_("Replaced the recovery key; the copies under the old one are destroyed"),
    StaffEvent.RECOVERY_ENDED: N_("Gave the recovery key up; all copies are destroyed"),
    StaffEvent.RECOVERY_DRILLED: N_("A quorum showed its shares in a drill; nothing was restored"),
    StaffEvent.RECOVERY_REFUSED: N_("Shares were given that do not fit the recovery key"),
    StaffEvent.SEED_SEALED_TO_QUORUM: N_("Sealed their key to the recovery key, too"),
    StaffEvent.SEED_RESTORED: N_("A quorum restored an account with its old key"),
    StaffEvent.RETENTION_RUN: N_("What was due ended by itself"),
}

MATTERS: Mapping[Matter, str] = {
    Matter.CLOSING: N_("Close the case"),
    Matter.CLEAR_CHECK: N_("Enter the outcome into ClearCheck or the Misconduct Disclosure Scheme"),
    Matter.TELLING_NAMED: N_("Tell the named person without the reporter's yes"),
    Matter.DISCLOSURE: N_("Give something of the case to somebody outside"),
    Matter.DISCLOSURE_UNTOLD: N_("Give something of the case to somebody outside before the reporter is told"),
    Matter.HOLD: N_("Keep items because a law demands it"),
    Matter.EXPORT: N_("Take the case file out of here"),
}

REASONS: Mapping[Reason, str] = {
    Reason.NOT_UNDERSTANDABLE: N_("Nobody could understand it"),
    Reason.DUPLICATE: N_("It is the same as another case"),
    Reason.TEST: N_("Somebody tried out the form"),
    Reason.ADVERTISING: N_("Advertising"),
}

FACTORS: Mapping[str, str] = {
    Authenticator.WHAT: N_("Authenticator app"),
    Passkey.WHAT: N_("Passkey"),
}

TIES: Mapping[Tie, str] = {
    Tie.ACCOUNT: N_("%(by)s: a named person is %(name)s."),
    Tie.LINE: N_("%(by)s: %(name)s works under a named person."),
    Tie.OFFICE: N_("%(by)s: a named person leads %(name)s."),
}

TIE_KINDS: Mapping[Tie, str] = {
    Tie.ACCOUNT: N_("An account"),
    Tie.LINE: N_("A line"),
    Tie.OFFICE: N_("An office"),
}

DETAILS: Mapping[str, str] = {
    **{matter.value: words for matter, words in MATTERS.items()},
    **{act.value: words for act, words in STEPS.items()},
    **{role.value: words for role, words in ROLES.items()},
    **{tie.value: words for tie, words in TIE_KINDS.items()},
    **{ground.value: words for ground, words in GROUNDS.items()},
    **{clock.value: words for clock, words in DUE.items() if clock is not Clock.ACKNOWLEDGE},
    **FACTORS,
    **{asker.value: words for asker, words in ASKERS.items()},
    UNTOLD: N_("the reporter is told later"),
    "whole": N_("Whole"),
    "wrong": N_("Something is wrong"),
    "mail": N_("Where the daily note goes"),
}
"""The codes that may stand beside an event."""

DEEDS: Mapping[ReporterEvent, str] = {
    ReporterEvent.RECORD_KEPT: N_("Wrote something down privately"),
    ReporterEvent.RECORD_OPENED: N_("Opened a private record to readers"),
    ReporterEvent.REPORT_SENT: N_("Sent a report"),
    ReporterEvent.COMPLAINT_SENT: N_("Sent a complaint"),
    ReporterEvent.MESSAGE_WRITTEN: N_("Wrote a message"),
    ReporterEvent.ADDED_TO: N_("Added to what was written"),
    ReporterEvent.CHOICES_CHANGED: N_("Changed a wish"),
    ReporterEvent.CONSENT_GIVEN: N_("Gave a consent"),
    ReporterEvent.CONSENT_TAKEN_BACK: N_("Took back a consent"),
    ReporterEvent.DOOR_CHANGED: N_("Chose another way"),
    ReporterEvent.READER_CLOSED_OUT: N_("Closed a case to somebody"),
    ReporterEvent.READER_LET_IN: N_("Opened a case to somebody"),
    ReporterEvent.IDENTITY_SHOWN: N_("Showed the team who they are"),
    ReporterEvent.IDENTITY_HIDDEN: N_("Locked who they are"),
    ReporterEvent.REQUEST_AGREED: N_("Agreed to a request"),
    ReporterEvent.REQUEST_REFUSED: N_("Said no to a request"),
    ReporterEvent.PLAN_ANSWERED: N_("Answered something that is planned"),
    ReporterEvent.TALK_ASKED_FOR: N_("Asked to talk or meet"),
    ReporterEvent.OUTCOME_WAIVED: N_("Did not want to hear an outcome"),
    ReporterEvent.COPY_TAKEN: N_("Took a copy"),
    ReporterEvent.TOKEN_ADDED: N_("Made another token"),
    ReporterEvent.TOKEN_DROPPED: N_("Ended a token"),
    ReporterEvent.GUEST_INVITED: N_("Invited a representative"),
    ReporterEvent.GUEST_READ: N_("A representative or translator read a case"),
    ReporterEvent.GUEST_WROTE: N_("A representative or translator wrote"),
    ReporterEvent.GUEST_ENDED: N_("Access of a representative or translator ended"),
    ReporterEvent.CASE_WITHDRAWN: N_("Closed their case"),
    ReporterEvent.CASE_REOPENED: N_("Opened their case again"),
    ReporterEvent.ERASURE_ASKED: N_("Asked to erase"),
    ReporterEvent.ERASURE_UNDONE: N_("Undid an erasing"),
    ReporterEvent.CASE_ERASED: N_("Erased a case"),
    ReporterEvent.CHECK_INS_ENDED: N_("Asked not to be asked about retaliation again"),
    ReporterEvent.CHECK_INS_WANTED: N_("Wants to be asked about retaliation again"),
}

WHERE: Mapping[Where, str] = {
    Where.STORY: N_("In the report"),
    Where.NAMES: N_("Among the names given"),
    Where.MESSAGES: N_("In a message"),
    Where.NOTES: N_("In a note"),
    Where.TITLE: N_("In the working title"),
    Where.FILE: N_("In the case file"),
}

CHAINS: Mapping[str, str] = {
    "audit_events": N_("What staff did"),
    "audit_days": N_("What reporters did, by day"),
    "audit_pending": N_("What waits to be linked tonight"),
}

FINDINGS: Mapping[str, str] = {
    "missing": N_("is missing"),
    "out of order": N_("is out of order"),
    "altered": N_("was altered"),
    "the head is missing": N_("has lost its end mark"),
    "the head was altered": N_("has an altered end mark"),
    "the end is missing": N_("is cut off here"),
    "not the end": N_("is not the end that was marked"),
    "beyond the end": N_("stands beyond the end mark"),
    "put there again": N_("was linked before and put there again"),
}

CHORES: Mapping[str, str] = {
    "link-days": N_("Link what reporters did yesterday into their chain"),
    "sweep": N_("End what is due: erasures, drafts, sessions, codes"),
    "verify-audit": N_("Check both chains"),
    "watch-duty": N_("Ask others to stand in for whoever is on duty and has not come"),
    "watch-offices": N_("Look for offices with too few readers"),
    "daily-mail": N_("Send the daily note to everybody who handles cases"),
    "watch-clocks": N_("Look for days that have passed, and tell the next handler"),
    "watch-inaction": N_("Look for cases that lie still"),
}

MAIL: Mapping[str, str] = {
    "off": N_("This instance sends no mail."),
    "sent": N_("All notes of today that were due have gone out."),
    "not all sent: the mail server does not answer": N_(
        "Some notes of today have not gone out: the mail server does not answer. They are tried every quarter hour."
    ),
    "not all sent: the mail server cannot be trusted": N_(
        "Some notes of today have not gone out: the mail server could not prove who it is, or offers no sealed way. "
        "They are tried every quarter hour."
    ),
    "not all sent: the mail server refuses": N_(
        "Some notes of today have not gone out: the mail server refuses them. They are tried every quarter hour."
    ),
}
"""How the daily note went, for the administrator: whether, never to whom."""

MAIL_NOT_YET = N_("The daily note has not been tried yet.")
