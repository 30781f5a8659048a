from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("needs", "0006_addresses")]
    operations = [
        migrations.CreateModel(
            name="GatheredTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField(unique=True)),
                ("files", models.PositiveIntegerField()),
                ("rows", models.PositiveBigIntegerField()),
                ("content", models.BinaryField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ["first"]},
        ),
    ]
