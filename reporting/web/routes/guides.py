"""Pages to read, part of the help that asks for nothing: plain examples, rights, and what to do when one sees it.

What they say stands in `domain/help/`. Where a page lists services it asks the directory, and shows those that ship
where no database answers.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask.typing import ResponseReturnValue

from reporting.domain.directory.listing import WORLDWIDE, Listed
from reporting.domain.directory.showing import WITHHELD
from reporting.domain.directory.taxonomies import Pathway, Trait
from reporting.domain.help.examples import ABOUT_YOU, EXAMPLES, FAMILIES
from reporting.domain.help.groups import PAGES, Group
from reporting.domain.help.online import FIRST_STEPS, TAKEDOWN
from reporting.domain.help.rights import RIGHTS
from reporting.domain.help.scenarios import scenes_for
from reporting.policy import Permission
from reporting.services.help.directory import directory_at_hand, shipped_at_hand
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.pages import render, translated
from reporting.web.pathways import checked_shortly
from reporting.web.routes.help import blueprint


@blueprint.get("/help/is-this")
@allow(Permission.READ_PUBLIC)
def is_this() -> ResponseReturnValue:
    """Plain examples to compare with; no quiz and no verdict."""
    return render("help/is_this.html", families=FAMILIES, examples=EXAMPLES, about_you=ABOUT_YOU)


@blueprint.get("/rights")
@allow(Permission.READ_PUBLIC)
def rights() -> ResponseReturnValue:
    """Each right beside what one can do about it here."""
    return render("help/rights.html", rights=RIGHTS)


@blueprint.get("/help/when-you-see-it")
@allow(Permission.READ_PUBLIC)
def upstander() -> ResponseReturnValue:
    """What anyone can do who sees it or hears of it."""
    return render("help/upstander.html", pages=PAGES)


@blueprint.get(f"/help/when-you-see-it/<any({', '.join(Group)}):group>")
@allow(Permission.READ_PUBLIC)
def scenes(group: str) -> ResponseReturnValue:
    """Short scenes for one group of people."""
    chosen = Group(group)
    return render("help/scenes.html", group=chosen, page=PAGES[chosen], scenes=scenes_for(chosen), pages=PAGES)


@blueprint.get("/help/when-someone-tells-you")
@allow(Permission.READ_PUBLIC)
def told() -> ResponseReturnValue:
    """How to support somebody without taking over."""
    return render("help/told.html")


@blueprint.get("/help/online")
@allow(Permission.READ_PUBLIC)
def online() -> ResponseReturnValue:
    """What to do when it happens on a phone or online, and who takes pictures down."""
    pathways = (Pathway.TAKEDOWN_ADULT, Pathway.TAKEDOWN_MINOR, Pathway.DIGITAL_SAFETY)
    adults, minors, safety = _services(*(partial(_stands_on, pathway) for pathway in pathways))
    services = {"adults": adults, "minors": minors, "safety": safety}
    return _page("help/online.html", examples=EXAMPLES, steps=FIRST_STEPS, takedown=TAKEDOWN, **services)


@blueprint.get("/help/also-you")
@allow(Permission.READ_PUBLIC)
def also_you() -> ResponseReturnValue:
    """Plain words and services for men it happened to."""
    (services,) = _services(partial(_says, Trait.MALE_SURVIVORS))
    return _page("help/also_you.html", services=services)


@blueprint.get("/help/as-you-are")
@allow(Permission.READ_PUBLIC)
def as_you_are() -> ResponseReturnValue:
    """Plain words and services for LGBTI people and for people with disabilities."""
    lgbti, disability = _services(partial(_says, Trait.LGBTI), partial(_says, Trait.DISABILITY))
    return _page("help/as_you_are.html", lgbti=lgbti, disability=disability)


def _stands_on(pathway: Pathway, service: Listed) -> bool:
    return pathway in service.pathways


def _says(trait: Trait, service: Listed) -> bool:
    return service.says(trait) is True


def _services(*fits: Callable[[Listed], bool]) -> list[list[Listed]]:
    """Return the services that fit each, those for anybody first; of those that ship where the directory has none."""
    at_hand = directory_at_hand(here().stores, here().house).services
    found = [[one for one in at_hand if fit(one)] for fit in fits]
    if not all(found):
        shipped = shipped_at_hand(here().stores, here().house).services
        found = [there or [one for one in shipped if fit(one)] for there, fit in zip(found, fits, strict=True)]
    return [sorted(services, key=lambda service: WORLDWIDE not in service.areas) for services in found]


def _page(template: str, **services: Any) -> ResponseReturnValue:
    """Return a page that shows services, with the words that stand beside them."""
    return render(template, **services, said=_said)


def _said(service: Listed) -> list[str]:
    """Return when an entry was checked, and whether its numbers are kept back; what follows from it stands above."""
    checked = checked_shortly(service)
    return [checked, translated(WITHHELD)] if service.withheld else [checked]
