from django.db import migrations


def function_too(_apps, editor) -> None:
    """PostgreSQL keeps a trigger's function when its table goes."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION IF EXISTS needs_indicatorvalue_append_only() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("needs", "0004_figures_into_columns")]
    operations = [
        migrations.RunPython(function_too, migrations.RunPython.noop),
        migrations.DeleteModel("IndicatorValue"),
    ]
