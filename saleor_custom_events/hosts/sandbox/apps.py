"""The sandbox as a Django app: installs its host, and nowhere but in the sandbox."""

from __future__ import annotations

from types import ModuleType

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class SandboxConfig(AppConfig):
    """Users, apps and channels of the sandbox store."""

    name = "saleor_custom_events.hosts.sandbox"
    label = "sandbox"
    verbose_name = "Sandbox store"

    def __init__(self, app_name: str, app_module: ModuleType | None) -> None:
        # Before any model is imported: its user model beside a real store's would be found by `migrate`.
        if not getattr(settings, "SANDBOX", False):
            raise ImproperlyConfigured(
                "saleor_custom_events.hosts.sandbox runs under its own settings only; "
                "a real store needs nothing but the plugin's entry point"
            )
        super().__init__(app_name, app_module)

    def ready(self) -> None:
        """Make the sandbox the store of this process, and its Celery application the one that is published to."""
        from saleor_custom_events.host import install_host
        from saleor_custom_events.hosts.sandbox import celery  # noqa: F401, as `saleor/__init__.py` does
        from saleor_custom_events.hosts.sandbox.host import SandboxHost

        install_host(SandboxHost())
