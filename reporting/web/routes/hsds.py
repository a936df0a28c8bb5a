"""The read API of the directory, as HSDS 3.0 describes it: public data, no cookie, nothing kept.

What somebody looks for is posted and so stands in no address, history or log; an address carries only the number of a
page. A search changes nothing and reads no cookie: any site may send one, and it is answered directly.
"""

from typing import Any, Final

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from reporting.domain.directory.looking import Asked, by_name, services_like
from reporting.domain.directory.nested import ONE, Nest, Thing
from reporting.domain.directory.tabular import VERSION
from reporting.policy import Permission
from reporting.services.help.hsds import nest_at_hand
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.json_answer import BadRequest, answer
from reporting.web.openapi import ASKED, MOST, USUAL, described

blueprint = Blueprint("hsds", __name__, url_prefix="/hsds")

PROFILE: Final = "https://docs.openreferral.org/en/v3.0.0/"
LARGEST_SEARCH: Final = 10_000
_LONGEST: Final = 200
_JSON: Final = "application/json"


@blueprint.after_request
def for_every_site(response: Response) -> Response:
    """Let pages of other sites read this: it is public, and no cookie is read or set here."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET")
    return response


@blueprint.get("/")
@allow(Permission.READ_PUBLIC)
def about() -> Response:
    """Say which version of HSDS this is, and where it is described."""
    _plain_address()
    return answer({"version": VERSION, "profile": PROFILE, "openapi_url": request.host_url + "hsds/openapi.json"})


@blueprint.get("/openapi.json")
@allow(Permission.READ_PUBLIC)
def openapi() -> Response:
    """Describe what there is, and nothing else."""
    _plain_address()
    return answer(described())


@blueprint.get("/services")
@allow(Permission.READ_PUBLIC)
def services() -> Response:
    """List services."""
    return _list("service")


@blueprint.get("/services/<hsds_service>")
@allow(Permission.READ_PUBLIC)
def service(hsds_service: str) -> Response:
    """Give one service with everything that belongs to it."""
    return _one("service", hsds_service)


@blueprint.get("/organizations")
@allow(Permission.READ_PUBLIC)
def organizations() -> Response:
    """List organisations."""
    return _list("organization")


@blueprint.get("/organizations/<hsds_organization>")
@allow(Permission.READ_PUBLIC)
def organization(hsds_organization: str) -> Response:
    """Give one organisation with its services."""
    return _one("organization", hsds_organization)


@blueprint.get("/taxonomies")
@allow(Permission.READ_PUBLIC)
def taxonomies() -> Response:
    """List taxonomies."""
    return _list("taxonomy")


@blueprint.get("/taxonomies/<hsds_taxonomy>")
@allow(Permission.READ_PUBLIC)
def taxonomy(hsds_taxonomy: str) -> Response:
    """Give one taxonomy."""
    return _one("taxonomy", hsds_taxonomy)


@blueprint.get("/taxonomy_terms")
@allow(Permission.READ_PUBLIC)
def taxonomy_terms() -> Response:
    """List the words of all taxonomies."""
    return _list("taxonomy_term")


@blueprint.get("/taxonomy_terms/<hsds_term>")
@allow(Permission.READ_PUBLIC)
def taxonomy_term(hsds_term: str) -> Response:
    """Give one word."""
    return _one("taxonomy_term", hsds_term)


@blueprint.get("/service_at_locations")
@allow(Permission.READ_PUBLIC)
def service_at_locations() -> Response:
    """List where services are."""
    return _list("service_at_location")


@blueprint.post("/search")
@allow(Permission.READ_PUBLIC)
def search() -> Response:
    """List the services that fit what is asked; the answer is no page, so no browser keeps what was asked."""
    _plain_address()
    fields = _posted()
    if set(fields) - {*ASKED, "page", "per_page"}:
        raise BadRequest(f"Only these fields may be sent: {', '.join(ASKED)}, page and per_page.")
    if any(len(value) > _LONGEST for value in fields.values()):
        raise BadRequest(f"A field may have {_LONGEST} characters.")
    nest = _nest()
    asked = Asked(**{name: fields[name] for name in ASKED if name in fields})
    return _page(nest, "service", services_like(nest, asked), fields)


def _nest() -> Nest:
    return nest_at_hand(here().stores, here().house)


def _list(table: str) -> Response:
    """Answer one page of a table; an address with anything but the number of a page is refused."""
    for name in request.args:
        if name not in ("page", "per_page"):
            raise BadRequest(
                "Only page and per_page may stand in this address, because addresses are kept in histories and logs. "
                "Send what you look for with POST to /hsds/search."
            )
    nest = _nest()
    return _page(nest, table, by_name(nest, table), request.args.to_dict())


def _one(table: str, row_id: str) -> Response:
    _plain_address()
    nest = _nest()
    if row_id not in nest.by_id[table]:
        raise BadRequest(f"There is no such {table.replace('_', ' ')}.", 404)
    return answer(nest.whole(table, row_id))


def _plain_address() -> None:
    if request.args:
        raise BadRequest("Nothing may follow this address: send what you look for with POST to /hsds/search.")


def _page(nest: Nest, table: str, ids: list[str], fields: dict[str, str]) -> Response:
    """Answer a list in the wrapper of HSDS."""
    page, size = _number(fields, "page", 1, 10**6), _number(fields, "per_page", USUAL, MOST)
    pages = -(-len(ids) // size)
    contents: list[Thing] = [nest.flat(table, one, *ONE.get(table, ())) for one in ids[(page - 1) * size : page * size]]
    return answer(
        {
            "total_items": len(ids),
            "total_pages": pages,
            "page_number": page,
            "size": len(contents),
            "first_page": page == 1,
            "last_page": page >= pages,
            "empty": not contents,
            "contents": contents,
        }
    )


def _number(fields: dict[str, str], name: str, usual: int, most: int) -> int:
    written = fields.get(name, str(usual))
    if not (written.isascii() and written.isdigit() and len(written) <= 7 and 1 <= int(written) <= most):
        raise BadRequest(f"{name} is a whole number from 1 to {most}.")
    return int(written)


def _posted() -> dict[str, str]:
    """Return what was posted, as a form or as JSON."""
    request.max_content_length = LARGEST_SEARCH
    if request.mimetype != _JSON:
        return request.form.to_dict()
    try:
        told: Any = request.get_json()
    except RecursionError:
        raise BadRequest("This is nested too deeply.") from None
    except HTTPException as error:
        raise BadRequest("This is no JSON." if error.code == 400 else "This is too long.", error.code or 400) from None
    if not isinstance(told, dict) or not all(isinstance(value, str | int) for value in told.values()):
        raise BadRequest("The body must be one JSON object, its values text or whole numbers.")
    return {name: str(value) for name, value in told.items()}
