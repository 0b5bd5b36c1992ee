from django.db import migrations, models


class Migration(migrations.Migration):
    """Addresses that want no marketing."""

    dependencies = [
        ("saleor_custom_events", "0007_flow_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("digest", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
