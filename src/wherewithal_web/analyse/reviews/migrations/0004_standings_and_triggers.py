from django.db import migrations
from django.db.models import Max

from wherewithal_web.audit.append_only import append_only

TABLES = ("reviews_protocolversion", "reviews_ranking", "reviews_remark", "reviews_fulltext")


def written_once_again(apps, editor) -> None:
    """SQLite changes a table by making it anew, which leaves its trigger behind."""
    if editor.connection.vendor == "sqlite":
        append_only("reviews_screeningdecision").code(apps, editor)


def let_the_newest_hold(apps, editor) -> None:
    """Until now the newest decision about a record held, whoever made it."""
    decisions = apps.get_model("reviews", "ScreeningDecision").objects
    standings = apps.get_model("reviews", "Standing").objects
    newest = decisions.order_by().values("record").annotate(newest=Max("pk")).values("newest")
    rows = decisions.filter(pk__in=newest).select_related("record__file").order_by("pk")
    standings.bulk_create(
        [
            standings.model(
                record_id=row.record_id,
                case_id=row.record.file.case_id,
                stage=row.stage,
                outcome=row.verdict,
                reason=row.reason,
                words=row.words,
                people=1,
                holding_id=row.pk,
            )
            for row in rows.iterator(2_000)
        ],
        batch_size=2_000,
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_screening")]
    operations = [
        migrations.RunPython(let_the_newest_hold, migrations.RunPython.noop),
        migrations.RunPython(written_once_again, migrations.RunPython.noop),
        *(append_only(table) for table in TABLES),
    ]
