"""Files into the directory and out of it: what was shown is what is done, all of it or nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from reporting.domain.directory.checking import Faulty
from reporting.domain.directory.checks import How, checked_rows
from reporting.domain.directory.difference import Difference
from reporting.domain.directory.tables import Records
from reporting.domain.directory.tabular import write_tables
from reporting.domain.directory.taxonomies import stable_id
from reporting.domain.oversight.audit import StaffEvent
from reporting.services.errors import DirectoryChanged
from reporting.services.help.directory import load_shipped
from reporting.services.help.exchange import compare, put_in, take_out_nested, take_out_tables
from reporting.services.help.packages import Source, from_files, from_nested
from reporting.services.oversight.chains import verify
from reporting.store.audit import AuditEvent
from reporting.store.database import reading, writing
from reporting.store.directory import directory_version, put_records, read_records
from tests.builders import Built
from tests.services.together import meanwhile


@pytest.fixture
def loaded(built: Built) -> Built:
    """An instance with the example of Moldova."""
    with writing(built.stores) as work:
        load_shipped(work, built.house, "moldova")
    return built


def stored(built: Built) -> Records:
    with reading(built.stores) as work:
        return {table: [dict(row) for row in rows] for table, rows in read_records(work.main).items() if rows}


def source_of(records: Records) -> Source:
    return from_files(write_tables(records))


def put(built: Built, source: Source, *, removing: bool = False) -> Difference:
    with reading(built.stores) as work:
        shown = compare(work, source, removing=removing)
    with writing(built.stores) as work:
        return put_in(work, built.house, source, shown.digest, removing=removing)


def with_number(records: Records, number: str) -> Records:
    phones = [dict(row) for row in records["phone"]]
    phones[0]["number"] = number
    return {**records, "phone": phones}


@pytest.mark.req("S4")
def test_both_forms_of_what_is_taken_out_change_nothing_and_fill_an_empty_instance(loaded: Built) -> None:
    before = stored(loaded)
    with reading(loaded.stores) as work:
        sources = [from_files(take_out_tables(work)), from_nested(take_out_nested(work), "a.json")]
        assert all(compare(work, source, removing=True).is_empty for source in sources)
    with reading(loaded.stores) as work:
        texts = take_out_tables(work), take_out_nested(work)
    for source in sources:
        with writing(loaded.stores) as work:
            nothing = compare(work, from_nested(b"{}", "a.json"), removing=True)
            put_in(work, loaded.house, from_nested(b"{}", "a.json"), nothing.digest, removing=True)
        assert stored(loaded) == {}
        put(loaded, source)
        assert stored(loaded) == before
        with reading(loaded.stores) as work:
            assert (take_out_tables(work), take_out_nested(work)) == texts


def test_comparing_changes_nothing_and_an_import_does_what_was_shown_and_is_recorded(loaded: Built) -> None:
    before = stored(loaded)
    wanted = with_number(before, "000 111")
    with reading(loaded.stores) as work:
        shown = compare(work, source_of(wanted))
    assert stored(loaded) == before
    assert [list(one.fields()) for one in shown.changed] == [[("number", before["phone"][0]["number"], "000 111")]]
    assert put(loaded, source_of(wanted)).digest == shown.digest
    assert stored(loaded) == wanted
    with reading(loaded.stores) as work:
        actions = list(work.main.scalars(select(AuditEvent.action)))
        assert actions.count(StaffEvent.DIRECTORY_IMPORTED) == 1
        assert verify(work, loaded.house) == []


def test_one_wrong_row_among_many_and_nothing_is_written(loaded: Built) -> None:
    before = stored(loaded)
    wrong = {**with_number(before, "000 111"), "language": [{"id": stable_id("x"), "service_id": stable_id("y")}]}
    with reading(loaded.stores) as work, pytest.raises(Faulty, match="there is no service"):
        compare(work, source_of(wrong))
    with pytest.raises(Faulty), writing(loaded.stores) as work:
        put_in(work, loaded.house, source_of(wrong), "0" * 12)
    assert stored(loaded) == before


def test_what_a_file_does_not_have_goes_only_when_it_is_asked_for(loaded: Built) -> None:
    before = stored(loaded)
    less = {**before, "phone": before["phone"][1:]}
    assert put(loaded, source_of(less)).missing == {"phone": (before["phone"][0],)}
    assert stored(loaded) == before
    put(loaded, source_of(less), removing=True)
    assert stored(loaded) == less


def test_a_directory_that_changed_since_it_was_compared_refuses_the_file(loaded: Built) -> None:
    source = source_of(with_number(stored(loaded), "000 111"))
    with reading(loaded.stores) as work:
        shown = compare(work, source)
    with writing(loaded.stores) as work:
        put_records(work.main, {"phone": [{**stored(loaded)["phone"][0], "number": "000 222"}]})
    changed = stored(loaded)
    with pytest.raises(DirectoryChanged), writing(loaded.stores) as work:
        put_in(work, loaded.house, source, shown.digest)
    assert stored(loaded) == changed


def test_two_files_at_the_same_moment_are_not_mixed(loaded: Built) -> None:
    sources = [source_of(with_number(stored(loaded), number)) for number in ("000 111", "000 222")]
    with reading(loaded.stores) as work:
        first, second = (compare(work, source).digest for source in sources)
    got = meanwhile(
        loaded,
        lambda work: put_in(work, loaded.house, sources[0], first),
        lambda work: put_in(work, loaded.house, sources[1], second),
    )
    assert isinstance(got, DirectoryChanged)
    assert stored(loaded)["phone"][0]["number"] == "000 111"


@pytest.mark.req("P9")
def test_a_file_that_changes_what_people_dial_takes_the_check_away_unless_it_brings_a_newer_one(loaded: Built) -> None:
    today = loaded.house.today()
    of = stored(loaded)["phone"][0]["service_id"]
    service = next(row for row in stored(loaded)["service"] if row["id"] == of)
    with writing(loaded.stores) as work:
        put_records(work.main, checked_rows(service, today, "Lucia", How.CALLED))
    checked = stored(loaded)
    assert put(loaded, source_of(checked)).is_empty
    assert put(loaded, source_of(checked)).claimed == ()
    newer = checked_rows(service, today + timedelta(days=1), "Lucia", How.CALLED)
    services = [newer["service"][0] if row["id"] == of else row for row in checked["service"]]
    both = {**checked, "service": services, "metadata": [*checked["metadata"], *newer["metadata"]]}
    brought = put(loaded, source_of(with_number(both, "000 111")))
    assert brought.unchecked == ()
    assert [one.id for one in brought.claimed] == [of]
    assert put(loaded, source_of(with_number(both, "000 222"))).unchecked == (of,)
    assert "assured_date" not in next(row for row in stored(loaded)["service"] if row["id"] == of)


def test_every_change_gives_the_directory_a_new_version_and_a_broken_one_does_not(loaded: Built) -> None:
    def version() -> bytes | None:
        with reading(loaded.stores) as work:
            return directory_version(work.main)

    seen = {version()}
    put(loaded, source_of(with_number(stored(loaded), "000 111")))
    seen.add(version())
    assert len(seen) == 2
    assert None not in seen
    wrong = {"id": stable_id("x"), "service_id": stable_id("y")}
    with pytest.raises(IntegrityError), writing(loaded.stores) as work:
        put_records(work.main, {"language": [wrong]})
    assert version() in seen


def test_what_is_written_does_not_depend_on_the_path(tmp_path: Path, loaded: Built) -> None:
    with reading(loaded.stores) as work:
        files = take_out_tables(work)
    assert not [name for name, content in files.items() if str(tmp_path).encode() in content or b"\r" in content]
