from django.db import migrations, models

FIELDS = ("public_url", "sender_name", "sender_address")


class Migration(migrations.Migration):
    """What a merchant sets on the plugin's page."""

    dependencies = [("sandbox", "0008_paying")]

    operations = [
        migrations.AddField("plugin", name, models.TextField(blank=True, default="", db_default="")) for name in FIELDS
    ]
