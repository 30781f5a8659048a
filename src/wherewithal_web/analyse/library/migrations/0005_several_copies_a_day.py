from django.db import migrations, models

from wherewithal_web.audit.append_only import append_only

TABLE = "library_storededition"


def written_once_again(apps, editor) -> None:
    """SQLite changes a table by making it anew, which leaves its trigger behind."""
    if editor.connection.vendor == "sqlite":
        append_only(TABLE).code(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("library", "0004_append_only_in_full")]
    operations = [
        migrations.AlterModelOptions(
            name="storededition", options={"ordering": ["register", "-date", "-number"]}
        ),
        migrations.AddField(
            model_name="storededition",
            name="number",
            field=models.PositiveSmallIntegerField(default=1, help_text="which copy of that day it is"),
        ),
        migrations.RemoveConstraint(model_name="storededition", name="one_edition_a_day"),
        migrations.AddConstraint(
            model_name="storededition",
            constraint=models.UniqueConstraint(
                fields=["register", "date", "number"], name="copies_of_a_day_are_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="storededition",
            constraint=models.UniqueConstraint(
                fields=["register", "date", "sha256"], name="one_file_once_a_day"
            ),
        ),
        migrations.RunPython(written_once_again, migrations.RunPython.noop),
    ]
