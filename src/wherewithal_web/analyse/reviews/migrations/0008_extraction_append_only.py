from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = (
    "reviews_study",
    "reviews_studyreport",
    "reviews_studyarm",
    "reviews_extractionplan",
    "reviews_answer",
    "reviews_comparison",
    "reviews_numbersuggestion",
    "reviews_result",
    "reviews_warninganswer",
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_extraction")]
    operations = [append_only(table) for table in TABLES]
