from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """How many invocations are under way in each version of a scenario; the index for all of it goes, since this
    begins with the scenario too.
    """

    atomic = False

    dependencies = [
        ("saleor_custom_events", "0020_webhook_trial"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="invocation",
            index=models.Index(
                fields=["scenario", "version"],
                name="sce_invocation_under_way_in",
                condition=models.Q(due_at__isnull=False),
            ),
        ),
        RemoveIndexConcurrently(model_name="invocation", name="sce_invocation_under_way"),
    ]
