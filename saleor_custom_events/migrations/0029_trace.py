from django.db import migrations, models


class Migration(migrations.Migration):
    """In which trace an event was fired, where one was recorded."""

    dependencies = [
        ("saleor_custom_events", "0028_last_fired_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="occurrence",
            name="trace",
            field=models.CharField(max_length=55, null=True),
        ),
    ]
