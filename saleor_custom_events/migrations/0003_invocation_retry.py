from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """A row may be the retry of another one. Both columns may be null, so that the previous release goes on writing."""

    atomic = False

    dependencies = [
        ("saleor_custom_events", "0002_under_way"),
    ]

    operations = [
        migrations.AddField(
            model_name="invocation",
            name="retry_of",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="invocation",
            name="retried_by",
            field=models.CharField(max_length=200, null=True),
        ),
        AddIndexConcurrently(
            model_name="invocation",
            index=models.Index(
                fields=["retry_of"], name="sce_invocation_retry_of", condition=models.Q(retry_of__isnull=False)
            ),
        ),
    ]
