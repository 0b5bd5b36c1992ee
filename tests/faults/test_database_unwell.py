"""A database that answers and cannot do what it is asked: no room, no connection left, or not the writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress

import psycopg
import pytest
from psycopg import sql

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.faults.database import beside
from tests.faults.shop import PATIENCE, Shop
from tests.faults.test_database_away import refused_as_busy

#: What PostgreSQL answers where its disk is full (53100), to whoever would write a row of ours.
FILL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON saleor_custom_events_occurrence
FOR EACH STATEMENT EXECUTE FUNCTION no_room();
CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON saleor_custom_events_invocation
FOR EACH STATEMENT EXECUTE FUNCTION no_room();
"""
EMPTY = """
DROP TRIGGER no_room ON saleor_custom_events_occurrence;
DROP TRIGGER no_room ON saleor_custom_events_invocation;
DROP FUNCTION no_room;
"""


@contextmanager
def no_room(shop: Shop) -> Iterator[None]:
    """Let nobody write rows of ours. Said by a trigger: a disk that is really full needs one of its own."""
    shop.live.sql(FILL)
    try:
        yield
    finally:
        shop.live.sql(EMPTY)


@contextmanager
def no_writer(shop: Shop) -> Iterator[None]:
    """Lead every connection to a server that only reads, as after a fail-over to one that is not promoted yet."""
    with beside(shop.live) as other:
        name = sql.Identifier(other.name)
        other.connection.execute(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(name))
        assert until(lambda: other.end_all() >= 0, PATIENCE)
        try:
            yield
        finally:
            other.connection.execute(sql.SQL("ALTER DATABASE {} RESET default_transaction_read_only").format(name))
            other.end_all()


@contextmanager
def no_connection_left(shop: Shop) -> Iterator[None]:
    """Take every connection that the server gives, also those that it keeps for superusers."""
    with ExitStack() as taken, beside(shop.live) as other:

        def is_full() -> bool:
            with suppress(psycopg.OperationalError):
                while True:
                    taken.enter_context(psycopg.connect(shop.live.database_url, dbname="postgres"))
            # Whoever of the store's own holds one gives it up, and does not get it back.
            return other.end_all() == 0

        assert until(is_full, PATIENCE)
        yield


@pytest.mark.parametrize("unwell", [no_room, no_writer, no_connection_left])
def test_a_firing_is_told_to_come_back_and_what_was_accepted_before_runs_afterwards(
    shop: Shop, unwell: Callable[[Shop], AbstractContextManager[None]]
) -> None:
    event = shop.listened_event({"id": "nap", "type": "wait", "duration": "PT1S", "next": None})
    before = dict(shop.live.processes.children)
    assert shop.fire(event).status_code == 202
    with unwell(shop):
        assert refused_as_busy(shop.fire(event, idempotencyKey="again"))
        assert refused_as_busy(shop.fire(event, idempotencyKey="again"))
    answer = shop.fire(event, idempotencyKey="again")
    assert answer.status_code == 202, answer.text
    assert not answer.json()["duplicate"], "what was answered with 503 was not kept"
    shop.wait_for_the_end(event)
    assert shop.outcomes(event) == {"completed": 2}
    assert shop.live.processes.children == before, "nothing was started anew"
    assert all(child.alive for child in before.values())
