from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = (
    "needs_datafile",
    "needs_heldindicator",
    "needs_heldarea",
    "needs_indicatorvalue",
    "needs_neighbours",
)


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_initial")]
    operations = [append_only(table) for table in TABLES]
