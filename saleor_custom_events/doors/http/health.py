"""`GET health`."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from saleor_custom_events.conf import settings
from saleor_custom_events.doors.caller import caller_of
from saleor_custom_events.doors.http.problems import answer_json
from saleor_custom_events.errors import Refused
from saleor_custom_events.running.status import checks_of_running


def answer_health(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives; with `?ready=1` 503 without the database; details to staff only."""
    if request.GET.get("ready") == "1" and not _database_answers():
        return answer_json({"status": "unavailable"}, 503)
    try:
        operator = settings.PERMISSION_OPERATE in caller_of(request).permissions
    except (Refused, DatabaseError):
        operator = False
    if not operator:
        return answer_json({"status": "ok"})
    checks = [
        {"name": check.name, "ok": check.ok, "state": check.state, "mend": check.mend} for check in checks_of_running()
    ]
    return answer_json({"status": "ok", "checks": checks})


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
