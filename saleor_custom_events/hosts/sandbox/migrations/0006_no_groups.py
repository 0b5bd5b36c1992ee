from django.db import migrations


class Migration(migrations.Migration):
    """A customer's groups stand in their private metadata, as in Saleor."""

    dependencies = [
        ("sandbox", "0005_phone"),
    ]

    operations = [
        migrations.RemoveField(model_name="user", name="groups"),
    ]
