from django.db import migrations, models


class Migration(migrations.Migration):
    """What is paused, by whom and since when; and which pause holds a piece of work."""

    dependencies = [
        ("saleor_custom_events", "0025_counting_triggers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("paused_at", models.DateTimeField()),
                ("paused_by", models.CharField(max_length=200)),
                ("resumed_at", models.DateTimeField(null=True)),
                ("resumed_by", models.CharField(blank=True, default="", max_length=200)),
                ("drained_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(drained_at__isnull=True), fields=("name",), name="sce_pause_once"
                    )
                ],
            },
        ),
        migrations.AddField(model_name="invocation", name="pause", field=models.CharField(max_length=80, null=True)),
        migrations.AddField(model_name="invocation", name="place_at", field=models.DateTimeField(null=True)),
    ]
