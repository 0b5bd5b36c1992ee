"""What is left of the plugin in a Saleor whose operator switched it off. Prints JSON."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from saleor.graphql.api import schema  # noqa: E402

client = Client(headers={"host": "127.0.0.1"})
print(
    json.dumps(
        {
            "installed": "saleor_custom_events" in settings.INSTALLED_APPS,
            "fields": [name for name in schema.get_query_type().fields if name.startswith("customEvent")],
            "periodic": [name for name in settings.CELERY_BEAT_SCHEDULE if "custom_event" in name],
            "answers": [
                client.get(f"/plugins/{where}custom-events/health").status_code
                for where in ("global/", "", "channel/default-channel/")
            ],
            "shop": client.post("/graphql/", {"query": "{ shop { name } }"}, content_type="application/json").json(),
        }
    )
)
