from django.db import migrations

from wherewithal_web.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]
    operations = [append_only("delivery_reading")]
