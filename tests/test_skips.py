"""In CI nothing is skipped quietly."""

import pytest

from tests.machine import CHECKOUT

SKIPPERS = """
import pytest
from tests.machine import program

def test_that_needs_a_program():
    program("harbour-no-such-program", package="nowhere")

@pytest.mark.skip(reason="not today")
def test_that_is_skipped():
    pass

@pytest.mark.xfail(reason="known", strict=True)
def test_that_is_known_to_fail():
    assert False
"""
SKIPPING_FILE = "import pytest\npytest.importorskip('no_such_module')\n"


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the inner pytest find the plugin from wherever it runs."""
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    monkeypatch.setenv("CI", "")


def run_inside(pytester: pytest.Pytester) -> pytest.RunResult:
    """Run pytest with the plugin in a process of its own."""
    pytester.makepyfile(test_skippers=SKIPPERS, test_file=SKIPPING_FILE)
    return pytester.runpytest_subprocess("-p", "tests.skips", "--continue-on-collection-errors")


def test_at_a_desk_a_test_that_lacks_something_is_skipped_with_its_reason(pytester: pytest.Pytester) -> None:
    result = run_inside(pytester)
    result.assert_outcomes(skipped=3, xfailed=1)


def test_in_ci_a_test_that_lacks_something_fails(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    result = run_inside(pytester)
    result.assert_outcomes(failed=1, errors=2, xfailed=1)
    result.stdout.fnmatch_lines(["*Nothing may be skipped in CI: *harbour-no-such-program*"])
