"""Units of work: what is durable, what is locked, and in which order the two stores commit."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, event, func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from reporting.store.database import (
    PRAGMAS,
    Stores,
    count_changed,
    open_engine,
    reading,
    truncate_log,
    writing,
)
from reporting.store.settings import Setting, get_setting, put_setting
from reporting.store.shred import PepperRow, ShredKeyRow, forget_shred_keys, shred_keys_of
from tests.engines import on_sqlite

DAY = date(2026, 3, 2)
DURABLE = {"synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "temp_store": 2, "busy_timeout": 30_000}


def write_both(stores: Stores, value: bytes, *, fail: bool = False, grant_id: bytes = b"g" * 16) -> None:
    """Write a setting and a shred key in one unit, which may fail before it ends."""
    with writing(stores) as work:
        put_setting(work.main, "demo", value)
        work.shred.add(ShredKeyRow(grant_id=grant_id, key=b"k" * 32, made_on=DAY))
        if fail:
            work.shred.flush()
            raise ZeroDivisionError


def test_a_unit_commits_what_it_wrote_in_both_stores(stores: Stores) -> None:
    write_both(stores, b"yes")
    with reading(stores) as work:
        assert get_setting(work.main, "demo") == b"yes"
        assert get_setting(work.main, "nothing of this name") is None
        assert shred_keys_of(work.shred, [b"g" * 16, b"h" * 16]) == {b"g" * 16: b"k" * 32}


def test_a_unit_that_fails_leaves_both_stores_untouched(stores: Stores) -> None:
    with pytest.raises(ZeroDivisionError):
        write_both(stores, b"yes", fail=True)
    with reading(stores) as work:
        assert get_setting(work.main, "demo") is None
        assert shred_keys_of(work.shred, [b"g" * 16]) == {}


def test_what_the_main_database_refuses_leaves_no_shred_key_behind(stores: Stores) -> None:
    with writing(stores) as work:
        put_setting(work.main, "demo", b"first")
    with pytest.raises(IntegrityError):
        write_both(stores, b"second")
    with reading(stores) as work:
        assert shred_keys_of(work.shred, [b"g" * 16]) == {}


@pytest.mark.req("P7", "P8")
def test_the_shred_store_is_durable_before_the_main_database(stores: Stores) -> None:
    order: list[str] = []
    with writing(stores) as work:
        event.listen(work.main, "after_commit", lambda _: order.append("main"))
        event.listen(work.shred, "after_commit", lambda _: order.append("shred"))
        put_setting(work.main, "demo", b"yes")
        work.shred.add(ShredKeyRow(grant_id=b"g" * 16, key=b"k" * 32, made_on=DAY))
    assert order == ["shred", "main"]


def test_a_reading_unit_writes_nothing(stores: Stores) -> None:
    with reading(stores) as work:
        put_setting(work.main, "demo", b"yes")
        work.main.flush()
    with reading(stores) as work:
        assert get_setting(work.main, "demo") is None


def test_a_unit_that_locks_the_stores_the_other_way_round_is_refused(stores: Stores) -> None:
    """Two units that lock them in different orders would wait for each other for ever."""

    def the_other_way_round() -> None:
        with writing(stores) as work:
            work.shred.get(PepperRow, DAY)
            get_setting(work.main, "demo")

    with pytest.raises(RuntimeError):
        the_other_way_round()


def test_two_units_that_change_what_they_read_do_not_lose_an_update(stores: Stores) -> None:
    with writing(stores) as work:
        put_setting(work.main, "demo", (0).to_bytes(4))

    def count() -> None:
        for _ in range(10):
            with writing(stores) as work:
                row = work.main.scalar(select(Setting).where(Setting.name == "demo").with_for_update())
                assert row is not None
                row.value = (int.from_bytes(row.value) + 1).to_bytes(4)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(stores) as work:
        assert int.from_bytes(get_setting(work.main, "demo") or b"") == 40


def test_the_rows_that_changed_are_counted(stores: Stores) -> None:
    with writing(stores) as work:
        work.shred.add_all([ShredKeyRow(grant_id=bytes([i]) * 16, key=b"k" * 32, made_on=DAY) for i in range(3)])
    with writing(stores) as work:
        assert count_changed(work.shred, delete(ShredKeyRow)) == 3


@pytest.mark.req("P1")
def test_what_a_failed_statement_carried_is_not_in_its_message(stores: Stores) -> None:
    with writing(stores) as work:
        put_setting(work.main, "demo", b"first")
    with pytest.raises(IntegrityError) as failure:
        write_both(stores, b"unspeakable words")
    assert "unspeakable" not in str(failure.value)


@pytest.fixture
def on_file(tmp_path: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{tmp_path / 'one.db'}")
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.mark.req("P8")
def test_sqlite_keeps_its_promises_about_the_disk(on_file: Session) -> None:
    for name, value in DURABLE.items():
        assert on_file.connection().exec_driver_sql(f"PRAGMA {name}").scalar() == value, name
    assert on_file.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    assert {pragma.partition("=")[0] for pragma in PRAGMAS} == {*DURABLE, "journal_mode"}


@on_sqlite
@pytest.mark.req("P7", "L4")
@pytest.mark.principle("confidentiality")
def test_a_shred_key_that_was_destroyed_is_in_no_file_any_more(stores: Stores) -> None:
    key, files = b"the bytes of a key to be shredded", Path(str(stores.shred.url.database))
    with writing(stores) as work:
        work.shred.add(ShredKeyRow(grant_id=b"g" * 16, key=key[:32], made_on=DAY))
    assert any(key[:32] in path.read_bytes() for path in files.parent.glob("shred.sqlite3*"))
    with writing(stores) as work:
        forget_shred_keys(work.shred, [b"g" * 16])
    assert not any(key[:32] in path.read_bytes() for path in files.parent.glob("shred.sqlite3*"))


def test_emptying_the_log_is_harmless_on_either_engine(stores: Stores) -> None:
    truncate_log(stores.shred)
    with reading(stores) as work:
        assert work.shred.scalar(select(func.count()).select_from(ShredKeyRow)) == 0


@on_sqlite
@pytest.mark.req("P8")
def test_a_commit_that_fails_gives_the_write_lock_back(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(stores.main.dialect, "do_commit", full)
        with pytest.raises(OperationalError):
            write_both(stores, b"lost")
    write_both(stores, b"kept", grant_id=b"h" * 16)
    with reading(stores) as work:
        assert get_setting(work.main, "demo") == b"kept"
