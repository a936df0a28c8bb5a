"""Services in Moldova: an example of a country, for a fresh instance to load and to check.

Numbers as they were given to us; none is checked by us yet.
"""

from reporting.domain.directory.seed import Entry
from reporting.domain.directory.taxonomies import Pathway, Trait
from reporting.domain.words import N_

_MD, _ZONE = "MD", "Europe/Chisinau"

MOLDOVA: tuple[Entry, ...] = (
    Entry(
        "112",
        N_("The emergency number: ambulance, police, fire brigade."),
        (Pathway.HEALTH_ACUTE, Pathway.POLICE),
        numbers=(("112", ""),),
        area=_MD,
        yes=(Trait.POLICE_INVOLVED, Trait.MINORS, Trait.MALE_SURVIVORS),
        around_the_clock=True,
        time_zone=_ZONE,
    ),
    Entry(
        "La Strada trust line for women",
        N_("Someone to talk to about violence, and what can be done."),
        (Pathway.CRISIS, Pathway.SHELTER, Pathway.LEGAL_AID),
        numbers=(("0 8008 8008", ""), ("+373 22 24 06 24", N_("from abroad"))),
        area=_MD,
        yes=(Trait.INDEPENDENT_OF_EMPLOYER,),
        time_zone=_ZONE,
    ),
    Entry(
        "Women's Law Centre",
        N_("Legal advice and support for women who live with violence."),
        (Pathway.LEGAL_AID, Pathway.COUNSELLING),
        numbers=(("0 8008 0000", ""), ("+373 22 811 999", "")),
        area=_MD,
        yes=(Trait.INDEPENDENT_OF_EMPLOYER,),
        time_zone=_ZONE,
    ),
    Entry(
        "Family Justice Centre",
        N_("Several kinds of help for survivors of violence in one place."),
        (Pathway.CRISIS, Pathway.COUNSELLING, Pathway.LEGAL_AID),
        numbers=(("+373 60 859 988", ""),),
        area=_MD,
        yes=(Trait.INDEPENDENT_OF_EMPLOYER,),
        time_zone=_ZONE,
    ),
    Entry(
        "Integrated service for survivors of sexual violence, Ungheni",
        N_("Care after sexual violence: medical, psychological and legal help together."),
        (Pathway.HEALTH_ACUTE, Pathway.CRISIS, Pathway.LEGAL_AID),
        numbers=(("078 517 327", ""),),
        area=_MD,
        yes=(Trait.INDEPENDENT_OF_EMPLOYER,),
        time_zone=_ZONE,
    ),
    Entry(
        "Line for refugee women",
        N_("Someone to talk to for women who had to leave their country."),
        (Pathway.CRISIS,),
        numbers=(("0 800 800 11", ""),),
        area=_MD,
        yes=(Trait.INDEPENDENT_OF_EMPLOYER,),
        time_zone=_ZONE,
    ),
    Entry(
        "National Legal Aid Council (CNAJGS), Chisinau",
        N_("Legal aid paid by the state. Whether it covers harassment at work is not known to us: please ask."),
        (Pathway.LEGAL_AID,),
        numbers=(("+373 22 49 69 53", ""),),
        area=_MD,
        time_zone=_ZONE,
    ),
    Entry(
        "Child line",
        N_("Someone to talk to for children and young people."),
        (Pathway.CHILD_PROTECTION, Pathway.CRISIS),
        numbers=(("116 111", ""),),
        area=_MD,
        yes=(Trait.MINORS, Trait.INDEPENDENT_OF_EMPLOYER),
        time_zone=_ZONE,
    ),
    Entry(
        "Equality Council",
        N_("A public body that looks at complaints about discrimination, harassment at work among them."),
        (Pathway.EQUALITY_BODY,),
        area=_MD,
        yes=(Trait.INDEPENDENT_OF_EMPLOYER, Trait.WORKPLACE),
        time_zone=_ZONE,
    ),
    Entry(
        "State Labour Inspectorate",
        N_("The public body that watches over the rights of people at work."),
        (Pathway.EQUALITY_BODY,),
        area=_MD,
        yes=(Trait.INDEPENDENT_OF_EMPLOYER, Trait.WORKPLACE),
        time_zone=_ZONE,
    ),
    Entry(
        "People's Advocate (Ombudsman)",
        N_("An independent public body that looks at complaints about human rights."),
        (Pathway.EQUALITY_BODY,),
        area=_MD,
        yes=(Trait.INDEPENDENT_OF_EMPLOYER,),
        time_zone=_ZONE,
    ),
)
