"""The composition root: settings -> keyring -> engines -> house -> doors."""

import os
from collections.abc import Mapping

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from reporting.config import Settings
from reporting.services.house import House
from reporting.services.opening import open_house
from reporting.services.signing_in.throttle import Throttle
from reporting.store.database import Stores
from reporting.web.instance import Instance
from reporting.web.site import build


def create_app(settings: Settings, stores: Stores, house: House) -> Flask:
    """Return the web application of an opened house."""
    app = build(Instance(settings, stores, house, Throttle(stores, house)))
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]  # as Flask's manual does
    return app


def application(environment: Mapping[str, str] = os.environ) -> Flask:
    """Return the application for a web server's worker process."""
    settings = Settings.from_environment(environment)
    stores, house = open_house(settings)
    return create_app(settings, stores, house)
