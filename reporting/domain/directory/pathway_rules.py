"""Which help comes first: a table to be read by people, from what somebody says to ordered pathways.

The rows are read from top to bottom; each that applies adds its pathway once, with its sentence. So the first row of a
pathway decides where it stands and what is said of it. docs/PATHWAYS.md is written from here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reporting.domain.directory.do_now import WITHOUT
from reporting.domain.directory.needs import About, Age, Ago, Happened, Need, Wish
from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.words import N_

VERSION = 1
"""Raised with every change of the table: a review of another version is not shown."""


@dataclass(frozen=True, slots=True)
class PathwayRule:
    """One row: it applies where every condition that it names is met; an empty condition is always met."""

    pathway: Pathway
    because: str
    happened: frozenset[Happened] = frozenset()
    ago: frozenset[Ago] = frozenset()
    ages: frozenset[Age] = frozenset()
    about: frozenset[About] = frozenset()
    unless: frozenset[Wish] = frozenset()

    def applies(self, need: Need) -> bool:
        """Return whether what she said meets every condition; of several things that happened one is enough."""
        said = need.happened or {Happened.NOT_SURE}
        return (
            (not self.happened or bool(self.happened & said))
            and (not self.ago or need.ago in self.ago)
            and (not self.ages or need.age in self.ages)
            and self.about <= need.about
            and not self.unless & need.wishes
        )


_H, _P = Happened, Pathway
_SOON = frozenset({Ago.UNSAID, Ago.WITHIN_72, Ago.WITHIN_120})
_GROWN = frozenset({Age.ADULT, Age.UNSAID})
_VIOLENCE = frozenset({_H.TOUCHED, _H.THREATENED})
_WORK = frozenset({_H.WORDS, _H.PUNISHED})

RULES: tuple[PathwayRule, ...] = (
    PathwayRule(
        _P.CHILD_PROTECTION,
        N_("These people help children and young people. You did nothing wrong."),
        ages=frozenset({Age.UNDER_18}),
    ),
    PathwayRule(
        _P.HEALTH_ACUTE,
        N_("A doctor first, if you can: some medicine works only in the first days. All else you can decide later."),
        happened=frozenset({_H.TOUCHED}),
        ago=_SOON,
    ),
    PathwayRule(
        _P.SHELTER,
        N_("Somewhere to be safe, for tonight or for longer."),
        happened=frozenset({_H.THREATENED}),
    ),
    PathwayRule(
        _P.TAKEDOWN_MINOR,
        N_("Pictures that were taken before you were 18 can be stopped from spreading, whoever took them."),
        happened=frozenset({_H.PICTURES}),
        ages=frozenset({Age.UNDER_18}),
    ),
    PathwayRule(
        _P.TAKEDOWN_ADULT,
        N_("Pictures can be stopped from spreading. You do not have to show them to anybody."),
        happened=frozenset({_H.PICTURES}),
        ages=_GROWN,
    ),
    PathwayRule(
        _P.CRISIS,
        N_("Somebody who listens. You do not need to know what you want, or what to call it."),
    ),
    PathwayRule(
        _P.HEALTH_ACUTE,
        N_("A doctor can still do a lot. Care is worth having later too."),
        happened=frozenset({_H.TOUCHED}),
    ),
    PathwayRule(
        _P.DIGITAL_SAFETY,
        N_("Make phone and accounts safe. If somebody may watch your phone, use another one for this."),
        happened=frozenset({_H.PICTURES, _H.THREATENED}),
    ),
    PathwayRule(
        _P.TAKEDOWN_MINOR,
        N_("If you were under 18 when they were taken, this is the place for them."),
        happened=frozenset({_H.PICTURES}),
    ),
    PathwayRule(
        _P.RETALIATION,
        N_("Punishing somebody for speaking up is wrong by itself. You can ask for protection."),
        happened=frozenset({_H.PUNISHED}),
    ),
    PathwayRule(
        _P.OMBUDSMAN,
        N_("A neutral person inside, to think aloud with. Nothing has to follow from it."),
        happened=_WORK,
    ),
    PathwayRule(
        _P.LEGAL_AID,
        N_("What the law says for you, before you decide anything."),
        happened=frozenset({_H.TOUCHED, _H.PICTURES, _H.THREATENED, _H.WORDS, _H.PUNISHED}),
    ),
    PathwayRule(
        _P.EQUALITY_BODY,
        N_("A public body outside your workplace that you can complain to."),
        happened=_WORK,
    ),
    PathwayRule(
        _P.INVESTIGATION,
        N_("If you want it looked into inside the United Nations. You never have to."),
        happened=frozenset({_H.TOUCHED, _H.PICTURES, _H.THREATENED, _H.WORDS, _H.PUNISHED}),
        about=frozenset({About.UNITED_NATIONS}),
    ),
    PathwayRule(
        _P.COUNSELLING,
        N_("For later, when the first days are over: somebody who goes along with you for a while."),
    ),
    PathwayRule(
        _P.POLICE,
        N_("Only if you want it. You can have all other help without the police."),
        happened=_VIOLENCE | frozenset({_H.PICTURES}),
        unless=frozenset({Wish.NO_POLICE}),
    ),
    PathwayRule(
        _P.DIRECTORIES,
        N_("If nothing above is near you: lists of services in other places."),
    ),
)


@dataclass(frozen=True, slots=True)
class Review:
    """Who read this table as an expert, and on which day: named by the organisation, never by us."""

    who: str
    on: date


def pathways_for(need: Need) -> tuple[PathwayRule, ...]:
    """Return the row of each pathway that applies, in order."""
    found: dict[Pathway, PathwayRule] = {}
    for rule in RULES:
        if rule.applies(need):
            found.setdefault(rule.pathway, rule)
    return tuple(found.values())


def review_from(text: str) -> Review | None:
    """Return the review that is written as `version; day; name and role`; nothing for another version of the table.

    :raises ValueError: it is not written so.
    """
    if not text:
        return None
    version, day, who = (part.strip() for part in text.split(";", 2))
    review = Review(who, date.fromisoformat(day))
    if not who or not version.isdecimal():
        raise ValueError
    return review if int(version) == VERSION else None


def pathways_page() -> str:
    """Return docs/PATHWAYS.md: the table in Markdown."""
    return "\n".join([*_ABOUT, *(_row(rule) for rule in RULES), *_THEN, *_otherwise(), ""])


def _row(rule: PathwayRule) -> str:
    parts = (
        _words(rule.happened, "anything"),
        _words(rule.ago, "any time"),
        _words(rule.ages, "any"),
        _words(rule.about, "anybody"),
        _words(rule.unless, ""),
    )
    return f"| {' | '.join(parts)} | {rule.pathway} | {rule.because} |"


def _words(chosen: frozenset[Any], none: str) -> str:
    """Return codes in the order of their vocabulary; the empty code is what she did not say."""
    listed = [one for kind in {type(one) for one in chosen} for one in kind if one in chosen]
    return " or ".join(one.value or "unsaid" for one in listed) or none


def _otherwise() -> list[str]:
    return [f"| {pathway} | {sentence} |" for pathway, sentence in WITHOUT.items()]


_ABOUT = (
    "# Which help comes first",
    "",
    "Written by `make docs` from `RULES` in `reporting/domain/directory/pathway_rules.py`. The rows are read from top",
    "to bottom; each that applies adds its pathway once. Whoever says nothing of what happened is read as `not_sure`.",
    "",
    f"This is version {VERSION} of the table. **No legal or health expert has reviewed it yet.** An organisation that",
    "has it reviewed names the reviewer in the setting `REPORTING_PATHWAYS_REVIEWED`; the page with the services shows",
    "the name and the day, and shows neither once the table has changed.",
    "",
    "| what happened | how long ago | age | who she is | not if she wishes | pathway | what is said |",
    "|---|---|---|---|---|---|---|",
)
_THEN = (
    "",
    "Within a pathway: what goes against a wish of hers, or is not for her, stands below, with the reason; then comes,",
    "for a man, what says that it is for men; what is near before what is worldwide; what was checked before what was",
    "not; what fits who she is; what speaks the language of the page; what is open now. Services for people of the",
    "United Nations are shown to those who say that they work there.",
    "",
    "Where no service of a pathway is known, this is said instead:",
    "",
    "| pathway | what is said |",
    "|---|---|",
)
