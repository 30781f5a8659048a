"""Triggers that make the database itself refuse to change rows that are written once."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


def append_only(table: str) -> AppendOnly:
    """A migration step: no UPDATE of ``table``, on SQLite and PostgreSQL alike."""
    return AppendOnly(table)


class AppendOnly(Operation):
    """The step itself. It needs no models: one that asked for them would have every model of the project made anew."""

    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def describe(self) -> str:
        return f"Refuse to change what is in {self.table}"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.code(None, schema_editor)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        name = f"{self.table}_append_only"
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {self.table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")

    def code(self, _apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        """Put the trigger there; also called where another step took it away with its table."""
        table, name = self.table, f"{self.table}_append_only"
        if editor.connection.vendor == "sqlite":
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )
        else:
            editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} is only ever added to'; END $$"
            )
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
