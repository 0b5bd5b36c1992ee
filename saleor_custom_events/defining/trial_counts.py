"""How many tests somebody had sent within an hour: what leaves the shop by a form is no way to send in bulk."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from saleor_custom_events.errors import Refused
from saleor_custom_events.models import MailTrial, WebhookTrial
from saleor_custom_events.store.callers import Caller

#: Of each kind, of one caller, within an hour.
MOST_AN_HOUR = 20

COUNT = """
INSERT INTO {table} AS m ("user", since, used) VALUES (%s, statement_timestamp(), 1)
ON CONFLICT ("user") DO UPDATE SET
  used = CASE WHEN m.since <= EXCLUDED.since - interval '1 hour' THEN 1 ELSE m.used + 1 END,
  since = CASE WHEN m.since <= EXCLUDED.since - interval '1 hour' THEN EXCLUDED.since ELSE m.since END
RETURNING used, since + interval '1 hour' - statement_timestamp()"""


def count_trial(caller: Caller, kind: type[MailTrial] | type[WebhookTrial], called: str) -> None:
    """Count one more, in one statement of its own: of two at once each counts. Refused 429 above MOST_AN_HOUR.

    `called`: what they are, for the message: "test mails".
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(table=kind._meta.db_table), (caller.id,))
        used, left = cursor.fetchone()
    if used > MOST_AN_HOUR:
        message = f"You have had {MOST_AN_HOUR} {called} sent within an hour: try again later."
        raise Refused(429, "RATE_LIMITED", message, retry_after=max(left, timedelta(seconds=1)))
