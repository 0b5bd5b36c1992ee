import logging

from django.db import migrations, models, transaction

from saleor_custom_events.host import current_host

logger = logging.getLogger(__name__)


def remove_from_store(apps, schema_editor):
    """Take what was made in the store away, before nobody knows any more what it was."""
    made = apps.get_model("saleor_custom_events", "Installation").objects.exclude(store_id="")
    for store_id in made.filter(name="dashboard").values_list("store_id", flat=True):
        try:
            with transaction.atomic():
                current_host().remove_dashboard_app(store_id)
        except Exception:  # The way back has to stay open whatever the store says.
            logger.exception("The app %s is still in the store's dashboard: remove it there", store_id)


class Migration(migrations.Migration):
    """What was made of ours in the store itself: the app of the dashboard."""

    dependencies = [
        ("saleor_custom_events", "0003_invocation_retry"),
    ]

    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("store_id", models.CharField(blank=True, max_length=64)),
                ("left_active", models.BooleanField(default=False)),
                ("removed", models.BooleanField(default=False)),
            ],
        ),
        migrations.RunPython(migrations.RunPython.noop, remove_from_store),
    ]
