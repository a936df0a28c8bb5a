"""The steps of the form and their order at each door.

The order is that of a Self-Administered Interview (Gabbert, Hope and Fisher 2009): her own words
first, then open questions about what she may have mentioned, and only then boxes to tick, so that
no box puts words into her mouth.
"""

from collections.abc import Mapping

from reporting.domain.questions.kinds import Door, Step
from reporting.domain.words import N_

STEPS: Mapping[str, Step] = {
    step.id: step
    for step in (
        Step("before", N_("Before you write"), N_("Please read this first. Then you decide.")),
        Step(
            "account",
            N_("In your own words"),
            N_("Write it as it comes, in any order and in the language you like. There is no wrong way to tell it."),
        ),
        Step(
            "more",
            N_("Is there more you want to say?"),
            N_("You may have told some of this already. Then just go on. Add only what you want to add."),
        ),
        Step(
            "retaliation",
            N_("What has changed"),
            N_("Nobody may punish you for speaking up. You do not need to prove that it is connected."),
        ),
        Step(
            "witness",
            N_("What you know, and how"),
            N_("Thank you for not looking away. Tell only what you know. You do not need to find out more."),
        ),
        Step(
            "treatment",
            N_("How you are treated"),
            N_("This is a case of its own. You see who will read it before you send it, and can close it to anyone."),
        ),
        Step(
            "safety",
            N_("You and your safety"),
            N_("Nobody reads this at night or at weekends. If you are in danger now, call the emergency number."),
        ),
        Step(
            "details",
            N_("A few boxes to tick"),
            N_("They help the team to find the right people and rules. If none fits, leave them. Your words count."),
        ),
        Step(
            "people",
            N_("The person or people who did this"),
            N_("Only what you know and want to say. You do not need any name."),
        ),
        Step(
            "wishes",
            N_("What you would like"),
            N_("You can change each of these later on your page."),
        ),
        Step(
            "readers",
            N_("Who will read this"),
            N_("Only the people you leave open here can read what you wrote. You can close it to anyone."),
        ),
        Step(
            "about",
            N_("About you, if you like"),
            N_("You can leave all of this empty. It is kept in a locked part of its own, apart from your story."),
        ),
    )
}

_REPORT = ("account", "more", "safety", "details", "people", "wishes", "readers", "about")

ORDER: Mapping[Door, tuple[str, ...]] = {
    Door.PRIVATE: ("account", "more", "details", "people"),
    Door.INFORMAL: _REPORT,
    Door.FORMAL: _REPORT,
    Door.RETALIATION: ("account", "retaliation", "safety", "people", "wishes", "readers", "about"),
    Door.WITNESS: ("account", "witness", "details", "people", "wishes", "readers", "about"),
    Door.QUESTION: ("account", "wishes", "readers", "about"),
    Door.COMPLAINT: ("account", "treatment", "wishes", "readers", "about"),
}
