from django.db import migrations, models


class Migration(migrations.Migration):
    """Data fields are kept for a shorter time than the rows they belong to."""

    dependencies = [
        ("saleor_custom_events", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="occurrence",
            name="data_fields_removed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Walk",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("position", models.UUIDField(null=True)),
            ],
        ),
    ]
