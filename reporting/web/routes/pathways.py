"""Find help: a form that asks little, services in order, and a card to print. No cookie, nothing kept.

What she says travels sealed inside the address of the next page. Where the shred store does not answer, there is no
key to seal it with, and the form is answered with the page itself.
"""

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from reporting.domain.directory.do_now import DO_NOW
from reporting.domain.directory.finding import emergency_number, find_help
from reporting.domain.directory.listing import Directory
from reporting.domain.directory.needs import Age, Need
from reporting.domain.directory.pathway_rules import review_from
from reporting.domain.directory.showing import WITHHELD
from reporting.domain.directory.taxonomies import PATHWAYS, TELLINGS, Pathway, Trait
from reporting.domain.help.windows import ANY_TIME, UNDER_18, WINDOWS, open_windows
from reporting.policy import Permission
from reporting.services.help.directory import directory_at_hand
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import language, url
from reporting.web.pages import go_to, render
from reporting.web.pathways import card_line, checked_shortly, help_form, hours_words, need_of, packed, unpacked
from reporting.web.sealed_address import ARGUMENT, CAPACITY, SMALL, open_address, seal_address

blueprint = Blueprint("pathways", __name__)

FINDING, CARD = "help", "card"
_ID_SIZE = 16
_MOST_ON_CARD = (CAPACITY - 1) // _ID_SIZE


@blueprint.post("/help")
@allow(Permission.READ_PUBLIC)
def ask() -> ResponseReturnValue:
    """Take what she said to the page with the services; nothing of it is kept."""
    need = need_of(request.form.to_dict(flat=False), here().house.now())
    try:
        return go_to(url("pathways.found", **{ARGUMENT: seal_address(FINDING, packed(need), SMALL)}))
    except SQLAlchemyError:  # help does not wait for a store
        return _found_page(need, "")


@blueprint.get("/help/found")
@allow(Permission.READ_PUBLIC)
def found() -> ResponseReturnValue:
    """Show the services in order; an address that has ended leads back to the form."""
    argument = request.args.get(ARGUMENT, "")
    content = _opened(FINDING, argument)
    if content is None:
        return _ended_page()
    return _found_page(unpacked(content), argument)


@blueprint.post("/help/card")
@allow(Permission.READ_PUBLIC)
def make_card() -> ResponseReturnValue:
    """Put the services that she ticked on a card; without a tick, those of the page that have a number."""
    named = request.form.get("named") == "y"
    known, ticked = _directory(), request.form.getlist("one")
    services = [one for one in map(known.find, ticked or request.form.getlist("shown")) if one is not None]
    chosen = [one.id for one in services if ticked or one.numbers][:_MOST_ON_CARD]
    content = bytes([named]) + b"".join(UUID(one).bytes for one in chosen)
    try:
        return go_to(url("pathways.card", **{ARGUMENT: seal_address(CARD, content)}))
    except SQLAlchemyError:
        return _card_page(chosen, named=named)


@blueprint.get("/help/card")
@allow(Permission.READ_PUBLIC)
def card() -> ResponseReturnValue:
    """Show names and numbers on a small card that looks like any note."""
    content = _opened(CARD, request.args.get(ARGUMENT, ""))
    if content is None:
        return _ended_page()
    ids = [str(UUID(bytes=content[at : at + _ID_SIZE])) for at in range(1, len(content), _ID_SIZE)]
    return _card_page(ids, named=bool(content[0]))


def _opened(use: str, argument: str) -> bytes | None:
    try:
        return open_address(use, argument)
    except SQLAlchemyError:
        return None


def _directory() -> Directory:
    return directory_at_hand(here().stores, here().house)


def _ended_page() -> ResponseReturnValue:
    return render("pathways/ended.html", form=help_form(_directory()))


def _found_page(need: Need, argument: str) -> ResponseReturnValue:
    directory, everything = _directory(), "all" in request.args or not argument
    result = find_help(directory, need, here().house.now(), language(), everything=everything)
    is_acute = any(way.pathway is Pathway.HEALTH_ACUTE for way in result.ways)
    inside = open_windows(need.since)
    return render(
        "pathways/found.html",
        need=need,
        found=result,
        form=help_form(directory, need),
        windows=[(window, window in inside) for window in WINDOWS] if is_acute else [],
        guidance=UNDER_18[:3] if need.age is Age.UNDER_18 else (),
        do_now=DO_NOW if not result.near else (),
        emergency_number=emergency_number(directory, need.country),
        more_url=url("pathways.found", **{ARGUMENT: argument, "all": "y"}) if result.left else None,
        review=review_from(here().settings.pathways_reviewed),
        names=PATHWAYS,
        tellings=TELLINGS,
        any_time=ANY_TIME,
        withheld=WITHHELD,
        hours_words=hours_words,
        checked_shortly=checked_shortly,
        bill=lambda service: service.says(Trait.PHONE_BILL_VISIBLE),
    )


def _card_page(ids: list[str], *, named: bool) -> ResponseReturnValue:
    services = [one for one in map(_directory().find, ids) if one is not None]
    return render("pathways/card.html", lines=[card_line(one, named=named) for one in services])
