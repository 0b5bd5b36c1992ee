"""`GET scenario.schema.json`: the JSON Schema of a scenario as a file, with the actions that this store has."""

from __future__ import annotations

from django.http import HttpResponse

from saleor_custom_events.actions.registry import actions
from saleor_custom_events.defining.files import file_schema
from saleor_custom_events.doors.http.problems import answer_json


def answer_schema() -> HttpResponse:
    """Answer to anybody: it says what scenarios can be, and nothing of those that are there."""
    response = answer_json(file_schema(actions()))
    response["Content-Type"] = "application/schema+json"
    response["Cache-Control"] = "public, max-age=300"
    # Editors and other tools read it from other origins.
    response["Access-Control-Allow-Origin"] = "*"
    return response
