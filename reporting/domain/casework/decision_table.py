"""The decision table of a classification: it recommends and never decides.

Every row that applies raises the way, the urgency and who has to be involved; none lowers them. docs/CLASSIFICATION.md
is written from here.
"""

from dataclasses import dataclass

from reporting.domain.casework.classification import ONLINE, ConductKind, Factor, Facts, Fork, Party, Path, Urgency
from reporting.domain.words import N_


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: it applies where every condition that it names is met, and raises what is recommended."""

    because: str
    kinds: frozenset[ConductKind] = frozenset()
    factors: frozenset[Factor] = frozenset()
    fork: Fork | None = None
    path: Path = Path.SUPPORT
    urgency: Urgency = Urgency.PLANNED
    involve: tuple[Party, ...] = ()

    def applies(self, facts: Facts) -> bool:
        """Return whether the facts meet every condition; of several kinds or factors one is enough."""
        return (
            (not self.kinds or bool(self.kinds & facts.kinds))
            and (not self.factors or bool(self.factors & facts.factors))
            and self.fork in (None, facts.fork)
        )


_K, _F, _P, _U, _I = ConductKind, Factor, Path, Urgency, Party

RULES: tuple[Rule, ...] = (
    Rule(N_("One incident is enough, of any kind, at any hour and place."), path=_P.EITHER, urgency=_U.PLANNED),
    Rule(
        N_("Done to a beneficiary or somebody of the community: SEA, with a procedure of its own."),
        fork=Fork.EXPLOITATION,
        path=_P.SEA_PROCEDURE,
        urgency=_U.TODAY,
        involve=(_I.SEA_FOCAL_POINT,),
    ),
    Rule(
        N_("Somebody is punished for speaking up."),
        kinds=frozenset({_K.RETALIATION}),
        path=_P.INVESTIGATE,
        urgency=_U.THIS_WEEK,
        involve=(_I.OUTSIDE_DESK,),
    ),
    Rule(
        N_("Seniority makes it weigh more, and the line of a leader must not look into it."),
        factors=frozenset({_F.SENIORITY}),
        path=_P.INVESTIGATE,
        urgency=_U.THIS_WEEK,
        involve=(_I.OUTSIDE_DESK,),
    ),
    Rule(
        N_("Abuse of authority: a talk between the two is not one between equals."),
        kinds=frozenset({_K.ABUSE_OF_AUTHORITY}),
        path=_P.INVESTIGATE,
        urgency=_U.THIS_WEEK,
    ),
    Rule(
        N_("The person has power over the other’s work, pay, contract or aid."),
        factors=frozenset({_F.POWER}),
        path=_P.INVESTIGATE,
        urgency=_U.THIS_WEEK,
    ),
    Rule(
        N_("It was done again and again, or to several people: others may not be safe."),
        factors=frozenset({_F.REPETITION, _F.SEVERAL}),
        path=_P.INVESTIGATE,
        urgency=_U.THIS_WEEK,
    ),
    Rule(
        N_("Touch or violence: medical help has windows of hours, and nobody may be brought to one table."),
        factors=frozenset({_F.PHYSICAL}),
        path=_P.INVESTIGATE,
        urgency=_U.TODAY,
        involve=(_I.MEDICAL, _I.STAFF_COUNSELLOR),
    ),
    Rule(
        N_("A threat: safety first."),
        factors=frozenset({_F.THREAT}),
        path=_P.INVESTIGATE,
        urgency=_U.TODAY,
        involve=(_I.SECURITY,),
    ),
    Rule(
        N_("Somebody is under 18."),
        factors=frozenset({_F.MINOR}),
        path=_P.INVESTIGATE,
        urgency=_U.TODAY,
        involve=(_I.CHILD_SAFEGUARDING,),
    ),
    Rule(
        N_("Images spread by the hour: have them taken down, and keep the evidence first."),
        kinds=frozenset({_K.ONLINE_IMAGES, _K.ONLINE_WATCHING}),
        path=_P.INVESTIGATE,
        urgency=_U.TODAY,
        involve=(_I.DIGITAL_SAFETY,),
    ),
    Rule(
        N_("It was done over a phone or a network, so traces can be kept."),
        kinds=ONLINE,
        path=_P.EITHER,
        urgency=_U.THIS_WEEK,
        involve=(_I.DIGITAL_SAFETY,),
    ),
)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the table says, and the sentences of the rows that say it."""

    fork: Fork
    path: Path
    urgency: Urgency
    involve: tuple[Party, ...]
    because: tuple[str, ...]


def recommend(facts: Facts) -> Recommendation:
    """Return the heaviest way and urgency of all rows that apply, and everyone whom they involve.

    Without any kind of conduct there is nothing to look into yet: support, and no hurry but hers.
    """
    rows = [rule for rule in RULES if facts.kinds and rule.applies(facts)]
    involved = {party for rule in rows for party in rule.involve}
    return Recommendation(
        facts.fork,
        max((rule.path for rule in rows), key=list(Path).index, default=Path.SUPPORT),
        max((rule.urgency for rule in rows), key=list(Urgency).index, default=Urgency.PLANNED),
        tuple(party for party in Party if party in involved),
        tuple(rule.because for rule in rows),
    )


def classification_page() -> str:
    """Return docs/CLASSIFICATION.md: the table in Markdown."""
    return "\n".join([*_ABOUT, *(_row(rule) for rule in RULES), ""])


def _row(rule: Rule) -> str:
    codes = [*sorted(rule.kinds), *sorted(rule.factors), *([rule.fork] if rule.fork else [])]
    involve = ", ".join(rule.involve) or "nobody"
    return f"| {' or '.join(codes) or 'always'} | {rule.path} | {rule.urgency} | {involve} | {rule.because} |"


_ABOUT = (
    "# The decision table of a classification",
    "",
    "Written by `make docs` from `RULES` in `reporting/domain/casework/decision_table.py`. Every row that applies",
    "raises the way, the urgency and who has to be involved; none lowers them. Where and at what hour it happened is",
    "recorded and changes nothing. The handler decides, and has to say why where the decision differs.",
    "",
    "| where it says | way to offer | urgency | involve | because |",
    "|---|---|---|---|---|",
)
