"""A little of `make fuzz` at every run: the targets themselves are in order, and find what is wrong."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saleor_custom_events.firing import fields
from tests.fuzz.targets import TARGETS, bounded


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_fails_at_once(name: str) -> None:
    made_up, holds = TARGETS[name]
    few = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    few(given(made_up)(holds))()


def test_what_takes_long_is_found() -> None:
    with patch("tests.fuzz.targets.MOST", 0.0), pytest.raises(AssertionError, match="for 'slow'"), bounded("slow"):
        sum(range(10**5))


def test_a_field_that_gets_lost_is_found() -> None:
    def lossy(sent: Any, declared: Any) -> Any:
        return fields.TypedFields((), (), ())

    _, holds = TARGETS["data-fields"]
    with patch("tests.fuzz.targets.type_fields", lossy), pytest.raises(AssertionError):
        given(st.just(({"a": 1}, ())))(holds)()


def test_an_inside_address_is_found() -> None:
    _, holds = TARGETS["urls"]
    unfiltered = patch("requests_hardened.ip_filter_adapter.filter_host", lambda host, *_, **__: host)
    with unfiltered, pytest.raises(AssertionError, match=r"led to 10\.0\.0\.1"):
        holds(("http://10.0.0.1/", []))
