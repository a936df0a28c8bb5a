"""Each use of what she wrote has a yes of its own."""

import pytest

from reporting.domain.reading.consent import CONSENTS, NEW_READERS, NewReaders, Purpose


@pytest.mark.req("G1")
@pytest.mark.principle("informed_consent")
def test_every_purpose_says_what_yes_and_no_mean() -> None:
    assert set(CONSENTS) == set(Purpose)
    for consent in CONSENTS.values():
        assert consent.label
        assert consent.yes.endswith(".")
        assert consent.no.endswith(".")
        assert consent.yes != consent.no


def test_she_is_told_of_new_readers_or_asked_first() -> None:
    assert set(NEW_READERS) == set(NewReaders)
