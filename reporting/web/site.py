"""The Flask application: its doors in order, its pages, its errors."""

from typing import Any, NoReturn

from flask import Blueprint, Flask, Request, Response, abort, g
from flask.sessions import SessionInterface, SessionMixin

from reporting.resources import folder
from reporting.web import headers
from reporting.web.access import check_door
from reporting.web.addresses import IdConverter
from reporting.web.compression import compress
from reporting.web.errors import init_errors
from reporting.web.instance import EXTENSION, Instance, here
from reporting.web.languages import init_babel
from reporting.web.limits import LARGEST_REQUEST, MOST_FIELDS, Application, allow_file, check_fields
from reporting.web.origin import check_origin
from reporting.web.pages import init_pages
from reporting.web.routes import BLUEPRINTS, WITHOUT_LANGUAGE
from reporting.web.staff.login import init_login
from reporting.web.survivor.doors import DoorConverter
from reporting.web.turns import init_turns
from reporting.web.uploads import allow_upload, init_uploads


class NoSession(SessionInterface):
    """Flask's own signed-cookie session refuses use: what it holds would be readable in the cookie."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:  # noqa: ARG002 - Flask's signature
        """Return something that refuses."""
        return _Refusing()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing is ever saved."""


class _Refusing(dict[str, Any], SessionMixin):
    def __setitem__(self, key: str, value: Any) -> NoReturn:
        raise RuntimeError("Flask's session is not used here; see services/signing_in/sessions.py")


def build(instance: Instance) -> Flask:
    """Return the application around an instance."""
    app = Application("reporting", template_folder=str(folder("templates")), static_folder=None)
    app.extensions[EXTENSION] = instance
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        MAX_FORM_PARTS=MOST_FIELDS,
        SEND_FILE_MAX_AGE_DEFAULT=31536000,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.session_interface = NoSession()
    app.static_folder = str(folder("static"))
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=app.send_static_file)
    app.url_map.converters["door"] = DoorConverter
    # Otherwise an address with a slash too many is answered with a redirect to whatever host the request names.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    app.url_map.converters["id"] = IdConverter
    init_babel(app)
    init_login(app)
    init_pages(app)
    init_errors(app)
    init_uploads(app)
    init_turns(app)
    for blueprint in BLUEPRINTS:
        _register(app, blueprint)
    app.url_value_preprocessor(_take_language)
    app.before_request(check_fields)
    app.before_request(check_door)
    app.before_request(allow_file)
    app.before_request(check_origin)
    app.before_request(allow_upload)
    app.after_request(headers.set_headers)
    app.after_request(compress)
    return app


def _register(app: Flask, blueprint: Blueprint) -> None:
    prefix = "" if blueprint.name in WITHOUT_LANGUAGE else "/<language>"
    app.register_blueprint(blueprint, url_prefix=prefix + (blueprint.url_prefix or ""))


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take the language from the path; an unknown one is not a page."""
    if values is None or "language" not in values:
        return
    chosen = values.pop("language")
    if chosen not in here().settings.languages:
        g.language = here().settings.languages[0]
        abort(404)
    g.language = chosen
