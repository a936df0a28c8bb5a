"""Words for the hard moments of a case, to begin a message from: never sent as they stand without being read.

They are offered in the language in which she wrote. What stands in square brackets is for the handler to fill in or
take out; a message with such a bracket left in it is not sent.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from reporting.domain.words import N_

BLANK = re.compile(r"\[[^\[\]]{1,80}\]")


class Moment(StrEnum):
    """When the words are wanted."""

    ACKNOWLEDGEMENT = "acknowledgement"
    DELAY = "delay"
    NOT_PROCEEDING = "not-proceeding"
    OUTCOME = "outcome"
    CHECK_IN = "check-in"


MOMENT_NAMES: Mapping[Moment, str] = {
    Moment.ACKNOWLEDGEMENT: N_("It was read"),
    Moment.DELAY: N_("It takes longer"),
    Moment.NOT_PROCEEDING: N_("No investigation"),
    Moment.OUTCOME: N_("The outcome"),
    Moment.CHECK_IN: N_("Asking how it is now"),
}

WORDS: Mapping[Moment, str] = {
    Moment.ACKNOWLEDGEMENT: N_(
        "Thank you for telling us. I have read what you wrote. [Name] can read it too, and nobody else.\n\n"
        "Nothing is done before you have said what you want. Next, I will [what happens next] by [day].\n\n"
        "You can ask me anything here, and you do not have to answer quickly. If you are in danger, please use the "
        "help on this page; nobody reads here at night."
    ),
    Moment.DELAY: N_(
        "I said that you would hear from me by [day], and I am late. I am sorry. Waiting is hard, and this is not "
        "because of anything you did.\n\n"
        "What has happened so far: [what was done]. What is still missing: [what is missing].\n\n"
        "You will hear from me again by [new day], also if there is nothing new. If this makes something harder for "
        "you, tell me and we look for a way now."
    ),
    Moment.NOT_PROCEEDING: N_(
        "I want to tell you plainly: we will not open an investigation. This does not mean that it did not happen, or "
        "that it was not serious.\n\n"
        "The reason is: [reason in plain words].\n\n"
        "What we can still do, if you want it: [support, measures, other ways]. If you know more, or change your mind, "
        "write here and we look again. If you think that we are wrong, you can complain past us on your page under "
        "“Something is wrong”, and [other body] is independent of us."
    ),
    Moment.OUTCOME: N_(
        "This is the outcome of our work. Please read it when you have time and, if you like, somebody with you.\n\n"
        "What we found: [finding in plain words]. What follows from it: [measures, as far as you may know them].\n\n"
        "What you told us counted. If there is something you do not understand or do not agree with, write here before "
        "[day]; after that I close the case, and you can open it again yourself. The help on this page stays open to "
        "you in any case."
    ),
    Moment.CHECK_IN: N_(
        "I am writing to ask how it is for you now. Has anybody treated you differently since you told us: work, "
        "tasks, contract, words, looks?\n\n"
        "You do not have to answer. If something happened, it is not too small to say, and we treat it as a matter of "
        "its own. If you do not want to be asked again, tell me and I stop."
    ),
}


def blanks_left(text: str, offered: str) -> tuple[str, ...]:
    """Return the blanks of the offered words that still stand in a message; brackets of one's own are left alone.

    :param offered: the words as they were offered, in the language of the message.
    """
    ours = set(BLANK.findall(offered))
    return tuple(blank for blank in dict.fromkeys(BLANK.findall(text)) if blank in ours)
