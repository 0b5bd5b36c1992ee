"""What the tests of happenings need of Saleor's database. Prints JSON.

`pass MINUTES`: let happenings be as they will be then. `away`, `back`: take our table away, and put it back.
`confirm EMAIL`: give the token that Saleor mails to whoever confirms an account. `waiting`: how many are noted.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor.settings")
django.setup()

from django.db import connection  # noqa: E402
from saleor.account.models import User  # noqa: E402
from saleor.core.tokens import account_confirm_token_generator  # noqa: E402

TABLE = "saleor_custom_events_storehappening"
what, *given = sys.argv[1:]
done: object = True
with connection.cursor() as cursor:
    if what == "pass":
        cursor.execute(f"UPDATE {TABLE} SET due_at = due_at - %s * interval '1 minute'", given)
        done = cursor.rowcount
    elif what == "away":
        cursor.execute(f"ALTER TABLE {TABLE} RENAME TO elsewhere")
    elif what == "back":
        cursor.execute(f"ALTER TABLE elsewhere RENAME TO {TABLE}")
    elif what == "waiting":
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        (done,) = cursor.fetchone()
    else:
        done = account_confirm_token_generator.make_token(User.objects.get(email=given[0]))
print(json.dumps(done))
