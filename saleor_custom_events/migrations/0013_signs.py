import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Exit rules for orders and withdrawn consent: signs of customers stand among the happenings of events."""

    dependencies = [
        ("saleor_custom_events", "0012_store_happenings"),
    ]

    operations = [
        migrations.AddField(
            model_name="happening",
            name="about",
            field=models.JSONField(null=True),
        ),
        # Drops the constraint alone; the column and its indexes stay as they are.
        migrations.AlterField(
            model_name="awaiting",
            name="event",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="saleor_custom_events.customevent",
            ),
        ),
    ]
