from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    """Data fields that a storefront's key may send beside those that an event declares."""

    dependencies = [
        ("saleor_custom_events", "0017_mail_trial"),
    ]

    operations = [
        migrations.AddField(
            model_name="key",
            name="allowed_fields",
            field=ArrayField(base_field=models.CharField(max_length=128), db_default=[], default=list, size=None),
        ),
    ]
