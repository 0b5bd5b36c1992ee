import uuid

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Index, Q


class Migration(migrations.Migration):
    """Erasing customers: certificates, tombstones, who saw customers, and indexes that find somebody by any name."""

    atomic = False

    dependencies = [
        ("saleor_custom_events", "0021_under_way_in_version"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("running", "Running"), ("done", "Done")], default="running", max_length=10
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[("staff", "Staff"), ("command", "Command"), ("deleted", "Deleted")], max_length=10
                    ),
                ),
                ("names", models.JSONField(null=True)),
                ("counts", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=200)),
                ("seen_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("holds_until", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    Index(fields=["asked_at", "id"], name="sce_erasure_newest"),
                    Index(fields=["asked_at"], name="sce_erasure_running", condition=Q(("status", "running"))),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("digest", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("erased_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("by", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("log", "Log"),
                            ("details", "Details"),
                            ("csv", "Csv"),
                            ("explanation", "Explanation"),
                            ("export", "Export"),
                            ("erasure", "Erasure"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject", models.BinaryField(default=b"", max_length=32)),
                ("hour", models.DateTimeField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [Index(fields=["at", "id"], name="sce_reveal_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("by", "kind", "subject", "hour"), name="sce_reveal_once")
                ],
            },
        ),
        *(
            AddIndexConcurrently(
                "occurrence",
                Index(fields=[name], name=f"sce_occurrence_{short}", condition=Q((f"{name}__isnull", False))),
            )
            for name, short in (
                ("customer_id", "customer"),
                ("customer_external_reference", "reference"),
                ("customer_email_hash", "hash"),
                ("customer_phone", "phone"),
            )
        ),
        AddIndexConcurrently(
            "idempotencykey", Index(fields=["occurrence_id"], name="sce_idempotency_occurrence")
        ),
        AddIndexConcurrently(
            "anonymouslink",
            Index(
                fields=["customer_id"], name="sce_anonymous_link_customer", condition=Q(("customer_id__isnull", False))
            ),
        ),
        AddIndexConcurrently(
            "issuedcode",
            Index(fields=["customer_id"], name="sce_issuedcode_customer", condition=~Q(("customer_id", ""))),
        ),
    ]
