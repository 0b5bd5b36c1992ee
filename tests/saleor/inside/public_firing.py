"""Fire as a storefront does, for a customer of the store and for nobody's address; print what the database was asked.

Run by Saleor's interpreter: `public_firing.py KEY EVENT EMAIL …`; prints JSON, a list of statements for each e-mail.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor.settings")
django.setup()

from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def asked(key: str, event: int, email: str) -> list[str]:
    """Fire once, and give the statements until the answer, on whichever of Saleor's connections."""
    captured = [CaptureQueriesContext(connections[alias]) for alias in connections]
    for capture in captured:
        capture.__enter__()
    answer = Client().post(
        "/plugins/global/custom-events/fire",
        {"customEventId": event, "customerEmail": email},
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    for capture in captured:
        capture.__exit__(None, None, None)
    assert answer.status_code == 202, answer.content
    return [query["sql"] for capture in captured for query in capture.captured_queries]


key, event, *emails = sys.argv[1:]
asked(key, int(event), "warm@example.com")
print(json.dumps([asked(key, int(event), email) for email in emails]))
