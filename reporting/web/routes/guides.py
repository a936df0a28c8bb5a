"""Pages to read, part of the help that asks for nothing: plain examples, rights, and what to do when one sees it.

What they say stands in `domain/help/`. Where a page lists services it asks the directory, and shows those that ship
where no database answers.
"""

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from reporting.domain.directory.listing import WORLDWIDE, Directory, Listed
from reporting.domain.directory.showing import SAID, WITHHELD, shown
from reporting.domain.directory.taxonomies import Pathway, Trait
from reporting.domain.help.examples import ABOUT_YOU, EXAMPLES, FAMILIES
from reporting.domain.help.online import FIRST_STEPS, TAKEDOWN
from reporting.domain.help.rights import RIGHTS
from reporting.domain.help.scenarios import PAGES, Group, scenes_for
from reporting.policy import Permission
from reporting.services.help.directory import directory_of, shipped_directory
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.countries import country_name
from reporting.web.instance import here
from reporting.web.pages import format_day, render, translated
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
    adults, minors = _on(Pathway.TAKEDOWN_ADULT), _on(Pathway.TAKEDOWN_MINOR)
    services = {"adults": adults, "minors": minors, "safety": _on(Pathway.DIGITAL_SAFETY)}
    return _page("help/online.html", examples=EXAMPLES, steps=FIRST_STEPS, takedown=TAKEDOWN, **services)


@blueprint.get("/help/also-you")
@allow(Permission.READ_PUBLIC)
def also_you() -> ResponseReturnValue:
    """Plain words and services for men it happened to."""
    return _page("help/also_you.html", services=_for(Trait.MALE_SURVIVORS))


@blueprint.get("/help/as-you-are")
@allow(Permission.READ_PUBLIC)
def as_you_are() -> ResponseReturnValue:
    """Plain words and services for LGBTI people and for people with disabilities."""
    lgbti, disability = _for(Trait.LGBTI), _for(Trait.DISABILITY)
    return _page("help/as_you_are.html", lgbti=lgbti, disability=disability)


def _on(pathway: Pathway) -> list[Listed]:
    """Return the services of a pathway."""
    return _known(lambda service: pathway in service.pathways)


def _for(trait: Trait) -> list[Listed]:
    """Return the services that say this of themselves."""
    return _known(lambda service: service.says(trait) is True)


def _known(fits: Callable[[Listed], bool]) -> list[Listed]:
    """Return the services that fit, those for anybody first; of those that ship where the directory has none."""
    for directory in (_directory(), shipped_directory()):
        services = shown(directory, here().house.today()).services
        found = [service for service in services if fits(service)]
        if found:
            return sorted(found, key=lambda service: WORLDWIDE not in service.areas)
    return []


def _directory() -> Directory:
    """Return the directory of this instance, or the one that ships where no database answers."""
    try:
        with reading(here().stores) as work:
            return directory_of(work)
    except OperationalError:
        return shipped_directory()


def _page(template: str, **services: Any) -> ResponseReturnValue:
    """Return a page that shows services, with the words that stand beside them."""
    return render(template, **services, country_name=country_name, said=_said)


def _said(service: Listed) -> list[str]:
    """Return when an entry was checked, and whether its numbers are kept back."""
    day = format_day(service.checked_on) if service.checked_on else ""
    checked = translated(SAID[service.freshness], day=day)
    return [checked, translated(WITHHELD)] if service.withheld else [checked]
