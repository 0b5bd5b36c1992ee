"""Makes voucher codes inactive whose time is over, as the periodic task does. Prints JSON."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor.settings")
django.setup()

from saleor_custom_events.host import current_host  # noqa: E402
from saleor_custom_events.running.vouchers import deactivate_over  # noqa: E402

with current_host().database_access():
    print(json.dumps({"deactivated": deactivate_over(5.0)}))
