import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Data fields that break their declarations are counted."""

    dependencies = [
        ("saleor_custom_events", "0013_signs"),
    ]

    operations = [
        migrations.CreateModel(
            name="ViolationCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("field", models.CharField(blank=True, max_length=128)),
                ("code", models.CharField(max_length=40)),
                ("count", models.PositiveBigIntegerField()),
                ("last_at", models.DateTimeField()),
                ("samples", models.JSONField(default=list)),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="saleor_custom_events.customevent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "day", "field", "code"), name="sce_violation_once"
                    ),
                ],
            },
        ),
    ]
