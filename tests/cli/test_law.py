"""`reporting law`: list, show and import what the law of a country says."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reporting.domain.help.legal_profile import LARGEST
from tests.console import refusal, run, said
from tests.domain.help.test_legal_profile import PROFILE


def written(folder: Path, **changes: Any) -> Path:
    """Write a profile that was reviewed yesterday into a file."""
    day = datetime.now(UTC).date() - timedelta(days=1)
    days = {"reviewed_on": day.isoformat(), "valid_until": (day + timedelta(days=90)).isoformat()}
    file = folder / "law.json"
    file.write_text(json.dumps(json.loads(PROFILE.to_bytes()) | days | changes))
    return file


@pytest.mark.req("S12")
def test_a_profile_is_imported_listed_and_written_out_as_it_can_be_imported_again(fresh: Path, tmp_path: Path) -> None:
    file = written(tmp_path)
    assert said("law", "import", str(file), data=fresh).startswith("Version 1 says what the law of MD says, until ")
    (line,) = said("law", "list", data=fresh).splitlines()
    assert line.startswith("   1  MD  until ")
    assert line.endswith("Tamara Vrabie")
    assert json.loads(said("law", "show", "1", data=fresh)) == json.loads(file.read_text())
    assert "already" in refusal("law", "import", str(file), data=fresh)
    assert "no version 2" in refusal("law", "show", "2", data=fresh)


@pytest.mark.req("S12")
def test_what_is_over_is_listed_first_and_as_over(fresh: Path, tmp_path: Path) -> None:
    said("law", "import", str(written(tmp_path)), data=fresh)
    over = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    said("law", "import", str(written(tmp_path, country="RO", valid_until=over)), data=fresh)
    first, second = said("law", "list", data=fresh).splitlines()
    assert "RO" in first
    assert first.endswith("OVER: claims nothing")
    assert "OVER" not in second


@pytest.mark.req("S12")
def test_a_file_that_is_wrong_is_refused_in_sentences_that_name_the_field(fresh: Path, tmp_path: Path) -> None:
    both = run("law", "import", str(written(tmp_path, reviewer="", country="XX")), data=fresh)
    assert both.exit_code == 1
    assert both.stderr.splitlines() == [
        "country must be the code of a country, such as MD.",
        "reviewer is empty: please fill it in.",
    ]
    assert "is no legal profile" in refusal("law", "import", str(written(tmp_path, more=1)), data=fresh)
    file = tmp_path / "law.json"
    for content in (b"", b"[]", b"\xff", b"[" * 100_000, b"x" * (2 * LARGEST + 1)):
        file.write_bytes(content)
        assert refusal("law", "import", str(file), data=fresh)
    assert said("law", "list", data=fresh) == ""
