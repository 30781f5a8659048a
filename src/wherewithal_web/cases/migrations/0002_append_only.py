from django.db import migrations

from wherewithal_web.audit.append_only import append_only

TABLES = (
    "cases_storedfinding",
    "cases_casefinding",
    "cases_sourceevent",
    "cases_wording",
    "cases_driftanswer",
    "cases_decision",
    "cases_decisionstep",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [append_only(table) for table in TABLES]
