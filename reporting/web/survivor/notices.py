"""What her pages say after a step, by a code in the address: a closed list, neutral in a history."""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.domain.words import N_
from reporting.web.pages import translated


@dataclass(frozen=True)
class Said:
    """A sentence for the top of a page, and its tone: '' after something was done, 'care' otherwise."""

    sentence: str
    tone: str = ""


DONE: Mapping[str, str] = {
    "costs-asked": N_("Your request is with the fund. The answer comes here, on this page."),
    "costs-kept": N_("Good. The voucher is not shown any more."),
    "costs-back": N_("Done. It is taken back."),
    "voucher-used": N_("The voucher is used. The fund pays this bill."),
    "sent": N_("Your message is saved. The people who can read your case find it here."),
    "kept": N_("It is saved. Only you can open it."),
    "asked": N_("Your wish to talk is saved as a message. The answer comes here, on your page."),
    "shut": N_("Done. This person has no key any more. What they have already read cannot be called back."),
    "passed-on": N_(
        "Done. This person has no key any more. Nobody else was left, so the people below can read it now."
    ),
    "referral-asked": N_("Your wish is with the team."),
    "answered": N_("Your answer is saved, and it counts from now on. You can change your mind on this page."),
    "let-in": N_("Done. This person can read it from now on."),
    "yes": N_("Your yes is saved, and it counts from now on."),
    "no": N_("Your no is saved. Nobody receives a key because of this request."),
    "changed": N_("Your choice is saved, and it counts from now on."),
    "agreed": N_("Your yes is saved. The team sees it, and may do what it offered."),
    "declined": N_("Your no is saved. Nothing of this is done."),
    "reopened": N_("Your case is open again. The same people as before can read it."),
    "closed": N_("Done. Your case is closed, and only you can open it now."),
    "closed-but": N_("Done. Your case is closed. Only you can open it now, except for what stays because of a law."),
    "undone": N_("It is kept. Nothing is erased."),
    "spare": N_("You have a spare token now. Both open the same."),
    "replace": N_("Your new token counts from now on. The old one opens nothing any more."),
    "guest": N_("Done. The person you invited can read what you wrote with that token, until the day you chose."),
    "guest-ended": N_("Done. That person opens nothing any more. What they have read they still know."),
    "gone": N_("It is erased: its keys are destroyed. What your token still opens is on this page."),
    "beside": N_("It is saved. The person beside whom you are here finds it, and so do those who handle the case."),
    "outside-yes": N_("Your yes is saved. What is listed may be given now, when a second person has agreed."),
    "outside-no": N_("Your no is saved. The people who handle your case read it."),
    "gone-but": N_(
        "It is erased: its keys are destroyed. What stays because of a law is destroyed on the day that your page told "
        "you. What your token still opens is on this page."
    ),
    "file-added": N_("It is added, sealed as it is. You find it below."),
    "file-said": N_("Your words are saved."),
    "file-moved": N_("The order is changed."),
    "file-removed": N_(
        "It is taken away, and its keys are destroyed. What somebody has seen already, they still know."
    ),
    "file-unsent": N_("It is taken away, and its keys are destroyed. Nobody here has seen it."),
    "cleared": N_("What was begun in this browser is thrown away."),
}
NOT_DONE: Mapping[str, str] = {
    "costs-amount": N_("Nothing was sent yet. An amount is digits and at most one point, for example 1250.00."),
    "costs-confirm": N_(
        "Nothing was sent yet. Please choose what you need and the country, and confirm every statement."
    ),
    "costs-runs": N_("You have asked already, and that request is not over yet."),
    "code-mistyped": N_("Nothing was used. A sign or a check digit of a code is wrong: please compare both with care."),
    "code-unknown": N_(
        "Nothing was used. These codes do not fit, or the voucher was used, has ended or was given back."
    ),
    "code-wait": N_("Too many tries from here. Please wait a few minutes."),
    "bill-number": N_("Nothing was used. The number of a bill is up to four capital letters and then digits."),
    "bill-amount": N_("Nothing was used. An amount is digits and at most one point, for example 1250.00."),
    "bill-again": N_("Nothing was used. You have entered this bill before: one bill is paid with one voucher."),
    "bill-more": N_("Nothing was used. The bill is more than the voucher. Ask your client how much it is for."),
    "empty": N_("There is nothing to save yet. Write a word or more, and try again."),
    "alone": N_("Nobody was left to read it, so the case is closed now. Only you can open it."),
    "choose": N_("Please choose one of the ways first."),
    "who": N_("Please write the name under which this person writes here, choose how long, and tick the box."),
    "tick": N_("Please tick the box first. It is there so that nobody erases by mistake."),
    "not-now": N_("This is not possible any more: that person left, or you have closed your case to them."),
    "moved-on": N_("This has changed meanwhile. What stands here now is the present state."),
    "too-late": N_("This is not open any more. You can write to the people who read your case."),
    "old": N_("Your old token still counts, because it opens something that the new one does not. Please try again."),
    "file-none": N_("No file has come with this. Please choose one first, then press the button again."),
    "file-empty": N_("A file was empty, so there was nothing to keep. Whatever else came is below."),
    "file-large": N_("A file is larger than we can keep, so nothing of it is here. Whatever else came is below."),
    "files-full": N_(
        "Not everything was added, because there is no more room here. Whatever came before that is below. You can "
        "take something away, or describe in words what does not fit."
    ),
    "file-there": N_("This is here already, so it was not added a second time."),
    "file-sent": N_(
        "This was sent while the file was still coming. The file was not added, and nothing of it is kept."
    ),
    "file-gone": N_("It was not added, because what it belongs to is not here any more. Nothing of it is kept."),
    "file-again": N_(
        "This did not arrive whole, or too much time has passed. What came is destroyed by itself: please try again."
    ),
    "waiting": N_("What you typed before your page closed is still here. It is not sent yet."),
}


def in_address(code: str) -> dict[str, str]:
    """Return the argument with which an address carries a code, if there is one."""
    return {"done" if code in DONE else "why": code} if code else {}


def said(code: str) -> Said | None:
    """Return what a code means; nothing for a code that is not ours."""
    if code in DONE:
        return Said(translated(DONE[code]))
    return Said(translated(NOT_DONE[code]), "care") if code in NOT_DONE else None
