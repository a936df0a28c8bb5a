"""What somebody can ask a fund for, what she declares, how a request moves, and why one is declined.

The statements are a closed list from which a fund chooses. None of them is about guilt, proof, a report or taking
part in anything: assistance does not depend on these. A fund cannot word one of its own, so it cannot ask for them.
"""

from collections.abc import Mapping
from enum import StrEnum

from reporting.domain.words import N_


class Need(StrEnum):
    """What the money is for."""

    ADVICE = "advice"
    PROTECTION = "protection"
    WORK = "work"
    COURT = "court"
    CRIMINAL = "criminal"
    DEFENCE = "defence"
    FEES = "fees"
    PAPERS = "papers"


NEEDS: Mapping[Need, str] = {
    Need.ADVICE: N_("To talk with a lawyer and learn what I can do"),
    Need.PROTECTION: N_("A protection order, or the like"),
    Need.WORK: N_("A matter of work: dismissal, pay, a contract, retaliation"),
    Need.COURT: N_("A lawyer in a civil court"),
    Need.CRIMINAL: N_("A lawyer beside me with the police or in a criminal court"),
    Need.DEFENCE: N_("Somebody threatens or sues me because I spoke up"),
    Need.FEES: N_("Fees of a court, a notary or an expert"),
    Need.PAPERS: N_("Translations and papers that a lawyer needs"),
}


class Criterion(StrEnum):
    """A statement that she confirms."""

    CANNOT_PAY = "cannot_pay"
    NOBODY_ELSE_PAYS = "nobody_else_pays"
    HARASSMENT = "harassment"
    COUNTRY = "country"
    NOT_FREE = "not_free"


CRITERIA: Mapping[Criterion, str] = {
    Criterion.CANNOT_PAY: N_("I cannot pay for this myself, or only with hardship."),
    Criterion.NOBODY_ELSE_PAYS: N_("No insurance, union or other fund pays for this."),
    Criterion.HARASSMENT: N_("It has to do with sexual harassment, sexual violence or retaliation against me."),
    Criterion.COUNTRY: N_("The lawyer works, or the court is, in the country that I chose."),
    Criterion.NOT_FREE: N_("I found no lawyer who does this free of charge, or cannot wait for one."),
}


class State(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    AGREED = "agreed"
    APPROVED = "approved"
    ISSUED = "issued"
    REDEEMED = "redeemed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    EXPIRED = "expired"


WAITING = (State.ASKED, State.AGREED)
"""An officer has to decide; no money is reserved."""

RESERVED = (State.APPROVED, State.ISSUED)
"""Money is reserved."""

OVER = (State.REDEEMED, State.DECLINED, State.TAKEN_BACK, State.EXPIRED)

TO_HER: Mapping[State, str] = {
    State.ASKED: N_("Your request has arrived at the fund. Two people there decide, one after the other."),
    State.AGREED: N_("One person at the fund has agreed. A second one decides now."),
    State.APPROVED: N_("The fund has agreed. The money is kept for you, and your voucher is ready."),
    State.ISSUED: N_("You have a voucher. The money is kept for you until the day below."),
    State.REDEEMED: N_("The voucher has been used, and the fund pays the bill."),
    State.DECLINED: N_("The fund did not agree this time. This says nothing about what happened to you."),
    State.TAKEN_BACK: N_("You took this request back."),
    State.EXPIRED: N_("The day passed on which the voucher ended. The money went back to the fund. You can ask again."),
}


class Reason(StrEnum):
    """Why a request was declined."""

    NO_MONEY = "no_money"
    TOO_MUCH = "too_much"
    NOT_THERE = "not_there"
    NOT_COVERED = "not_covered"


REASONS: Mapping[Reason, str] = {
    Reason.NO_MONEY: N_("The fund has not enough money at present. You can ask again later."),
    Reason.TOO_MUCH: N_("The amount is more than the fund gives for this. You can ask for less."),
    Reason.NOT_THERE: N_("The fund has no lawyer in this country yet."),
    Reason.NOT_COVERED: N_("The fund does not pay for this kind of help."),
}
