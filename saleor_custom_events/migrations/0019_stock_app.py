import logging

from django.db import migrations, transaction

from saleor_custom_events.host import current_host

logger = logging.getLogger(__name__)


def remove_from_store(apps, schema_editor):
    """Take the app that hears of stock away, before nobody knows any more which it was."""
    made = apps.get_model("saleor_custom_events", "Installation").objects.exclude(store_id="")
    for store_id in made.filter(name="stock").values_list("store_id", flat=True):
        try:
            with transaction.atomic():
                current_host().remove_dashboard_app(store_id)
        except Exception:  # The way back has to stay open whatever the store says.
            logger.exception("The app %s, which hears of stock, is still in the store: remove it there", store_id)
    made.filter(name="stock").delete()


class Migration(migrations.Migration):
    """The way back for the app by which Saleor 3.23 tells us of stock; it is made when an event wants it."""

    dependencies = [
        ("saleor_custom_events", "0018_key_allowed_fields"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, remove_from_store),
    ]
