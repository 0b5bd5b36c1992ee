from django.db import migrations, models


class Migration(migrations.Migration):
    """Phone numbers of customers."""

    dependencies = [("sandbox", "0004_orders_checkouts_stock")]

    operations = [
        migrations.AddField("user", "phone", models.CharField(blank=True, db_index=True, default="", max_length=16)),
    ]
