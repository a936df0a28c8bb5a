"""What to do first when it happens on a phone or online, for each kind, and who can take it from there."""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.words import N_

TAKEDOWN = (Pathway.TAKEDOWN_ADULT, Pathway.TAKEDOWN_MINOR)


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One small thing to do now, and the pathways of the services that know more."""

    words: str
    pathways: tuple[Pathway, ...] = (Pathway.DIGITAL_SAFETY,)


FIRST_STEPS: Mapping[str, FirstStep] = {
    "online_messages": FirstStep(N_("You do not have to answer. Keep them, then mute or block.")),
    "online_meeting": FirstStep(N_("You may leave the meeting at once. Note the day and who was there.")),
    "online_images": FirstStep(N_("There are services that stop copies, without seeing the picture."), TAKEDOWN),
    "online_deepfake": FirstStep(N_("The services that stop copies know false pictures, too."), TAKEDOWN),
    "online_impersonation": FirstStep(
        N_("Report the profile to the platform. Tell people you trust that it is not you.")
    ),
    "online_rumours": FirstStep(N_("Keep the link and the day. Somebody you trust can report it for you.")),
    "online_group": FirstStep(N_("Turn off the alerts. Let somebody you trust read the messages for you.")),
    "online_threats": FirstStep(N_("Take it seriously. Keep it, and tell somebody today."), (Pathway.CRISIS,)),
    "online_doxxing": FirstStep(N_("Report it to the website now. Tell the people you live with."), (Pathway.SHELTER,)),
    "online_tracking": FirstStep(N_("Do not search for it on that phone. Ask a service first, from another one.")),
    "online_account": FirstStep(N_("From another device, change the password of your e-mail first.")),
}
"""By kind, an id of a choice of the question `details.conduct`."""
