import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What happens in the store may fire custom events, and end what waits."""

    dependencies = [
        ("saleor_custom_events", "0011_replay"),
    ]

    operations = [
        migrations.AddField(
            model_name="customevent",
            name="happenings",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="scenario",
            name="heeds",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.CreateModel(
            name="StoreHappening",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=30)),
                ("object_id", models.CharField(max_length=200)),
                ("quiet", models.PositiveIntegerField(null=True)),
                ("channel", models.CharField(max_length=255, null=True)),
                ("remembered", models.JSONField(default=dict)),
                ("happened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["due_at"], name="sce_store_happening_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id", "quiet"), name="sce_store_happening_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SeenMetadata",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("object_id", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=250)),
                ("digest", models.BinaryField(max_length=32)),
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
                "constraints": [models.UniqueConstraint(fields=("event", "object_id", "key"), name="sce_seen_metadata_once")],
            },
        ),
    ]
