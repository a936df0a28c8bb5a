"""A closed vocabulary, and a sentence for each thing that concerns her."""

import re

import pytest

from reporting.domain.case import TRANSITIONS, Side
from reporting.domain.oversight.audit import JOURNAL, LEDGER, STEPS_TAKEN, ReporterEvent, StaffEvent

ABOUT_THE_HOUSE = {
    StaffEvent.SIGNED_IN,
    StaffEvent.SIGNED_OUT,
    StaffEvent.SIGN_IN_REFUSED,
    StaffEvent.SESSION_ENDED,
    StaffEvent.ACCOUNT_CREATED,
    StaffEvent.ACCOUNT_ENROLLED,
    StaffEvent.ACCOUNT_CHANGED,
    StaffEvent.ACCOUNT_DISABLED,
    StaffEvent.ACCOUNT_ENABLED,
    StaffEvent.CODE_ISSUED,
    StaffEvent.PASSPHRASE_CHANGED,
    StaffEvent.SECOND_FACTOR_ADDED,
    StaffEvent.SECOND_FACTOR_REMOVED,
    StaffEvent.SECOND_FACTOR_REFUSED,
    StaffEvent.RECOVERY_CODES_DRAWN,
    StaffEvent.RECOVERY_CODE_USED,
    StaffEvent.CONDUCT_ACCEPTED,
    StaffEvent.VOUCHED,
    StaffEvent.OFFICE_CREATED,
    StaffEvent.OFFICE_CHANGED,
    StaffEvent.DIRECTORY_CHANGED,
    StaffEvent.SERVICE_ADDED,
    StaffEvent.SERVICE_CHANGED,
    StaffEvent.SERVICE_CHECKED,
    StaffEvent.SERVICE_TAKEN_OUT,
    StaffEvent.SERVICE_BROUGHT_BACK,
    StaffEvent.DIRECTORY_IMPORTED,
    StaffEvent.LAW_CHANGED,
    StaffEvent.OFFICE_OPENED,
    StaffEvent.EVENT_ADDED,
    StaffEvent.EVENT_CHANGED,
    StaffEvent.DOCUMENT_ADDED,
    StaffEvent.DOCUMENT_CHANGED,
    StaffEvent.DOCUMENT_REPLACED,
    StaffEvent.DOCUMENT_REMOVED,
    StaffEvent.SETTING_CHANGED,
    StaffEvent.PACK_LOADED,
    StaffEvent.DUTY_CHANGED,
    StaffEvent.DUTY_MISSED,
    StaffEvent.FUND_CHANGED,
    StaffEvent.FUND_MONEY,
    StaffEvent.FUND_PROVIDER,
    StaffEvent.FUND_DECIDED,
    StaffEvent.FUND_PAID,
    StaffEvent.STANDS_IN,
    StaffEvent.AUDIT_READ,
    StaffEvent.AUDIT_VERIFIED,
    StaffEvent.CHECKPOINT_MADE,
    StaffEvent.RECOVERY_BEGUN,
    StaffEvent.RECOVERY_RENEWED,
    StaffEvent.RECOVERY_ENDED,
    StaffEvent.RECOVERY_DRILLED,
    StaffEvent.RECOVERY_REFUSED,
    StaffEvent.SEED_SEALED_TO_QUORUM,
    StaffEvent.SEED_RESTORED,
    StaffEvent.RETENTION_RUN,
    StaffEvent.SEARCHED,
}


@pytest.mark.principle("confidentiality")
def test_an_event_is_a_word_from_a_closed_list() -> None:
    for event in (*StaffEvent, *ReporterEvent):
        assert re.fullmatch(r"[a-z_]{1,40}", event.value)
    with pytest.raises(ValueError, match="looked_at"):
        StaffEvent("looked_at")


def test_no_word_means_a_staff_event_and_her_own() -> None:
    assert not {event.value for event in StaffEvent} & {event.value for event in ReporterEvent}


@pytest.mark.principle("respect")
def test_she_reads_a_sentence_about_everything_done_in_her_case() -> None:
    assert set(LEDGER) == set(StaffEvent) - ABOUT_THE_HOUSE
    assert set(JOURNAL) == set(ReporterEvent)


def test_sentences_have_only_the_placeholders_that_a_page_can_fill() -> None:
    known = {"name": "Anna", "about": "Boris", "step": "began"}
    for sentence in LEDGER.values():
        filled = sentence % known
        assert filled.endswith(".")
        assert "%" not in filled
    assert all("%" not in sentence and sentence.endswith(".") for sentence in JOURNAL.values())


def test_every_step_that_staff_can_take_has_its_words() -> None:
    assert set(STEPS_TAKEN) == {row.act for row in TRANSITIONS if row.side is Side.HANDLER}
