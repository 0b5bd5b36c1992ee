import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Lines of orders and checkouts, and what is told of a variant."""

    dependencies = [
        ("sandbox", "0006_no_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="variant",
            name="sku",
            field=models.CharField(blank=True, db_default="", default="", max_length=255),
        ),
        migrations.AddField(
            model_name="variant",
            name="product_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=255),
        ),
        migrations.AddField(
            model_name="variant",
            name="is_published",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="order",
            name="total_charged_amount",
            field=models.DecimalField(db_default=0, decimal_places=3, default=0, max_digits=20),
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField()),
                ("unit_price", models.DecimalField(decimal_places=3, max_digits=12)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="sandbox.order"
                    ),
                ),
                ("variant", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="sandbox.variant")),
            ],
        ),
        migrations.CreateModel(
            name="CheckoutLine",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField()),
                (
                    "checkout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="sandbox.checkout"
                    ),
                ),
                ("variant", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="sandbox.variant")),
            ],
        ),
    ]
