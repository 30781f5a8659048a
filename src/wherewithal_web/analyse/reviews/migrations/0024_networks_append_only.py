from django.db import migrations

from wherewithal_web.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reviews", "0023_networks")]
    operations = [append_only("reviews_networkversion")]
