import polars as pl
from django.db import migrations

from wherewithal.analyse.needs import columns
from wherewithal_web.audit.append_only import append_only

ADDED = ("needs_editiontable", "needs_columnmapping", "needs_arealayout")
CHANGED = ("needs_datafile", "needs_heldindicator", "needs_neighbours")


def into_columns(apps, _editor) -> None:
    """The values of every file held, from a row each into one table a file."""
    values = apps.get_model("needs", "IndicatorValue").objects
    tables = apps.get_model("needs", "EditionTable").objects
    names = [name for name in columns.FIELDS if name not in ("indicator", "area_name", "area_type")]
    for file in apps.get_model("needs", "DataFile").objects.order_by("pk"):
        called = dict(file.indicators.values_list("indicator_id", "name"))
        found = values.filter(file=file).order_by("pk").values(*names, "area__name", "area__type")
        rows = [
            {
                **row,
                "indicator": called[row["indicator_id"]],
                "area_name": row["area__name"],
                "area_type": row["area__type"],
            }
            for row in found.iterator(2_000)
        ]
        frame = pl.DataFrame(
            [tuple(row[name] for name in columns.FIELDS) for row in rows],
            schema=columns.SCHEMA,
            orient="row",
        )
        tables.create(file=file, content=columns.packed(frame))


def written_once_again(apps, editor) -> None:
    """SQLite makes a table anew for some changes, which leaves its trigger behind."""
    if editor.connection.vendor == "sqlite":
        for table in CHANGED:
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only")
            append_only(table).code(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("needs", "0003_editions_in_columns")]
    operations = [
        migrations.RunPython(into_columns, migrations.RunPython.noop),
        migrations.RunPython(written_once_again, migrations.RunPython.noop),
        *(append_only(table) for table in ADDED),
    ]
