"""The composition root: settings -> keyring -> engines -> house -> doors."""

import os
from collections.abc import Mapping

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from reporting.config import ConfigError, Settings
from reporting.crypto.keyring import Keyring
from reporting.services.house import House
from reporting.services.throttle import Throttle
from reporting.store.database import Stores, open_stores, reading
from reporting.store.schema import is_current
from reporting.store.settings import TOKEN_SALT, get_setting
from reporting.web.instance import Instance
from reporting.web.site import build


def open_house(settings: Settings) -> tuple[Stores, House]:
    """Open keys and both stores.

    :raises KeysMissing, LooseModes: the keys folder is not as it must be.
    :raises ConfigError: the database was not migrated.
    """
    keyring = Keyring.load(settings.keys)
    stores = open_stores(settings.database_url, settings.shred_url)
    if not is_current(stores):
        raise ConfigError("The database does not have the tables of this release; run `reporting db upgrade`.")
    with reading(stores) as work:
        salt = get_setting(work.main, TOKEN_SALT)
    if salt is None:
        raise ConfigError("The database has no token salt yet; run `reporting db upgrade`.")
    return stores, House(keyring, salt)


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
