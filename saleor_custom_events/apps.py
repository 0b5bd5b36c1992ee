"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CustomEventsConfig(AppConfig):
    """Found by Django in INSTALLED_APPS, where Saleor puts the plugin's entry point by its name."""

    name = "saleor_custom_events"
    label = "saleor_custom_events"
    verbose_name = "Custom events"
    default_auto_field = "django.db.models.BigAutoField"
