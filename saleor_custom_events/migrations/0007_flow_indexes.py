from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

ALONE = models.UniqueConstraint(
    fields=("lane",),
    name="sce_invocation_alone",
    condition=models.Q(lane__isnull=False, parked__isnull=True, due_at__isnull=False),
)


class Migration(migrations.Migration):
    """Who runs alone, who is in line, and how the last runs of a scenario ended."""

    atomic = False

    dependencies = [
        ("saleor_custom_events", "0006_flow"),
    ]

    operations = [
        # Django makes constraints under a lock that keeps every firing waiting; PostgreSQL need not.
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddConstraint("invocation", ALONE)],
            database_operations=[
                migrations.RunSQL(
                    """CREATE UNIQUE INDEX CONCURRENTLY sce_invocation_alone ON saleor_custom_events_invocation (lane)
                    WHERE due_at IS NOT NULL AND lane IS NOT NULL AND parked IS NULL""",
                    "DROP INDEX CONCURRENTLY sce_invocation_alone",
                )
            ],
        ),
        AddIndexConcurrently(
            "invocation",
            models.Index(
                fields=["lane", "id"],
                name="sce_invocation_in_line",
                condition=models.Q(parked=True, due_at__isnull=False),
            ),
        ),
        AddIndexConcurrently(
            "invocation",
            models.Index(
                fields=["scenario", "ended_at"],
                name="sce_invocation_ended",
                condition=models.Q(status__in=("completed", "failed")),
            ),
        ),
    ]
