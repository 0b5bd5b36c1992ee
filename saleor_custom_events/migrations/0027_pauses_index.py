from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a pause holds, in the order in which it is let go of."""

    atomic = False

    dependencies = [
        ("saleor_custom_events", "0026_pauses"),
    ]

    operations = [
        AddIndexConcurrently(
            "invocation",
            models.Index(
                fields=["pause", "place_at", "id"],
                name="sce_invocation_held",
                condition=models.Q(pause__isnull=False, due_at__isnull=False),
            ),
        ),
    ]
