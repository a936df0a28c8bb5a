"""What the law says in the demonstration: invented from the first word to the last, and marked so on every page."""

from datetime import timedelta
from typing import Final

from reporting.demo.stage import Stage
from reporting.domain.help.legal_profile import (
    LegalProfile,
    PathStep,
    Protection,
    ReportingDuty,
    Statute,
    Texts,
    TimeLimit,
)
from reporting.services.help.legal_profiles import add_version

REVIEWER: Final = "Tamara Vrabie"
_INVENTED: Final = "fictional, for the demonstration"

MOLDOVA: Final = Texts(
    "en",
    f"an invented lawyer at an invented bar; {_INVENTED}",
    (
        Statute(
            f"Labour code ({_INVENTED})",
            "Nobody may be harassed sexually at work. The employer must look into every complaint and keep whoever "
            "complains safe meanwhile.",
            "An invented gazette, number 12",
        ),
        Statute(
            f"Act on equal treatment ({_INVENTED})",
            "Words, touch, pictures and messages that humiliate somebody because of their sex are harassment, even "
            "once. Whoever says that it did not happen has to show it, once you have told facts that point to it.",
            "An invented gazette, number 40",
        ),
    ),
    (
        TimeLimit("45 days", f"to complain to the equality body, from when you learned of it ({_INVENTED})"),
        TimeLimit("3 months", f"to go to a labour court because of a dismissal ({_INVENTED})"),
    ),
    (
        ReportingDuty(
            "A doctor or a nurse",
            f"who treats a wound that somebody made with a weapon ({_INVENTED})",
            "the police",
        ),
    ),
    (
        Protection(f"You may not be dismissed, moved or paid less because you complained or helped ({_INVENTED})."),
        Protection(f"What you said as a witness may not be held against you ({_INVENTED})."),
    ),
    (
        PathStep("Write down what happened, for yourself, with the days as far as you remember them."),
        PathStep("Complain here, or to the employer in writing."),
        PathStep("Complain to the equality body if nothing is done."),
        PathStep("Go to the labour court; a lawyer can be paid by the state if you cannot pay one."),
    ),
    identity_duty="The law of this country obliges the organisation to tell the authorities when a child is in danger, "
    "or somebody's life. Only for that may two people together, one of them at the outside desk, open what you write "
    "about yourself, and you are told two working days before.",
    hold_law="Where a labour court asks for it, the labour code of this country lets the organisation keep single "
    "pieces of evidence until the court has decided, for a year at most.",
)

ROMANIA: Final = Texts(
    "en",
    f"an invented lawyer; {_INVENTED}",
    (Statute(f"Labour code ({_INVENTED})", "Nobody may be harassed at work.", "An invented gazette, number 3"),),
)


def sign_laws(stage: Stage) -> None:
    """Sign the law of the country where the offices stand, and one of another that is over by now."""
    today = stage.house.today()
    for country, texts, reviewed, days in (("MD", MOLDOVA, 0, 365), ("RO", ROMANIA, 400, 365)):
        first = today - timedelta(days=reviewed)
        last = first + timedelta(days=days)
        stage.do(add_version, LegalProfile(country, REVIEWER, first.isoformat(), last.isoformat(), (texts,)))
