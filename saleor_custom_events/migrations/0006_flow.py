import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Flow control, re-entry while running, and scenarios that pause themselves.

    All new columns may be null, so that the previous release goes on writing.
    """

    dependencies = [
        ("saleor_custom_events", "0005_awaiting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lane",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64)),
                ("at", models.DateTimeField(null=True)),
                ("used", models.BigIntegerField(default=0)),
                ("occurrence_id", models.UUIDField(null=True)),
                ("replaced_id", models.UUIDField(null=True)),
                ("expires_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["expires_at"], name="sce_lane_expires")],
                "constraints": [models.UniqueConstraint(fields=("scenario", "key"), name="sce_lane_once")],
            },
        ),
        migrations.AddField("scenarioentry", "replaced_id", models.UUIDField(null=True)),
        migrations.AddField("scenario", "paused_because", models.CharField(max_length=250, null=True)),
        migrations.AddField("scenario", "watched_since", models.DateTimeField(null=True)),
        migrations.AddField("invocation", "lane", models.BigIntegerField(null=True)),
        migrations.AddField("invocation", "parked", models.BooleanField(null=True)),
        migrations.AddField("invocation", "superseded_by", models.UUIDField(null=True)),
    ]
