"""The rules of an organisation as a page shows them: in the language of the page, or else in the pack's first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from reporting.domain.casework.clocks import Terms
from reporting.domain.organisation.comparison import Difference, differences
from reporting.domain.organisation.pack import Conduct, Pack, Wording
from reporting.domain.questions import Door
from reporting.domain.words import N_
from reporting.services.organisation.packs import Version
from reporting.web.languages import language
from reporting.web.pages import translated

KINDS = {
    Conduct.HARASSMENT: N_("Sexual harassment"),
    Conduct.EXPLOITATION: N_("Sexual exploitation and abuse"),
    Conduct.RETALIATION: N_("Punishment for speaking up"),
}


@dataclass(frozen=True)
class RulesShown:
    """One version; `language` is that of its texts, which may not be that of the page."""

    number: int
    since: date | None
    title: str
    language: str
    definitions: list[tuple[str, list[Wording]]]
    terms: Terms
    time_bar_months: int
    closed: list[Door]
    code_version: str
    code: str


@dataclass(frozen=True)
class DifferenceShown:
    """One place that differs: what it is in words, how the file calls it, and both sides."""

    what: str
    place: str
    before: str
    after: str


def shown(version: Version) -> RulesShown:
    """Return a version for somebody who reads the language of this page."""
    pack = version.pack
    tongue = pack.language_for(language())
    return RulesShown(
        version.number,
        version.loaded_on,
        pack.title,
        tongue,
        _definitions(pack, tongue),
        pack.terms,
        pack.time_bar_months,
        [door for door in Door if not pack.offers(door)],
        pack.code.version,
        pack.code.text[tongue],
    )


def own_words(pack: Pack | None) -> dict[Door, Wording]:
    """Return the words that an organisation gives its doors in the language of this page; the program has the rest."""
    if pack is None:
        return {}
    found = {door: pack.words_for(door, language()) for door in Door}
    return {door: words for door, words in found.items() if words is not None}


def compared(before: Version, after: Version) -> list[DifferenceShown]:
    """Return what differs between two versions."""
    return [_difference(one) for one in differences(before.pack, after.pack)]


def terms_in_words(terms: Terms) -> Sequence[tuple[str, str]]:
    """Return the clocks as rows of a table for staff."""
    return [
        (_("Acknowledge it"), _acknowledge(terms)),
        (_("Say what was done"), _months(terms.feedback_months)),
        (_("Write again at the latest after"), _months(terms.sign_of_life_months)),
        (_("Finish an investigation"), _days(terms.investigation_days)),
        (_("Ask about retaliation after"), _(", ").join(_days(day) for day in terms.check_in_days)),
    ]


def _acknowledge(terms: Terms) -> str:
    soon = ngettext("%(num)s working day", "%(num)s working days", terms.acknowledge_working_days)
    return str(_("%(soon)s, at most %(days)s", soon=soon, days=_days(terms.acknowledge_days_at_most)))


def _months(number: int) -> str:
    return str(ngettext("%(num)s month", "%(num)s months", number))


def _days(number: int) -> str:
    return str(ngettext("%(num)s day", "%(num)s days", number))


def _definitions(pack: Pack, tongue: str) -> list[tuple[str, list[Wording]]]:
    groups = {kind: [one.wording[tongue] for one in pack.definitions if one.kind is kind] for kind in Conduct}
    return [(translated(KINDS[kind]), found) for kind, found in groups.items() if found]


def _difference(one: Difference) -> DifferenceShown:
    return DifferenceShown(_what(one.place), one.place, one.before, one.after)


def _what(place: str) -> str:
    names = {
        "clocks": _("Clocks"),
        "time_bar": _("Time bar"),
        "definitions": _("Definitions"),
        "doors": _("Ways in"),
        "code_of_conduct": _("Code of conduct"),
    }
    return str(names.get(place.partition(".")[0], _("The pack itself")))
