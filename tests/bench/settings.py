"""The sandbox's settings with one more URL: what the figures are compared with."""

from saleor_custom_events.hosts.sandbox.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
