from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = ("reviews_studyappraisal", "reviews_appraisalanswer", "reviews_appraisaljudgement")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0013_appraisal")]
    operations = [append_only(table) for table in TABLES]
