import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Payments, gift cards, and metadata of orders and products."""

    dependencies = [
        ('sandbox', '0007_lines'),
    ]

    operations = [
        migrations.CreateModel(
            name='GiftCard',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=16, unique=True)),
                ('balance', models.DecimalField(decimal_places=3, max_digits=12)),
                ('currency', models.CharField(max_length=3)),
            ],
        ),
        migrations.AddField(
            model_name='order',
            name='metadata',
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name='variant',
            name='metadata',
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.CreateModel(
            name='Transaction',
            fields=[
                ('token', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('checkout', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='sandbox.checkout')),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='sandbox.order')),
            ],
        ),
    ]
