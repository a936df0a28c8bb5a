"""Which clocks run, from what the record says: property by property."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.case import WITH_ORGANISATION, Status
from reporting.domain.casework.clocks import Clock, Terms, acknowledge_by, add_months
from reporting.domain.casework.promises import Record, promises
from reporting.domain.organisation.calendars import OfficeCalendar

TERMS, WEEK = Terms(), OfficeCalendar()
SENT = date(2024, 2, 28)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
maybe = st.none() | days
records = st.builds(
    Record,
    status=st.sampled_from(Status),
    sent=maybe,
    acknowledged=maybe,
    begun=maybe,
    heard=maybe,
    told=maybe,
    checked_in=maybe,
    reopened=maybe,
    look_again=maybe,
    no_check_ins=st.booleans(),
    erase_on=maybe,
)


def running(record: Record) -> dict[Clock, date]:
    """Return the clocks that run under the default terms."""
    return promises(record, TERMS, WEEK)


@given(records)
def test_what_is_hers_alone_has_no_clock_but_that_of_the_erasure(record: Record) -> None:
    found = running(record)
    if record.status not in WITH_ORGANISATION:
        assert set(found) <= {Clock.ERASURE}
    else:
        assert Clock.ERASURE not in found
        assert (not found) or record.sent is not None


@given(records.filter(lambda record: record.sent is not None))
def test_each_stage_promises_something_until_the_team_has_done_its_part(record: Record) -> None:
    found = set(running(record))
    if record.status is Status.RECEIVED:
        assert found - {Clock.CHECK_IN, Clock.LOOK_AGAIN} == {Clock.ACKNOWLEDGE}
    if record.status in (Status.ASSESSING, Status.ADDRESSING):
        assert found & {Clock.FEEDBACK, Clock.SIGN_OF_LIFE}
    if record.status is Status.CLOSED:
        assert found <= {Clock.CHECK_IN, Clock.LOOK_AGAIN}
    assert (Clock.INVESTIGATION in found) == (record.status is Status.ADDRESSING and record.begun is not None)


@pytest.mark.req("L1", "U6")
def test_an_investigation_has_all_its_dates() -> None:
    record = Record(Status.ADDRESSING, sent=SENT, acknowledged=date(2024, 2, 29), begun=date(2024, 3, 4))
    assert running(record) == {
        Clock.FEEDBACK: date(2024, 5, 29),
        Clock.INVESTIGATION: date(2024, 6, 2),
        Clock.SIGN_OF_LIFE: date(2024, 3, 29),
        Clock.CHECK_IN: date(2024, 3, 29),
    }
    written = replace(record, heard=date(2024, 3, 31))
    assert running(written)[Clock.SIGN_OF_LIFE] == date(2024, 4, 30)


@pytest.mark.req("L1")
def test_feedback_is_due_until_the_team_says_what_it_does_and_again_after_it_reopens() -> None:
    record = Record(Status.ASSESSING, sent=SENT, acknowledged=SENT, told=date(2024, 4, 2))
    assert Clock.FEEDBACK not in running(record)
    assert running(replace(record, acknowledged=date(2024, 4, 3)))[Clock.FEEDBACK] == date(2024, 7, 3)


@given(days, days)
def test_whoever_opens_a_closed_case_again_is_answered_as_fast_as_at_first(sent: date, reopened: date) -> None:
    found = running(Record(Status.ASSESSING, sent=sent, acknowledged=sent, reopened=reopened))
    assert found[Clock.FEEDBACK] == acknowledge_by(reopened, TERMS, WEEK)
    assert Clock.SIGN_OF_LIFE not in found


@pytest.mark.req("P6")
def test_no_clock_runs_in_what_is_set_aside() -> None:
    assert running(Record(Status.SET_ASIDE, sent=SENT, acknowledged=SENT, heard=SENT)) == {}


@pytest.mark.req("U9")
def test_check_ins_follow_each_other_and_go_on_after_closing() -> None:
    for status in set(WITH_ORGANISATION) - {Status.SET_ASIDE}:
        record = Record(status, sent=SENT)
        for count, asked in ((30, None), (90, 30), (180, 90), (365, 180), (None, 365)):
            seen = replace(record, checked_in=SENT + timedelta(days=asked) if asked else None)
            expected = SENT + timedelta(days=count) if count else None
            assert running(seen).get(Clock.CHECK_IN) == expected
        assert Clock.CHECK_IN not in running(replace(record, no_check_ins=True))


@pytest.mark.req("U9")
def test_a_late_check_in_meets_every_day_before_it_and_an_early_one_only_the_next() -> None:
    record = Record(Status.CLOSED, sent=SENT)
    late = replace(record, checked_in=SENT + timedelta(days=95))
    assert running(late)[Clock.CHECK_IN] == SENT + timedelta(days=180)
    early = replace(record, checked_in=SENT + timedelta(days=24))
    assert running(early)[Clock.CHECK_IN] == SENT + timedelta(days=90)
    too_early = replace(record, checked_in=SENT + timedelta(days=22))
    assert running(too_early)[Clock.CHECK_IN] == SENT + timedelta(days=30)


@given(records.filter(lambda record: record.sent is not None), st.integers(1, 12), st.integers(1, 400))
def test_other_terms_than_the_defaults_count(record: Record, months: int, count: int) -> None:
    terms = Terms(sign_of_life_months=months, investigation_days=count, check_in_days=(count,))
    found = promises(record, terms, WEEK)
    assert record.sent is not None
    if Clock.INVESTIGATION in found:
        assert record.begun is not None
        assert found[Clock.INVESTIGATION] == record.begun + timedelta(days=count)
    if Clock.SIGN_OF_LIFE in found:
        last = max(record.acknowledged or record.sent, record.heard or record.sent)
        assert found[Clock.SIGN_OF_LIFE] == add_months(last, months)
    if Clock.CHECK_IN in found:
        assert found[Clock.CHECK_IN] == record.sent + timedelta(days=count)
