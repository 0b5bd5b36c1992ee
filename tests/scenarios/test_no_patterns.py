"""No operator knows patterns: an author's text cannot hang a worker, whatever it looks like."""

from __future__ import annotations

import pytest

from saleor_custom_events.scenarios.values import FieldType
from tests.scenarios.test_conditions import compare

#: A pattern that takes for ever to find that it does not match this.
PATTERN, TEXT = "(a+)+$", "a" * 5000 + "!"
OPERATORS = ["equals", "contains", "startsWith", "endsWith"]


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_text_is_compared_as_the_letters_that_it_is(operator: str) -> None:
    assert compare(FieldType.STRING, TEXT, operator, PATTERN)[0] is False
    assert compare(FieldType.STRING, PATTERN, operator, PATTERN)[0] is True
    assert compare(FieldType.STRING, "anything", operator, ".*")[0] is False
