from django.db import migrations, models

from wherewithal_web.audit.append_only import append_only


def written_once_again(apps, editor) -> None:
    """SQLite makes a table anew for some changes, which leaves its trigger behind."""
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER IF EXISTS needs_datafile_append_only")
        append_only("needs_datafile").code(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("needs", "0005_no_row_a_value")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, written_once_again),
        migrations.AddField("datafile", "address", models.TextField(blank=True, default="")),
        migrations.RunPython(written_once_again, migrations.RunPython.noop),
    ]
