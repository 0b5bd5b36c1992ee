"""Saleor's URLs, as far as custom events are concerned (`saleor/urls.py`, 3.23)."""

from __future__ import annotations

from django.urls import path, re_path

from saleor_custom_events.hosts.sandbox import views
from saleor_custom_events.hosts.sandbox.dashboard.views import answer_dashboard

_PLUGIN = r"(?P<plugin_id>[.0-9A-Za-z_\-]+)/(?P<below>.*)$"

urlpatterns = [
    path("", views.answer_storefront),
    path("storefront.json", views.answer_storefront_config),
    path("graphql/", views.answer_graphql),
    re_path(r"^dashboard/(?P<below>.*)$", answer_dashboard),
    re_path(rf"^plugins/channel/(?P<channel_slug>[.0-9A-Za-z_\-]+)/{_PLUGIN}", views.answer_plugin_of_channel),
    re_path(rf"^plugins/global/{_PLUGIN}", views.answer_plugin),
    re_path(rf"^plugins/{_PLUGIN}", views.answer_plugin),
]
