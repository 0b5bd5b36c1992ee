import django.db.models.deletion
from django.db import migrations, models

VERSION = {
    "db_constraint": False,
    "db_index": False,
    "on_delete": django.db.models.deletion.DO_NOTHING,
    "related_name": "+",
    "to": "saleor_custom_events.scenarioversion",
}


def counted() -> list[tuple[str, models.Field]]:
    return [
        ("id", models.BigAutoField(primary_key=True, serialize=False)),
        ("version", models.ForeignKey(**VERSION)),
        ("hour", models.DateTimeField()),
        ("part", models.CharField(max_length=64)),
        ("outcome", models.CharField(max_length=10)),
        ("about", models.CharField(blank=True, max_length=40)),
        ("logged", models.BooleanField()),
    ]


class Migration(migrations.Migration):
    """Counts of how far runs came, and what of them is told apart. What was made before is in none."""

    dependencies = [
        ("saleor_custom_events", "0022_erasure"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[*counted(), ("count", models.BigIntegerField())],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "hour", "part", "outcome", "about", "logged"), name="sce_tally_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TallyChange",
            fields=[*counted(), ("by", models.BigIntegerField())],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["version", "hour"], name="sce_tally_change")],
            },
        ),
        migrations.AddField(
            "invocation", "counted", models.BooleanField(db_default=False, default=True, editable=False)
        ),
        migrations.AddField("steprun", "version", models.ForeignKey(editable=False, null=True, **VERSION)),
        migrations.AddField("steprun", "made_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("steprun", "outcome", models.CharField(editable=False, max_length=10, null=True)),
        migrations.AddField(
            "steprun", "about", models.CharField(db_default="", default="", editable=False, max_length=40)
        ),
    ]
