"""How the things of a case file are called where somebody ticks them."""

import json

import pytest

from reporting.domain.case import ItemKind
from reporting.services.file.listing import listed_from
from reporting.web.staff.listing import options
from tests.builders import Built
from tests.engines import on_sqlite

pytestmark = on_sqlite
FRAME = {"format": 1, "position": 0, "author": "0" * 32, "author_name": "Ben", "day": "2026-03-02"}


@pytest.mark.principle("confidentiality")
def test_a_thing_is_known_by_what_somebody_typed_and_never_by_the_codes_of_its_record(built: Built) -> None:
    measure = {"what": "measure", "kind": "separation", "moves": "her", "review_on": "2026-12-23"}
    task = {"what": "task", "kind": "write", "owner": "ab" * 16, "owner_name": "Ben Okri", "text": "Ask the driver."}
    things = [
        listed_from(bytes(16), ItemKind.ENTRY, json.dumps(FRAME | measure | {"words": "A desk elsewhere."}).encode()),
        listed_from(bytes(16), ItemKind.ENTRY, json.dumps(FRAME | task).encode()),
        listed_from(bytes(16), ItemKind.ENTRY, json.dumps(FRAME | measure).encode()),
    ]
    with built.app.test_request_context("/en/staff"):
        said = [words for _, words in options(things)]
    assert said == [
        "A measure · Ben · March 2, 2026: A desk elsewhere.",
        "A task · Ben · March 2, 2026: Ask the driver.",
        "A measure · Ben · March 2, 2026",
    ]
