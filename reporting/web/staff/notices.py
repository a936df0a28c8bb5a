"""What staff pages say after a step, by a code in the address: a closed list, never free text."""

from collections.abc import Mapping

from flask import request

from reporting.domain.words import N_
from reporting.web.pages import translated

DONE: Mapping[str, str] = {
    "fund": N_("The fund has begun. People can ask it once a colleague has opened it."),
    "fund-money": N_("It is entered."),
    "fund-asked": N_("A colleague has to agree first. Nothing is taken back before that."),
    "fund-decided": N_("Your decision is saved. Whoever asked reads it on their page."),
    "fund-provider": N_("Added. Nothing can be used before a second person confirms."),
    "fund-provider-ended": N_("Ended. The access code opens nothing any more."),
    "out": N_("You are signed out."),
    "enrolled": N_("Your passphrase is set and you have a key. Keep the passphrase well: nobody can reset it."),
    "passphrase": N_("Your passphrase is changed. Your other sessions have ended."),
    "conduct": N_("You have accepted the code of conduct. Your cases open now."),
    "others-ended": N_("Your other sessions have ended."),
    "factor-added": N_("Your second factor is set up."),
    "factor-removed": N_("It is taken away. It opens nothing any more."),
    "ended": N_("That session has ended."),
    "declared": N_("Noted. The case is open to you now."),
    "left": N_("You have left the case. Your keys to it are destroyed."),
    "replied": N_("Your message stands on the reporter's page."),
    "draft": N_("Your draft is kept, sealed. Only you see it, and the reporter does not."),
    "noted": N_("Your note is saved."),
    "named": N_("The working title is saved."),
    "evidence-cleaned": N_("The copy without hidden data is made. The reporter reads of it."),
    "evidence-added": N_("Added, under your name. The reporter sees it, and reads that you added it."),
    "kept": N_("Saved, for everyone who handles the case."),
    "offered": N_("Your offer stands on the reporter’s page. Nothing of it is done before the yes."),
    "outcome-told": N_("The outcome stands on the reporter’s page."),
    "second-asked": N_("A second person is asked now. Nothing is entered before they agree."),
    "step": N_("The step is taken. The reporter's page says so."),
    "planned": N_("Saved. It stands on the reporter’s page now."),
    "phrase-told": N_("The passphrase is gone from here. The link waits for the service."),
    "link-ended": N_("The link is ended. Nobody reads with it any more. What was read is known."),
    "side": N_("Saved in the file of the case. The reporter does not read it."),
    "second": N_("A second person is asked now. Your reason stands on the reporter’s page."),
    "told": N_("Recorded. The reporter’s page says that the person has been told."),
    "assigned": N_("Done. Your colleague holds a key now, and the reporter sees it."),
    "asked": N_("The question stands on the reporter's page now. Nothing opens before the answer."),
    "duty": N_("The request is made, and the reporter's page says so. Two other people have to agree first."),
    "approved": N_("You agreed. The reporter's page says so."),
    "refused": N_("You did not agree. The reporter's page says so."),
    "desk-asked": N_("Somebody at the outside desk is asked now."),
    "loaded": N_("The entries are in the directory. Nobody has checked them yet."),
    "entry": N_("The entry is saved."),
    "entry-checked": N_("Noted: you have checked this entry today."),
    "taken-out": N_("It is taken out: nobody is shown it any more. You can bring it back."),
    "brought-back": N_("It is back in the directory."),
    "handed-over": N_("Handed over. Your keys to it are destroyed, and the reporter reads who has it now."),
    "handed-asked": N_(
        "Done. Where the reporter wants to be asked, the question stands on their page; look here again."
    ),
    "keys-ended": N_("The keys of the person who left are destroyed, and the lock is changed."),
    "leaving": N_("Noted when this person leaves."),
    "aside": N_("Set aside. The reporter is asked to tell more."),
    "taken-up": N_("It is back among the new cases, and its dates start anew."),
    "checked": N_("Noted: you looked at it once more, and it stays aside."),
    "linked": N_("Noted. Their keys are destroyed, and the reporter reads what you said."),
    "linked-out": N_("Noted. You work under a person who is named, so your own keys to that case are destroyed, too."),
    "unlinked": N_("Taken back. Nobody got a key by that."),
    "line": N_("Noted to whom this person reports."),
    "outside": N_("The request is written down. A second person is asked before anything can be given."),
    "outside-refused": N_("Noted. Nothing is given."),
    "outside-given": N_("Decided and in the record. Today you can make the document."),
    "export-asked": N_("A second person is asked. Nothing can be taken before somebody agreed."),
    "hold-asked": N_("A second person is asked. Nothing is kept before somebody agreed and you let it begin."),
    "held": N_("It is kept until the day that you gave. The reporter's page says what and why."),
    "hold-ended": N_("The copies are destroyed."),
    "vouched": N_("You vouched for this key. Everyone who handles cases in your office is told."),
    "sealed": N_("Done. A quorum can restore your access now."),
    "mail": N_("Saved. The note comes each working day in the morning."),
    "no-mail": N_("Saved. No note is sent."),
    "disabled": N_("The account is disabled and its sessions have ended."),
    "handed": N_("The code is gone from here."),
    "on-duty": N_("The rota is saved."),
    "off-duty": N_("That is off the rota."),
    "event": N_("The event is saved. Its code leads to the office now, and keeps leading there."),
    "office": N_("The office is saved."),
    "opened": N_("The office takes reports now."),
    "law": N_("The version is added. It counts from now on, and anyone can read it."),
    "document": N_("The document is saved. Anyone can read it in the library now."),
    "document-file": N_("The new file has taken the place of the old one."),
    "document-gone": N_("The document is gone, with every byte of its file."),
}
NOT_DONE: Mapping[str, str] = {
    "fund-amount": N_(
        "Nothing was entered. Fill in everything; an amount is digits and at most one point, nothing between thousands."
    ),
    "fund-not-enough": N_("Nothing was entered: there is not so much money there, or more than was asked for."),
    "fund-not-you": N_("Nothing was entered: it takes another person than you, or it was decided meanwhile."),
    "fund-reason": N_("Nothing was decided. Please choose a reason."),
    "not-all": N_("Not everything could be handed over. Choose somebody for what stands below."),
    "only-theirs": N_("Nothing was disabled yet. Read what it would mean, and tick that you mean it."),
    "pick": N_("Nothing was set aside. Tick at least one case and choose a reason."),
    "written-since": N_("Nothing was set aside: a reporter has written meanwhile. Please read it first."),
    "no-original": N_("Nothing was set aside: no case that you hold has this reference."),
    "empty": N_("There was nothing to save yet. Write a word or more."),
    "blanks": N_(
        "Something in square brackets is still to be filled in or taken out. Your message is kept as a draft, not sent."
    ),
    "evidence-not-cleaned": N_("There is still no copy without hidden data. Below stands why."),
    "evidence-empty": N_("Nothing was added. Choose a file, or write down a link, an account or what it is."),
    "evidence-day": N_("Nothing was added: the day of capture has to be a day that has come."),
    "evidence-there": N_("This is here already, so it was not added a second time."),
    "evidence-full": N_("Not everything was added: a file is too large, or there is no room left for it in this case."),
    "why-original": N_("Nothing was opened. Say in a few words why the copy without hidden data is not enough."),
    "alone": N_(
        "You are the last person who can open this case, and nobody at the outside desk can take it. "
        "Pass it on first, or ask the administrator to have the desk staffed."
    ),
    "nobody": N_("Please choose a person."),
    "not-now": N_("This is not possible any more. What stands here now is the present state."),
    "no-outside": N_(
        "This cannot be written down so. Say who asks and on what ground. Where a law forbids telling the reporter, "
        "name it and the day of telling, at most 366 days from today; only one such request can be open, and never "
        "with who the reporter is. Human resources never learn who the reporter is."
    ),
    "no-letters": N_(
        "The document cannot be made: no font on this server has some of its letters. Ask whoever runs the server to "
        "install one, or to set REPORTING_FONTS."
    ),
    "no-hold": N_(
        "This cannot be kept. The law must have been shown to the reporter, a reason is needed, and the day must be "
        "one of the next 366."
    ),
    "choose-items": N_("Please choose what it is about. Only things of this case can be listed."),
    "no-link": N_("No link was made: the reporter’s yes is missing or taken back, or something has changed since."),
    "not-yet": N_("This is not possible now. What is missing stands below."),
    "day": N_("Please choose a day that fits: a measure and a safety plan are looked at again in time."),
    "no-second": N_(
        "This takes two people. Nobody else handles the case and nobody at the outside desk may be asked: bring in a "
        "colleague first."
    ),
    "new-version": N_("There is a new version now. Please read it first."),
    "no-passkey": N_("That passkey could not be set up. Try again, or take an app."),
    "last-factor": N_("Your role needs a second factor. Set up another one first, then take this one away."),
    "many-factors": N_("You have very many already. Take one away first."),
    "second-first": N_("This takes two people. A second person is asked now. Once they agree, do it again here."),
    "outcome-first": N_(
        "Not closed. Tell the reporter the outcome first, on the page “Outcome”. Without it a case closes only where "
        "the reporter does not want to hear it."
    ),
    "library-full": N_("Nothing was added: the library is full. Take out what nobody needs any more first."),
    "changed-meanwhile": N_("Nothing was done: somebody changed this entry meanwhile. Please look at it again."),
    "say-how": N_("Nothing was noted. Please say how you checked it."),
    "no-quorum": N_("Nothing was sealed: this organisation has no recovery key at the moment."),
    "not-ready": N_("This office cannot take reports yet. What is missing stands below."),
}


def notices() -> tuple[str, str]:
    """Return what the address says was done, and what was not; empty for a code that is not ours."""
    done, not_done = DONE.get(request.args.get("done", ""), ""), NOT_DONE.get(request.args.get("why", ""), "")
    return translated(done), translated(not_done)
