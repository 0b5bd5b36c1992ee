from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which customers anonymous ids became, and an index for what those ids did before."""

    atomic = False

    dependencies = [
        ("saleor_custom_events", "0015_named_by_hash_or_phone"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnonymousLink",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("anonymous_id", models.CharField(max_length=128)),
                ("customer_id", models.CharField(max_length=200, null=True)),
                ("customer_email", models.CharField(max_length=320, null=True)),
                ("linked_at", models.DateTimeField()),
                ("occurrence_id", models.UUIDField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["anonymous_id", "linked_at"], name="sce_anonymous_link"),
                    models.Index(
                        condition=models.Q(("customer_email__isnull", False)),
                        fields=["customer_email"],
                        name="sce_anonymous_link_email",
                    ),
                ],
            },
        ),
        AddIndexConcurrently(
            "occurrence",
            models.Index(
                "anonymous_id",
                models.F("registered_at").desc(),
                name="sce_occurrence_anonymous",
                condition=models.Q(identity="anonymous", anonymous_id__isnull=False),
            ),
        ),
    ]
