"""What the read API offers, as an OpenAPI description written from one table."""

from typing import Any, Final

from reporting.domain.directory.tabular import VERSION

USUAL: Final = 25
MOST: Final = 100
"""So many things stand on one page: usually, and at most."""
ASKED: Final = ("text", "taxonomy_term_id", "country", "language")
"""What a search may ask for."""

_SCHEMAS: Final = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/"
_LISTS: Final = (
    ("services", "compiled/service_list.json", "compiled/service.json", "service with everything that belongs to it"),
    ("organizations", "organization.json", "compiled/organization.json", "organization with its services"),
    ("taxonomies", "taxonomy.json", "taxonomy.json", "taxonomy"),
    ("taxonomy_terms", "taxonomy_term.json", "taxonomy_term.json", "taxonomy term"),
    ("service_at_locations", "service_at_location.json", "", ""),
)
_ABOUT: Final = (
    "Public data of the directory of services. What somebody looks for is sent with POST, so that it stands in no "
    "address and no log. Telephone numbers that nobody has checked are left out."
)


def described() -> dict[str, Any]:
    """Return the description."""
    paths: dict[str, Any] = {"/": {"get": _operation("What this is", {"type": "object"})}}
    for name, listed, one, said in _LISTS:
        paths[f"/{name}"] = {"get": {**_operation(f"A page of {name}", _wrapped(listed)), "parameters": _PAGING}}
        if one:
            paths[f"/{name}/{{id}}"] = {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": _TEXT}],
                "get": _operation(f"One {said}", {"$ref": _SCHEMAS + one}, "404"),
            }
    paths["/search"] = {"post": {**_operation("Services that fit", _wrapped(_LISTS[0][1])), "requestBody": _BODY}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Directory of services", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": "/hsds"}],
        "paths": paths,
        "components": {"schemas": {"Page": _PAGE, "Refusal": _REFUSAL}},
    }


def _operation(summary: str, schema: dict[str, Any], *refusals: str) -> dict[str, Any]:
    refused = {
        "description": "Refused, with a sentence.",
        "content": _content({"$ref": "#/components/schemas/Refusal"}),
    }
    answers = {"200": {"description": summary, "content": _content(schema)}, "400": refused}
    return {"summary": summary, "responses": {**answers, **dict.fromkeys(refusals, refused)}}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _wrapped(schema: str) -> dict[str, Any]:
    contents = {"type": "array", "items": {"$ref": _SCHEMAS + schema}}
    return {"allOf": [{"$ref": "#/components/schemas/Page"}], "properties": {"contents": contents}}


_TEXT: Final = {"type": "string"}
_YES_OR_NO: Final = {"type": "boolean"}
_COUNT: Final = {"type": "integer", "minimum": 0}
_FROM_ONE: Final = {"type": "integer", "minimum": 1, "default": 1}
_SIZE: Final = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
_PAGING: Final = [
    {"name": "page", "in": "query", "schema": _FROM_ONE},
    {"name": "per_page", "in": "query", "schema": _SIZE},
]
_SEARCH: Final = {
    "type": "object",
    "additionalProperties": False,
    "properties": {**dict.fromkeys(ASKED, _TEXT), "page": _FROM_ONE, "per_page": _SIZE},
}
_BODY: Final = {
    "content": {kind: {"schema": _SEARCH} for kind in ("application/json", "application/x-www-form-urlencoded")}
}
_PAGE: Final = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), _COUNT),
        **dict.fromkeys(("first_page", "last_page", "empty"), _YES_OR_NO),
    },
}
_REFUSAL: Final = {
    "type": "object",
    "required": ["status", "message"],
    "properties": {"status": {"type": "integer"}, "message": _TEXT},
}
