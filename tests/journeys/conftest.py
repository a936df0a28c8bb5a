"""A whole site on this machine, and people at their browsers."""

import logging
from collections.abc import Iterator
from threading import Thread

import pytest
from werkzeug.serving import make_server

from tests.builders import add_team, make_instance
from tests.journeys.people import Site


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An open office with its people, served over loopback."""
    built = make_instance(tmp_path_factory.mktemp("site"))
    team = add_team(built)
    server = make_server("127.0.0.1", 0, built.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    yield Site(built, team, f"http://127.0.0.1:{server.port}")
    server.shutdown()
    thread.join()
    server.server_close()
    built.stores.dispose()
