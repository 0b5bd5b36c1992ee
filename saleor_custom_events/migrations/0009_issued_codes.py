from django.db import migrations, models


class Migration(migrations.Migration):
    """Voucher codes that scenarios issued. The table is new, so its indexes hold nobody up."""

    dependencies = [
        ("saleor_custom_events", "0008_suppression"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("voucher_id", models.CharField(max_length=64)),
                ("code_id", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=255)),
                ("scenario_id", models.BigIntegerField()),
                ("invocation_id", models.BigIntegerField()),
                ("email_digest", models.CharField(blank=True, default="", max_length=64)),
                ("customer_id", models.CharField(blank=True, default="", max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                ("deactivated_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["email_digest", "issued_at"], name="sce_issuedcode_whom"),
                    models.Index(
                        condition=models.Q(("deactivated_at__isnull", True), ("expires_at__isnull", False)),
                        fields=["expires_at"],
                        name="sce_issuedcode_expires",
                    ),
                ],
            },
        ),
    ]
