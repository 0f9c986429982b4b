"""The history of the tables leads to the tables that the code knows, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from store.migrations import Standing, compared, migrate, standing
from store.schema import metadata
from tests.postgres import Server


def test_the_history_ends_at_the_schema(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        asks = {"compare_type": True, "include_object": compared(engine.dialect.name)}
        context = MigrationContext.configure(connection, opts=asks)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_checks_and_partial_indexes_are_the_schemas_too(database_url: str) -> None:
    # alembic's comparison does not see these two
    engine = create_engine(database_url)
    found = inspect(engine)
    for table in metadata.sorted_tables:
        checks = {check.name for check in table.constraints if str(check.name).startswith("ck_")}
        assert {check["name"] for check in found.get_check_constraints(table.name)} == checks
        indexes = {index["name"]: index for index in found.get_indexes(table.name)}
        for index in table.indexes:
            if not compared(engine.dialect.name)(index):
                continue
            partial = index.dialect_options[engine.dialect.name]["where"] is not None
            assert (f"{engine.dialect.name}_where" in indexes[index.name]["dialect_options"]) is partial
    engine.dispose()


@pytest.mark.postgres
def test_who_may_create_no_extension_migrates_all_the_same(postgres_server: Server) -> None:
    name = postgres_server.create()
    postgres_server.run("CREATE ROLE plain LOGIN")
    postgres_server.run("GRANT ALL ON SCHEMA public TO plain", name)
    url = postgres_server.url(name).replace("mailroom@", "plain@")
    migrate(url)
    assert standing(url) is Standing.CURRENT
    engine = create_engine(url)
    names = {index["name"] for index in inspect(engine).get_indexes("contact")}
    engine.dispose()
    assert "ix_contact_search_parts" not in names
    assert "ix_contact_workspace_id_search_id_deleted_at" in names


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    assert standing(database_url) is Standing.CURRENT


def test_an_empty_database_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert standing(f"sqlite:///{tmp_path_factory.mktemp('x')}/new.db") is Standing.EMPTY


def test_a_database_of_a_later_mailroom_is_recognised(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from the future'")
    engine.dispose()
    assert standing(sqlite_url) is Standing.NEWER
