"""The work list as a file: no content, and no formula."""

import csv

import pytest

from reporting.services.casework.case import name_case
from reporting.services.casework.worklist import as_csv, harmless
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.services.acts import take_up
from tests.web.colleague import at_work


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "  @x", '=HYPERLINK("http://x","y")']
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    ((read,),) = csv.reader(as_csv([[cell]]).splitlines(keepends=True))
    assert read.startswith("'")


@pytest.mark.parametrize("cell", ["", "Case 3F2A-11CC", "2026-03-02", "a=b", "Report"])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@on_sqlite
@pytest.mark.principle("confidentiality")
def test_the_list_holds_what_i_hold_and_no_content(built: Built, team: Team) -> None:
    sent = [send_report(built, team.office, f"Story {number}")[2] for number in range(27)]
    take_up(built, team.amina, sent[0])
    in_unit(built, name_case, team.amina, sent[0], "=cmd|' /C calc'!A0")
    answer = at_work(built, team.amina).get("/en/staff/inbox/csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="list.csv"'
    head, *lines = csv.reader(answer.text.splitlines())
    assert head == ["Case", "Stage", "Next", "By", "Kind"]
    assert {line[0] for line in lines} == {f"{one.hex()[:4]}-{one.hex()[4:8]}".upper() for one in sent}
    assert {tuple(line[1:]) for line in lines} == {("Received", "Acknowledge it", "2026-03-04", "Report")}
    for word in ("Story", "calc", "cmd"):
        assert word not in answer.text
    nobody = at_work(built, team.ines).get("/en/staff/inbox/csv").text.splitlines()
    assert len(nobody) == 1
