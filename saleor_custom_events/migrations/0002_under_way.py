from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """How many invocations of a scenario are under way, without looking at those that have ended."""

    atomic = False

    dependencies = [
        ("saleor_custom_events", "0002_data_fields_removed"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="invocation",
            index=models.Index(
                fields=["scenario"], name="sce_invocation_under_way", condition=models.Q(due_at__isnull=False)
            ),
        ),
    ]
