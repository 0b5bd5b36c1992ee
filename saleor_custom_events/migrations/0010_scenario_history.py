import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who changed, published or switched a scenario, and when."""

    dependencies = [
        ("saleor_custom_events", "0009_issued_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScenarioChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("created", "Created"),
                            ("saved", "Saved"),
                            ("reverted", "Reverted"),
                            ("published", "Published"),
                            ("paused", "Paused"),
                            ("resumed", "Resumed"),
                            ("archived", "Archived"),
                        ],
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", models.CharField(blank=True, default="", max_length=200)),
                ("steps", models.JSONField(default=list)),
                (
                    "scenario",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="saleor_custom_events.scenario",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["scenario", "-id"], name="sce_change_newest")],
            },
        ),
    ]
