"""The store as an ASGI application, with Saleor's CORS layer in front."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from saleor_custom_events.hosts.sandbox.cors import with_cors

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor_custom_events.hosts.sandbox.settings")

application = with_cors(get_asgi_application())
