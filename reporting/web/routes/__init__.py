"""One module of routes per word; the word is the same in services, templates and tests."""

from reporting.web.routes import help as help_pages
from reporting.web.routes import home, kept, one_page, start

WITHOUT_LANGUAGE = frozenset({"root", "leave"})
BLUEPRINTS = (
    home.root,
    home.blueprint,
    home.leave_blueprint,
    help_pages.blueprint,
    start.blueprint,
    kept.blueprint,
    one_page.blueprint,
)
