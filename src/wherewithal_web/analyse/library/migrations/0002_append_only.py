from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = ("library_storededition", "library_storedrating")


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [append_only(table) for table in TABLES]
