"""What the store answers: its own GraphQL, the plugin's URLs, and one page of a storefront."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound

from saleor_custom_events.host import current_host
from saleor_custom_events.hosts.sandbox.host import PLUGIN_ID
from saleor_custom_events.hosts.sandbox.models import Channel

STOREFRONT = Path(__file__).parent / "storefront.html"


def answer_storefront(request: HttpRequest) -> FileResponse:
    """Show the page of the size quiz, which fires from the browser."""
    return FileResponse(STOREFRONT.open("rb"), content_type="text/html; charset=utf-8")


def answer_storefront_config(request: HttpRequest) -> FileResponse | HttpResponseNotFound:
    """Give the page its public key and event, as the file of STOREFRONT_CONFIG has them; 404 without one."""
    file = Path(settings.STOREFRONT_CONFIG)
    return FileResponse(file.open("rb")) if file.is_file() else HttpResponseNotFound()


def answer_graphql(request: HttpRequest) -> HttpResponse:
    """Answer the store's own `/graphql/`, our fields among its."""
    from saleor_custom_events.hosts.sandbox.graphql import answer

    return answer(request)


def answer_plugin_of_channel(request: HttpRequest, channel_slug: str, plugin_id: str, below: str) -> HttpResponse:
    """Answer below `/plugins/channel/<slug>/custom-events/`; 404 for a channel that does not exist."""
    if not _as_far_as_known(lambda: Channel.objects.filter(slug=channel_slug).exists()):
        return HttpResponseNotFound()
    return answer_plugin(request, plugin_id, below, channel_slug)


def answer_plugin(request: HttpRequest, plugin_id: str, below: str, channel: str | None = None) -> HttpResponse:
    """Answer below the plugin's other URLs; 404 for another plugin, and while it is switched off."""
    from saleor_custom_events.doors.http.routes import answer

    if plugin_id != PLUGIN_ID or not _as_far_as_known(current_host().is_active):
        return HttpResponseNotFound()
    return answer(request, below, channel)


def _as_far_as_known(ask: Callable[[], bool]) -> bool:
    """Ask the database; True where it does not answer: the door says that better, and `health` needs none."""
    try:
        return ask()
    except (OperationalError, InterfaceError):
        return True
