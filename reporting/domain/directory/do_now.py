"""What to do where no service is known: a real answer, never an empty place."""

from collections.abc import Mapping

from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.words import N_

WITHOUT: Mapping[Pathway, str] = {
    Pathway.HEALTH_ACUTE: N_(
        "We know no such place near you. Any hospital can be the right one. You can say at the desk: “I need to see a "
        "doctor in private, today.” Ask for medicine against HIV and for emergency contraception by name."
    ),
    Pathway.CRISIS: N_(
        "We know no line near you. One person whom you trust is enough for now: ask them to stay with you."
    ),
    Pathway.COUNSELLING: N_("We know nobody near you. A doctor or a line from the lists by country may know somebody."),
    Pathway.SHELTER: N_(
        "We know no safe place near you. Go where there are other people: a hospital, a hotel desk, a neighbour, a "
        "place of worship. In danger, call the emergency number."
    ),
    Pathway.LEGAL_AID: N_("We know no legal aid near you. Bar associations and law schools often give free advice."),
    Pathway.POLICE: N_("We know no number near you. In danger, call the emergency number of the place you are in."),
    Pathway.OMBUDSMAN: N_("We know nobody for this yet. You can ask us a question; it needs no name."),
    Pathway.RETALIATION: N_("We know nobody for this yet. Keep letters and messages that show what changed, and when."),
    Pathway.INVESTIGATION: N_("We know nobody for this yet. You can ask us a question; it needs no name."),
    Pathway.EQUALITY_BODY: N_("We know none near you. A legal aid or a trade union can tell which public body it is."),
    Pathway.DIGITAL_SAFETY: N_("We know nobody for this yet. Use a phone that the other person never had in hand."),
    Pathway.TAKEDOWN_ADULT: N_("Tell the website or app that shows the picture: most have a form for this."),
    Pathway.TAKEDOWN_MINOR: N_(
        "Tell the website or app that shows the picture, and say that you were under 18: most have a form for this."
    ),
    Pathway.CHILD_PROTECTION: N_(
        "We know no line near you. Tell one adult whom you trust: a teacher, a doctor, somebody of your family. If "
        "they do not listen, tell the next one."
    ),
    Pathway.KNOWLEDGE: N_("We know no guide for this yet."),
    Pathway.DIRECTORIES: N_("Ask a hospital: they often keep a list of services."),
}
"""What is said in the place of a pathway for which no service is known."""

HOSPITAL = N_(
    "Hurt, or touched against your will: go to any hospital. You can say: “I need to see a doctor in private, today.” "
    "You do not have to say more at the desk."
)
TRUSTED = N_("Call or write to one person whom you trust. “Something happened. Can you stay with me?” is enough.")
LISTS = N_("Look in the lists by country below, or call a line from another town: they often know somebody near you.")
NOT_YOUR_FAULT = N_("It is not your fault, whatever you did or did not do.")

DO_NOW: tuple[str, ...] = (HOSPITAL, TRUSTED, LISTS, NOT_YOUR_FAULT)
"""What to do where nothing is near, beside the emergency number and a question to us, which a page links itself."""
