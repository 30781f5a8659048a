from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = ("reviews_recordfile", "reviews_record", "reviews_screeningdecision")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [append_only(table) for table in TABLES]
