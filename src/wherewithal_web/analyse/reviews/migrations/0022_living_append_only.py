from django.db import migrations

from wherewithal_web.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reviews", "0021_living")]
    operations = [append_only(table) for table in ("reviews_livingsearch", "reviews_livingrun")]
