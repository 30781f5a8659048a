from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = (
    "reviews_earlierfile",
    "reviews_earlierlabel",
    "reviews_earlierwithdrawal",
    "reviews_earliertaught",
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0019_earlier")]
    operations = [append_only(table) for table in TABLES]
