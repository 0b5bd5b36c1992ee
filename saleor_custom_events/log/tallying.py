"""Folding what was counted. The counts themselves are triggers' (`models/tally.py`): they append, and never wait.

One statement takes changes away and adds them up: whoever reads meanwhile sees it all before or all after, and a
process that dies in the middle has done nothing. Two that fold at once take different changes (SKIP LOCKED) and wait
for each other's rows in one order. Nobody else writes to the counts.
"""

from __future__ import annotations

from django.db import connection

FOLD = """
WITH gone AS (
  DELETE FROM saleor_custom_events_tallychange WHERE id IN (
    SELECT id FROM saleor_custom_events_tallychange ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
  RETURNING version_id, hour, part, outcome, about, logged, by),
folded AS (
  INSERT INTO saleor_custom_events_tally AS t (version_id, hour, part, outcome, about, logged, count)
  SELECT version_id, hour, part, outcome, about, logged, sum(by) FROM gone
  GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(by) <> 0 ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (version_id, hour, part, outcome, about, logged) DO UPDATE SET count = t.count + EXCLUDED.count)
SELECT count(*) FROM gone"""


def tidy(most: int) -> int:
    """Fold up to `most` changes into the counts; gives how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD, (most,))
        (folded,) = cursor.fetchone()
    return int(folded)
