from django.db import migrations, models


class Migration(migrations.Migration):
    """Many invocations run again, a few at a time."""

    dependencies = [
        ("saleor_custom_events", "0010_scenario_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="Replay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("running", "Running"), ("stopped", "Stopped"), ("done", "Done")],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("wanted", models.JSONField()),
                ("version", models.CharField(max_length=10)),
                ("versions", models.JSONField()),
                ("current", models.JSONField(default=dict)),
                ("over", models.PositiveIntegerField()),
                ("total", models.PositiveIntegerField()),
                ("position_at", models.DateTimeField(null=True)),
                ("position_id", models.BigIntegerField(default=0)),
                ("made", models.PositiveIntegerField(default=0)),
                ("left_out", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                ("stopped_by", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "running")), fields=["id"], name="sce_replay_running"
                    )
                ],
            },
        ),
    ]
