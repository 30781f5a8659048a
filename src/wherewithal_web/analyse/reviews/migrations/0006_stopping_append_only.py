from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = ("reviews_randomcheck", "reviews_stopdecision")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_stopping")]
    operations = [append_only(table) for table in TABLES]
