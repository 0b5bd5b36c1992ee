from django.db import migrations, models


class Migration(migrations.Migration):
    """When an event was last fired, of what retention has removed since."""

    dependencies = [
        ("saleor_custom_events", "0027_pauses_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="customevent",
            name="last_fired_before",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
