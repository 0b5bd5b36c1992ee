import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Waiting for events. The new columns have defaults in the database, so that the previous release goes on writing."""

    dependencies = [
        ("saleor_custom_events", "0004_installation"),
    ]

    operations = [
        migrations.AddField(
            model_name="customevent",
            name="awaited",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="invocation",
            name="knocked",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="Awaiting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("identity", models.CharField(max_length=64)),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="saleor_custom_events.customevent",
                    ),
                ),
                (
                    "invocation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="saleor_custom_events.invocation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["event", "identity"], name="sce_awaiting_whom")],
                "constraints": [
                    models.UniqueConstraint(fields=("invocation", "event", "identity"), name="sce_awaiting_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Happening",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("occurrence_id", models.UUIDField()),
                ("event_id", models.BigIntegerField()),
                ("identity", models.CharField(max_length=64)),
                ("registered_at", models.DateTimeField()),
                ("pending", models.BooleanField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["event_id", "identity", "registered_at"], name="sce_happening_whom"),
                    models.Index(fields=["occurrence_id"], name="sce_happening_occurrence"),
                    models.Index(condition=models.Q(("pending", True)), fields=["id"], name="sce_happening_pending"),
                    models.Index(fields=["expires_at"], name="sce_happening_expires"),
                ],
            },
        ),
    ]
