"""What staff read for each code of the work on a case. One table per kind of code; a test holds them complete."""

from collections.abc import Mapping

from reporting.domain.casework.assessment import Detriment, Risk
from reporting.domain.casework.classification import ConductKind, Factor, Fork, Party, Path, Setting, Target, Urgency
from reporting.domain.casework.interviews import Record, Whom
from reporting.domain.casework.outcome import CONSEQUENCES as CONSEQUENCES
from reporting.domain.casework.outcome import Finding
from reporting.domain.casework.resolution import MEASURES as MEASURES
from reporting.domain.casework.tasks import TaskKind, TaskState
from reporting.domain.casework.ways import Way
from reporting.domain.words import N_

CONDUCT: Mapping[ConductKind, str] = {
    ConductKind.DISCRIMINATION: N_("Discrimination"),
    ConductKind.HARASSMENT: N_("Harassment"),
    ConductKind.SEXUAL_HARASSMENT: N_("Sexual harassment"),
    ConductKind.ABUSE_OF_AUTHORITY: N_("Abuse of authority"),
    ConductKind.RETALIATION: N_("Retaliation for speaking up"),
    ConductKind.ONLINE_MESSAGES: N_("Unwanted sexual messages or calls"),
    ConductKind.ONLINE_IMAGES: N_("Intimate or made-up images, taken, shown or shared"),
    ConductKind.ONLINE_WATCHING: N_("Watched, tracked or impersonated by phone or computer"),
    ConductKind.CYBERBULLYING: N_("Mobbing or hate online"),
}

SETTINGS: Mapping[Setting, str] = {
    Setting.AT_WORK: N_("At work"),
    Setting.OUTSIDE_HOURS: N_("Outside working hours"),
    Setting.OUTSIDE_PREMISES: N_("Outside the premises: on a mission, at an event, at home"),
    Setting.ONLINE: N_("By phone or online"),
}

FACTORS: Mapping[Factor, str] = {
    Factor.SENIORITY: N_("The person is senior or leads"),
    Factor.POWER: N_("The person decides about work, pay, contract or aid"),
    Factor.REPETITION: N_("It was done more than once"),
    Factor.PHYSICAL: N_("Touch or violence"),
    Factor.THREAT: N_("A threat"),
    Factor.MINOR: N_("Somebody is under 18"),
    Factor.SEVERAL: N_("Several people are affected"),
}

TARGETS: Mapping[Target, str] = {
    Target.WORKFORCE: N_("Somebody who works here in any way, applies, or takes part in an event"),
    Target.BENEFICIARY: N_("A beneficiary"),
    Target.COMMUNITY: N_("Somebody of the community around"),
    Target.NOT_KNOWN: N_("Not known yet"),
}

FORKS: Mapping[Fork, str] = {
    Fork.HARASSMENT: N_("Sexual harassment (SH)"),
    Fork.EXPLOITATION: N_("Sexual exploitation and abuse (SEA), counted apart"),
    Fork.NEITHER: N_("Neither SH nor SEA"),
}

PATHS: Mapping[Path, str] = {
    Path.SUPPORT: N_("Support first"),
    Path.EITHER: N_("Informal or an investigation, as the reporter wishes"),
    Path.INVESTIGATE: N_("Offer an investigation"),
    Path.SEA_PROCEDURE: N_("Follow the procedure for SEA"),
}

URGENCIES: Mapping[Urgency, str] = {
    Urgency.PLANNED: N_("As planned"),
    Urgency.THIS_WEEK: N_("This week"),
    Urgency.TODAY: N_("Today"),
}

PARTIES: Mapping[Party, str] = {
    Party.OUTSIDE_DESK: N_("The outside desk"),
    Party.SEA_FOCAL_POINT: N_("The focal point for SEA"),
    Party.CHILD_SAFEGUARDING: N_("Child safeguarding"),
    Party.SECURITY: N_("Security"),
    Party.MEDICAL: N_("Medical care"),
    Party.DIGITAL_SAFETY: N_("Somebody who knows how to keep and take down what is online"),
    Party.STAFF_COUNSELLOR: N_("A counsellor"),
}

RISKS: Mapping[Risk, str] = {
    Risk.NONE_SEEN: N_("None that we see"),
    Risk.SOME: N_("Some"),
    Risk.SERIOUS: N_("Serious"),
    Risk.NOT_KNOWN: N_("We do not know yet"),
}

DETRIMENTS: Mapping[Detriment, str] = {
    Detriment.CONTRACT: N_("Contract ended or not renewed"),
    Detriment.PAY: N_("Pay, promotion or evaluation"),
    Detriment.DUTIES: N_("Duties taken away, moved elsewhere"),
    Detriment.ISOLATION: N_("Left out by colleagues"),
    Detriment.REPUTATION: N_("Rumours, blame, a counter-report"),
    Detriment.THREATS: N_("Threats"),
    Detriment.VIOLENCE: N_("Violence"),
    Detriment.PRIVACY: N_("Found out who reported"),
}

TASKS: Mapping[TaskKind, str] = {
    TaskKind.CONTACT: N_("Write to the reporter"),
    TaskKind.SUPPORT: N_("Support"),
    TaskKind.SAFETY: N_("Safety"),
    TaskKind.EVIDENCE: N_("Evidence"),
    TaskKind.INTERVIEW: N_("Interview"),
    TaskKind.MEASURE: N_("A measure"),
    TaskKind.DECISION: N_("A decision"),
    TaskKind.OTHER: N_("Something else"),
}

TASK_STATES: Mapping[TaskState, str] = {
    TaskState.OPEN: N_("Open"),
    TaskState.DONE: N_("Done"),
    TaskState.DROPPED: N_("Dropped"),
}

PARTS: Mapping[Whom, str] = {
    Whom.REPORTER: N_("The reporter"),
    Whom.AFFECTED: N_("Somebody else who is affected"),
    Whom.WITNESS: N_("A witness"),
    Whom.NAMED: N_("A named person"),
    Whom.MANAGER: N_("A manager"),
    Whom.EXPERT: N_("An expert"),
}

RECORDS: Mapping[Record, str] = {
    Record.NOT_YET: N_("Not shown to the person yet"),
    Record.AGREED: N_("Agreed"),
    Record.WITH_CHANGES: N_("Agreed with changes"),
    Record.NOT_AGREED: N_("Not agreed"),
}

FINDINGS: Mapping[Finding, str] = {
    Finding.SUPPORTED: N_("Supported by what was found"),
    Finding.PARTLY: N_("Supported in part"),
    Finding.NOT_SUPPORTED: N_("Not supported by what could be found"),
    Finding.NOT_ENOUGH: N_("Not enough to say"),
    Finding.NONE: N_("No finding: settled, or ended without one"),
}

WAYS: Mapping[Way, str] = {
    Way.SUPPORT: N_("Support only"),
    Way.INFORMAL: N_("Informal"),
    Way.FORMAL: N_("Investigation"),
}
