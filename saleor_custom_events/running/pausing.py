"""A scenario that keeps failing pauses itself, before it has failed for everybody."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import connection

from saleor_custom_events.models import ScenarioStatus
from saleor_custom_events.scenarios.outcomes import Status
from saleor_custom_events.troubles import about

logger = logging.getLogger(__name__)

#: More than half of at least so many runs that ended within so many minutes.
RUNS = 20
MINUTES = 10

#: Counted and paused in one statement, asked whenever a run failed: of two workers one finds the scenario active. Runs
#: that ended before it was published or resumed say nothing about it.
PAUSE = """
UPDATE saleor_custom_events_scenario s
SET status = %(paused)s, updated_at = statement_timestamp(), paused_because =
  seen.failed || ' of its last ' || seen.runs || ' runs failed within %(minutes)s minutes.'
FROM saleor_custom_events_scenario w CROSS JOIN LATERAL (
  SELECT count(*) AS runs, count(*) FILTER (WHERE i.status = %(failed)s) AS failed
  FROM saleor_custom_events_invocation i
  WHERE i.scenario_id = w.id AND i.status IN ('completed', 'failed')
    AND i.ended_at > greatest(statement_timestamp() - %(minutes)s * interval '1 minute', w.watched_since)) seen
WHERE w.id = %(id)s AND w.status = %(active)s AND s.id = w.id AND s.status = %(active)s
  AND seen.runs >= %(runs)s AND 2 * seen.failed > seen.runs
RETURNING s.name, s.paused_because"""


def pause_those_that_fail(scenarios: Iterable[int]) -> None:
    """Look at scenarios of which a run has just failed, and pause those of which most do."""
    for scenario in sorted(set(scenarios)):
        with connection.cursor() as cursor:
            cursor.execute(
                PAUSE,
                {
                    "id": scenario,
                    "paused": ScenarioStatus.PAUSED.value,
                    "active": ScenarioStatus.ACTIVE.value,
                    "failed": Status.FAILED.value,
                    "runs": RUNS,
                    "minutes": MINUTES,
                },
            )
            row = cursor.fetchone()
        if row is not None:
            logger.warning("Scenario %s “%s” paused itself: %s", scenario, *row, extra=about(scenario=scenario))
