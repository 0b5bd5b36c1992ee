from django.db import migrations, models


class Migration(migrations.Migration):
    """How many test calls of a webhook's receiver somebody has had made."""

    dependencies = [
        ("saleor_custom_events", "0019_stock_app"),
    ]

    operations = [
        migrations.CreateModel(
            name="WebhookTrial",
            fields=[
                ("user", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("used", models.PositiveIntegerField()),
            ],
            options={"abstract": False},
        ),
    ]
