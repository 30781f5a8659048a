from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = ("reviews_duplicatesearch", "reviews_match", "reviews_ruling", "reviews_spokenfor")


def written_once_again(apps, editor) -> None:
    """SQLite changes a table by making it anew, which leaves its trigger behind."""
    if editor.connection.vendor == "sqlite":
        append_only("reviews_ranking").code(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0009_duplicates")]
    operations = [
        *(append_only(table) for table in TABLES),
        migrations.RunPython(written_once_again, migrations.RunPython.noop),
    ]
