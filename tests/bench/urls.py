"""The sandbox's URLs and the baseline: a plain Django view with one INSERT."""

from __future__ import annotations

import json

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from saleor_custom_events.hosts.sandbox.urls import urlpatterns as sandbox


def one_insert(request: HttpRequest) -> HttpResponse:
    """Read the JSON body and insert it as one row."""
    body = json.loads(request.body)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (body) VALUES (%s)", (json.dumps(body),))
    return HttpResponse(status=202)


urlpatterns = [path("bench/insert", one_insert), *sandbox]
