from django.db import migrations, models


class Migration(migrations.Migration):
    """How many test mails somebody has had sent."""

    dependencies = [
        ("saleor_custom_events", "0016_anonymous_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailTrial",
            fields=[
                ("user", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("used", models.PositiveIntegerField()),
            ],
        ),
    ]
