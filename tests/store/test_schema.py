"""Migrations of both stores on both engines: up, down, with data, one head, and no drift from the code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from reporting.config import ConfigError
from reporting.resources import folder
from reporting.services.survivor.follow import view
from reporting.store.database import Stores, open_stores, reading
from reporting.store.schema import STORES, Store, _config, downgrade, drift, head, is_current, upgrade
from reporting.store.tables import MAIN, SHRED
from tests.builders import Built, Team, send_report
from tests.postgres import PostgresServer

CHAINS = ("audit_events", "audit_days")


@pytest.fixture
def bare(server: PostgresServer | None, tmp_path: Path) -> Iterator[Stores]:
    """Two databases in which there is nothing at all."""
    names = [server.create(), server.create()] if server else []
    urls = [server.url(name) for name in names] if server else [f"sqlite:///{tmp_path / n}.db" for n in STORES]
    main, shred = urls
    stores = open_stores(main, shred, f"file://{tmp_path / 'blobs'}")
    yield stores
    stores.dispose()
    for name in names:
        assert server is not None
        server.drop(name)


def tables_of(engine: Engine) -> set[str]:
    """Return the names of the tables in a database, without the one that Alembic keeps."""
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def revisions(store: Store) -> list[str]:
    """Return every revision of a store, the oldest first."""
    return sorted(path.stem.split("_")[0] for path in (folder("migrations") / store / "versions").glob("[0-9]*.py"))


def test_upgrading_makes_every_table_and_says_so(bare: Stores) -> None:
    assert not is_current(bare)
    upgrade(bare)
    assert is_current(bare)
    assert tables_of(bare.main) == set(MAIN.tables)
    assert tables_of(bare.shred) == set(SHRED.tables)


def test_downgrading_leaves_nothing_and_can_be_undone(bare: Stores) -> None:
    upgrade(bare)
    downgrade(bare)
    assert tables_of(bare.main) == tables_of(bare.shred) == set()
    assert not is_current(bare)
    upgrade(bare)
    assert is_current(bare)


@pytest.mark.parametrize("store", STORES)
def test_the_tables_in_the_code_are_those_of_the_newest_revision(bare: Stores, store: Store) -> None:
    upgrade(bare)
    assert drift(bare, store) == []


@pytest.mark.parametrize("store", STORES)
def test_the_revisions_are_one_line_with_a_single_head(store: Store) -> None:
    found = revisions(store)
    assert found == [f"{number:04}" for number in range(1, len(found) + 1)]
    assert head(store) == found[-1]
    texts = [path.read_text() for path in sorted((folder("migrations") / store / "versions").glob("[0-9]*.py"))]
    for revision, before, written in zip(found, ["", *found], texts, strict=False):
        assert f'revision = "{revision}"' in written
        assert f"down_revision = {before!r}".replace("'", '"') in written or (not before and "= None" in written)


@pytest.mark.req("P8", "L4")
def test_a_case_that_was_there_before_an_upgrade_opens_after_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, "It happened on Tuesday.")
    upgrade(built.stores)
    with reading(built.stores) as work:
        page = view(work, built.house, reporter, case_id)
    assert page.disclosure.answers[0].text == "It happened on Tuesday."
    assert [reader.display_name for reader in page.readers] == ["Amina Diallo", "Ben Okafor"]


def test_a_store_that_is_one_revision_behind_is_not_current(bare: Stores) -> None:
    upgrade(bare)
    with bare.shred.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert not is_current(bare)


@pytest.mark.req("ASVS-16.4.2")
@pytest.mark.principle("prevention")
@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("change", ["UPDATE {} SET action = 'nothing'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_itself_refuses_to_change_what_was_recorded(built: Built, chain: str, change: str) -> None:
    if chain == "audit_days":
        _put_day(built.stores.main)
    before = _rows(built.stores.main, chain)
    assert before
    with pytest.raises(DBAPIError), built.stores.main.begin() as connection:
        connection.execute(text(change.format(chain)))
    assert _rows(built.stores.main, chain) == before


def _put_day(engine: Engine) -> None:
    with engine.begin() as connection:
        statement = "INSERT INTO audit_days (seq, day, action, previous, hash) VALUES (1, '2026-03-02', 'x', :a, :b)"
        connection.execute(text(statement), {"a": bytes(32), "b": bytes(32)})


def _rows(engine: Engine, chain: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {chain}")).scalar_one())  # noqa: S608 - our own name


@pytest.mark.req("S12")
@pytest.mark.parametrize("column", ["identity_duty", "hold_law"])
def test_an_office_that_declares_a_law_by_itself_stops_the_upgrade_that_would_lose_it(
    bare: Stores, column: str
) -> None:
    _main_at(bare, "0017")
    _write(bare.main, OFFICE.format(column=column))
    with pytest.raises(ConfigError, match="nobody has signed: south\\."):
        upgrade(bare)
    with bare.main.connect() as connection:
        declared = connection.execute(text(f"SELECT {column} FROM offices")).scalar_one()  # noqa: S608 - our own name
    assert declared == "A duty"
    _write(bare.main, f"UPDATE offices SET {column} = ''")  # noqa: S608 - our own name
    upgrade(bare)
    assert is_current(bare)


OFFICE = (
    "INSERT INTO offices (id, name, code, external, head_count, time_zone, weekend, holidays, reader_languages, "
    "emergency, is_open, country, identity_duty, hold_law) VALUES (:id, 'South', 'south', false, 9, 'UTC', '', '', "
    "'en', '', false, 'MD', '', ''); UPDATE offices SET {column} = 'A duty'"
)


def _main_at(stores: Stores, revision: str) -> None:
    """Bring the main store to a revision."""
    with stores.main.begin() as connection:
        command.upgrade(_config("main", connection), revision)


def _write(engine: Engine, statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements.split("; "):
            values = {"id": bytes(16)} if ":id" in statement else {}
            connection.execute(text(statement), values)
