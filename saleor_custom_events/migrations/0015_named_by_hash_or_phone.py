from django.db import migrations, models


class Migration(migrations.Migration):
    """Customers who are named by a hash of their e-mail, or by their phone number."""

    dependencies = [
        ("saleor_custom_events", "0014_violation_counts"),
    ]

    operations = [
        migrations.AddField("occurrence", "customer_email_hash", models.CharField(max_length=64, null=True)),
        migrations.AddField("occurrence", "customer_phone", models.CharField(max_length=16, null=True)),
    ]
