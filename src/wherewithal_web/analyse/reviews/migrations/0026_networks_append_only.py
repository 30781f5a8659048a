from django.db import migrations

from wherewithal_web.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reviews", "0025_found_in_texts")]
    operations = [append_only("reviews_networkversion")]
