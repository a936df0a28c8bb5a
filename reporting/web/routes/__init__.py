"""One module of routes per word; the word is the same in services, templates and tests."""

from reporting.web.routes import (
    choosing,
    erasure,
    follow,
    home,
    kept,
    messages,
    one_page,
    record,
    start,
    tokens,
)
from reporting.web.routes import help as help_pages

# One blueprint for her page; each module adds the words that it is about.
HER_PAGE = (follow, messages, choosing, record, tokens, erasure)

WITHOUT_LANGUAGE = frozenset({"root", "leave"})
BLUEPRINTS = (
    home.root,
    home.blueprint,
    home.leave_blueprint,
    help_pages.blueprint,
    start.blueprint,
    kept.blueprint,
    one_page.blueprint,
    *{module.blueprint.name: module.blueprint for module in HER_PAGE}.values(),
)
