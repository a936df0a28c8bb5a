"""The inaction monitor: my cases that lie still; and, for whoever opens none, about how many do where."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.oversight.inaction import BAND, MEANING
from reporting.policy import Permission
from reporting.services.oversight.inaction import Band, Still, bands_now, still_cases, too_small
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.addresses import reference_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import translated
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.words import SIGNS

blueprint = Blueprint("inaction", __name__)


@dataclass(frozen=True)
class StillShown:
    """A case of mine that lies still."""

    url: str
    name: str
    sign: str
    meaning: str
    since: date


@dataclass(frozen=True)
class BandShown:
    """About how many cases of a place show a sign."""

    place: list[str]
    sign: str
    band: str
    none_or_few: bool


@blueprint.get("/staff/inaction")
@allow(Permission.SEE_INACTION)
def mine() -> ResponseReturnValue:
    """Show which of the cases that I handle lie still, as of last night."""
    with reading(here().stores) as work:
        rows = still_cases(work, here().house, me())
    return staff_page("inaction/mine.html", rows=[_still(row) for row in rows])


@blueprint.get("/staff/inaction/offices")
@allow(Permission.SEE_INACTION_BANDS)
def offices() -> ResponseReturnValue:
    """Show about how many cases lie still at each office, or at the small ones together, as of this week."""
    with reading(here().stores) as work:
        (since, bands), hidden = bands_now(work), too_small(work)
    return staff_page("inaction/offices.html", since=since, rows=[_band(band) for band in bands], hidden=hidden)


def _still(row: Still) -> StillShown:
    return StillShown(
        url("case.view", case_id=row.case_id),
        row.title or gettext("Case %(reference)s", reference=reference_of(row.case_id)),
        translated(SIGNS[row.sign]),
        translated(MEANING[row.sign]),
        row.since,
    )


def _band(band: Band) -> BandShown:
    words = gettext("%(low)s to %(high)s", low=band.at_least, high=band.at_least + BAND - 1)
    return BandShown(list(band.offices), translated(SIGNS[band.sign]), words, band.at_least == 0)
