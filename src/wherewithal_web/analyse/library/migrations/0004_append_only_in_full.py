from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = ("library_studynotice", "library_sourcecheck")


class Migration(migrations.Migration):
    dependencies = [("library", "0003_library_in_full")]
    operations = [append_only(table) for table in TABLES]
