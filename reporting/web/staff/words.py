"""What staff read for each code of the domain. One table per kind of code; a test holds them complete."""

from collections.abc import Mapping

from reporting.domain.case import Act, CaseKind, MacroState, Status
from reporting.domain.casework.aside import Reason
from reporting.domain.casework.clocks import Clock
from reporting.domain.factors import Authenticator, Passkey
from reporting.domain.oversight.inaction import Inaction
from reporting.domain.people import Role
from reporting.domain.questions import Door
from reporting.domain.reading.approvals import Matter
from reporting.domain.reading.conflict import Tie
from reporting.domain.words import N_
from reporting.services.casework.search import Where
from reporting.services.reading.identity import Ground

ROLES: Mapping[Role, str] = {
    Role.CASE_MANAGER: N_("Case manager"),
    Role.INVESTIGATOR: N_("Investigator"),
    Role.OUTSIDE_DESK: N_("Outside desk"),
    Role.FOCAL_POINT: N_("Focal point"),
    Role.DIRECTORY_EDITOR: N_("Directory editor"),
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

WHERE: Mapping[Where, str] = {
    Where.STORY: N_("In the report"),
    Where.NAMES: N_("Among the names given"),
    Where.MESSAGES: N_("In a message"),
    Where.NOTES: N_("In a note"),
    Where.TITLE: N_("In the working title"),
    Where.FILE: N_("In the case file"),
    Where.EVIDENCE: N_("Among the evidence"),
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
