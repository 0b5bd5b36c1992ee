from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """The rows behind a count, newest first."""

    atomic = False

    dependencies = [
        ("saleor_custom_events", "0023_counting"),
    ]

    operations = [
        AddIndexConcurrently(
            "steprun",
            models.Index(
                "version",
                "step",
                "outcome",
                F("made_at").desc(),
                F("invocation_id").desc(),
                name="sce_step_outcome",
                condition=Q(outcome__isnull=False),
            ),
        ),
        AddIndexConcurrently(
            "steprun",
            models.Index(
                "version",
                "step",
                "outcome",
                "about",
                F("made_at").desc(),
                F("invocation_id").desc(),
                name="sce_step_about",
                condition=Q(outcome__isnull=False) & ~Q(about=""),
            ),
        ),
        AddIndexConcurrently(
            "invocation",
            models.Index(
                "version",
                "status",
                F("created_at").desc(),
                F("id").desc(),
                name="sce_invocation_version",
                condition=Q(logged=True, status__in=("skipped", "failed", "cancelled")),
            ),
        ),
    ]
