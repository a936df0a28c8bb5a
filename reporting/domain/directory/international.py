"""Services that anybody may turn to, wherever they are; the UN ones for people who work for the United Nations.

Facts from public sources, none of them checked by us yet. They need no database: help is there when nothing else works.
"""

from reporting.domain.directory.seed import Entry
from reporting.domain.directory.taxonomies import Pathway, Trait
from reporting.domain.words import N_

_OUTSIDE = (Trait.INDEPENDENT_OF_EMPLOYER,)

FOR_ANYBODY: tuple[Entry, ...] = (
    Entry(
        "Find A Helpline",
        N_("Free helplines in many countries, by country and topic: to talk, to chat or to text."),
        (Pathway.CRISIS, Pathway.DIRECTORIES),
        "https://findahelpline.com/",
        yes=_OUTSIDE,
    ),
    Entry(
        "NO MORE Global Directory",
        N_("Organisations against sexual and domestic violence, by country."),
        (Pathway.CRISIS, Pathway.SHELTER, Pathway.LEGAL_AID, Pathway.HEALTH_ACUTE, Pathway.DIRECTORIES),
        "https://nomoredirectory.org/",
        yes=_OUTSIDE,
    ),
    Entry(
        "Lila.help",
        N_("Shelters and helplines for people who live with gender-based violence, by country."),
        (Pathway.SHELTER, Pathway.CRISIS, Pathway.DIRECTORIES),
        "https://lila.help/",
        yes=_OUTSIDE,
    ),
    Entry(
        "Befrienders Worldwide",
        N_("Someone who listens, in many countries."),
        (Pathway.CRISIS,),
        "https://befrienders.org/",
        yes=_OUTSIDE,
    ),
    Entry(
        "Bloom by Chayn",
        N_("Free online courses and messages for survivors, in several languages, in your own time."),
        (Pathway.COUNSELLING, Pathway.KNOWLEDGE),
        "https://bloom.chayn.co/",
        for_whom=N_("Asks you to open an account."),
        yes=_OUTSIDE,
    ),
    Entry(
        "1in6",
        N_("For men and boys who lived through sexual abuse or assault, and those who stand by them."),
        (Pathway.CRISIS, Pathway.COUNSELLING),
        "https://1in6.org/",
        languages=("en",),
        yes=(Trait.MALE_SURVIVORS, Trait.MEN_ONLY, *_OUTSIDE),
    ),
    Entry(
        "StopNCII",
        N_("Helps adults to stop intimate pictures from being shared online. The pictures stay on your device."),
        (Pathway.TAKEDOWN_ADULT,),
        "https://stopncii.org/",
        yes=(Trait.ADULTS_ONLY, *_OUTSIDE),
    ),
    Entry(
        "Take It Down",
        N_("Helps to stop intimate pictures that were taken before you were 18. The pictures stay on your device."),
        (Pathway.TAKEDOWN_MINOR,),
        "https://takeitdown.ncmec.org/",
        yes=(Trait.MINORS, *_OUTSIDE),
    ),
    Entry(
        "Child Helpline International",
        N_("For everyone under 18: the helpline for children of your country."),
        (Pathway.CHILD_PROTECTION, Pathway.CRISIS, Pathway.DIRECTORIES),
        "https://childhelplineinternational.org/helplines/",
        yes=(Trait.MINORS, *_OUTSIDE),
    ),
    Entry(
        "Women Against Violence Europe",
        N_("A network of women's services, with a list by country."),
        (Pathway.SHELTER, Pathway.COUNSELLING, Pathway.LEGAL_AID, Pathway.DIRECTORIES),
        "https://wave-network.org/",
        yes=_OUTSIDE,
    ),
    Entry(
        "INHOPE",
        N_("Hotlines that have pictures of child abuse taken down."),
        (Pathway.TAKEDOWN_MINOR, Pathway.CHILD_PROTECTION),
        "https://www.inhope.org/",
        yes=_OUTSIDE,
    ),
    Entry(
        "Access Now Digital Security Helpline",
        N_("Help when accounts or devices are under attack, for people in public life and their circles."),
        (Pathway.DIGITAL_SAFETY,),
        "https://www.accessnow.org/help/",
        yes=_OUTSIDE,
    ),
    Entry(
        "Safety Net",
        N_("How to make phone, accounts and home safer."),
        (Pathway.DIGITAL_SAFETY, Pathway.KNOWLEDGE),
        "https://www.techsafety.org/",
        yes=_OUTSIDE,
    ),
    Entry(
        "Chayn",
        N_("Guides by survivors, in many languages."),
        (Pathway.KNOWLEDGE,),
        "https://www.chayn.co/",
        yes=_OUTSIDE,
    ),
    Entry(
        "Online Harassment Field Manual (PEN America)",
        N_("What to do about attacks online."),
        (Pathway.DIGITAL_SAFETY, Pathway.KNOWLEDGE),
        "https://onlineharassmentfieldmanual.pen.org/",
        yes=_OUTSIDE,
    ),
    Entry(
        "Right To Be",
        N_("How to step in when you see harassment, and support after it."),
        (Pathway.KNOWLEDGE,),
        "https://righttobe.org/",
        yes=_OUTSIDE,
    ),
)

_UN_STAFF = N_("For people who work for the United Nations.")

OF_THE_UN: tuple[Entry, ...] = (
    Entry(
        "UN OIOS hotline",
        N_("Takes reports of misconduct in the United Nations Secretariat."),
        (Pathway.INVESTIGATION,),
        "https://oios.un.org/",
        (("+1 212 963 1111", ""),),
        yes=(Trait.UNITED_NATIONS_STAFF, Trait.WORKPLACE),
    ),
    Entry(
        "UN “Speak up” helpline",
        N_("Advice about sexual harassment for United Nations staff."),
        (Pathway.OMBUDSMAN, Pathway.RETALIATION),
        "",
        (("+1 917 367 8910", ""),),
        for_whom=_UN_STAFF,
        yes=(Trait.UNITED_NATIONS_STAFF, Trait.WORKPLACE),
    ),
    Entry(
        "UN Ombudsman and Mediation Services",
        N_("A neutral and confidential person to talk to."),
        (Pathway.OMBUDSMAN,),
        "https://www.un.org/ombudsman/",
        for_whom=_UN_STAFF,
        yes=(Trait.UNITED_NATIONS_STAFF, Trait.WORKPLACE),
    ),
    Entry(
        "Office of Staff Legal Assistance",
        N_("Legal advice for United Nations staff."),
        (Pathway.LEGAL_AID,),
        "https://www.un.org/en/internaljustice/osla/",
        for_whom=_UN_STAFF,
        yes=(Trait.UNITED_NATIONS_STAFF, Trait.WORKPLACE),
    ),
    Entry(
        "UN Ethics Office",
        N_("Protection against punishment for speaking up."),
        (Pathway.RETALIATION,),
        "https://www.un.org/en/ethics/",
        for_whom=_UN_STAFF,
        yes=(Trait.UNITED_NATIONS_STAFF, Trait.WORKPLACE),
    ),
    Entry(
        "UN Victims' Rights Advocate",
        N_("For people harmed by someone who works for the United Nations."),
        (Pathway.INVESTIGATION, Pathway.LEGAL_AID),
        "https://www.un.org/en/victims-rights-first",
    ),
    Entry(
        "SH Knowledge Hub",
        N_("What United Nations organisations have learnt about sexual harassment."),
        (Pathway.KNOWLEDGE,),
        "https://shknowledgehub.unwomen.org/",
        yes=(Trait.WORKPLACE,),
    ),
)

INTERNATIONAL: tuple[Entry, ...] = (*FOR_ANYBODY, *OF_THE_UN)
