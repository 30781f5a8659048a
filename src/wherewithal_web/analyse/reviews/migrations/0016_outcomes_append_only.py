from django.db import migrations

from wherewithal_web.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reviews", "0015_outcomes")]
    operations = [append_only("reviews_outcomeversion"), append_only("reviews_certaintydecision")]
