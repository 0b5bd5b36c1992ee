"""In which tables of ours a text stands, anywhere in a row. Prints a JSON list of `[table, text]`.

`traces.py TEXT…`. Run with Saleor's interpreter, on the store's database.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor.settings")
django.setup()

from django.db import connection  # noqa: E402

found = []
with connection.cursor() as cursor:
    tables = [name for name in connection.introspection.table_names() if name.startswith("saleor_custom_events_")]
    for table in tables:
        for text in sys.argv[1:]:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append([table, text])
print(json.dumps(found))
