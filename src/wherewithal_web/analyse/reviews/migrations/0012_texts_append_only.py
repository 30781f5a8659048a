from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = ("reviews_attachedtext", "reviews_textremoval")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_texts")]
    operations = [append_only(table) for table in TABLES]
