"""The whole application and a few views more, for tests of the server: files are kept as her pages do it.

`gunicorn --config python:reporting.serving.settings 'tests.serving.receiving:application()'`
"""

import os

from flask import Flask, Response, request

from reporting import app
from reporting.domain.people import Role
from reporting.policy import Permission, may_enter
from reporting.services.evidence.keeping import keep
from reporting.serving import patience, worker
from reporting.web import upload_places
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.uploads import files, pieces, takes_files, takes_pieces

ANYBODY = next(one for one in Permission if may_enter(Role.ANYONE, one))
MOST = 4096 * 1024 * 1024


@allow(ANYBODY)
@takes_files
def _keep() -> Response:
    """Keep every file and say how many bytes each had and its SHA-256; no row names them."""
    said = [str(request.form.get("draft"))]
    for upload in files():
        kept = keep(here().stores.blobs, here().house, upload.pieces, MOST)
        said.append(f"{kept.file.size} {kept.file.sha256}")
    return Response("\n".join(said), mimetype="text/plain")


@allow(ANYBODY)
@takes_pieces(most=MOST)
def _count() -> Response:
    return Response(str(sum(map(len, pieces()))), mimetype="text/plain")


@allow(ANYBODY)
def _long() -> Response:
    """Answer with many bytes."""
    return Response((b"x" * 65536 for _ in range(int(request.args["pieces"]))), mimetype="text/plain")


def application() -> Flask:
    """Return the application for a worker; in a test a line may rest for a shorter time."""
    patience.CREDIT_SECONDS = float(os.environ["TEST_CREDIT"])  # type: ignore[misc]  # the tests of the constant itself are elsewhere
    upload_places.SETTLED_SECONDS = float(os.environ["TEST_SETTLED"])  # type: ignore[misc]
    worker.LONG_ANSWER_SECONDS = float(os.environ["TEST_SETTLED"])  # type: ignore[attr-defined]
    made = app.application()
    made.add_url_rule("/<language>/test/files", "test_files", _keep, methods=["POST"])
    made.add_url_rule("/<language>/test/pieces", "test_pieces", _count, methods=["POST"])
    made.add_url_rule("/<language>/test/long", "test_long", _long)
    return made
