"""Every caller and every operation: each HTTP path, and every query and mutation of the schema.

A new operation without its entry fails here, with a line that says where the entry goes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django
import pytest
import requests
from graphql import parse
from graphql.language.ast import ObjectTypeDefinition

from tests.graphql.operations import MUTATIONS, QUERIES
from tests.host_contract.callers import CALLERS, KNOWN_TO_THE_STORE, OPERATE, Caller, Callers
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import PATIENCE, Store

SCHEMA = Path(__file__).parents[2] / "saleor_custom_events/doors/graphql/schema.graphql"
#: What says that somebody may not, as told from anything else that may be wrong with a call.
FORBIDDEN = frozenset(
    {"PERMISSION_DENIED", "CREDENTIALS_REQUIRED", "INVALID_TOKEN", "INVALID_KEY", "ORIGIN_NOT_ALLOWED",
     "EVENT_NOT_PUBLIC", "CHANNEL_NOT_ALLOWED", "IDENTITY_MISMATCH", "BATCH_NOT_ALLOWED"}
)  # fmt: skip
EMAIL = "ewa@example.com"
#: Mutations in one request; more than 20 are too many.
AT_ONCE = 15

#: The answers to firing: an event that is public, the same with somebody's e-mail, one that is not public; a batch;
#: ECDP's method.
FIRING = """
nobody                          | 401 | 401 | 401 | 401 | 401
garbage                         | 401 | 401 | 401 | 401 | 401
expired token                   | 401 | 401 | 401 | 401 | 401
inactive app                    | 401 | 401 | 401 | 401 | 401
revoked key                     | 401 | 401 | 401 | 401 | 401
storefront key                  | 202 | 202 | 403 | 403 | 401
storefront key, foreign origin  | 403 | 403 | 403 | 403 | 401
storefront key, foreign channel | 403 | 403 | 403 | 403 | 401
storefront key and customer     | 202 | 403 | 403 | 403 | 401
storefront key and app          | 401 | 401 | 401 | 401 | 401
customer                        | 202 | 403 | 403 | 403 | 401
server key                      | 202 | 202 | 202 | 202 | 201
staff                           | 403 | 403 | 403 | 403 | 401
staff, narrowed to nothing      | 403 | 403 | 403 | 403 | 401
staff without MANAGE_DISCOUNTS  | 403 | 403 | 403 | 403 | 401
staff without MANAGE_USERS      | 403 | 403 | 403 | 403 | 401
staff without MANAGE_PLUGINS    | 202 | 202 | 202 | 202 | 401
staff with all                  | 202 | 202 | 202 | 202 | 401
app                             | 403 | 403 | 403 | 403 | 401
app of another trade            | 403 | 403 | 403 | 403 | 401
app with all                    | 202 | 202 | 202 | 202 | 401
"""
#: Paths that answer to everybody alike, whoever calls. What of them is told to some alone has a test of its own.
TO_EVERYBODY: Mapping[str, int] = {
    "GET openapi.json": 200,
    "GET client.js": 200,
    "HEAD client.js": 200,
    "GET scenario.schema.json": 200,
    "GET health": 200,
    # The signature is the credential.
    "POST store-webhook": 401,
    "GET dashboard/events": 200,
    "HEAD dashboard/events": 200,
    # The link is the credential, and this one is nobody's.
    "GET unsubscribe/nobody": 404,
    "HEAD unsubscribe/nobody": 404,
    "POST unsubscribe/nobody": 404,
}
#: Paths whose answers depend on who calls; each has a test here.
TO_SOME = frozenset({"POST fire", "POST fire/batch", "POST scenariocustomevents", "POST graphql", "GET events.d.ts"})


@pytest.fixture(scope="module")
def callers(store: Store, make: Maker) -> Callers:
    return Callers(store, make)


def send(store: Store, method: str, path: str, caller: Caller, body: Any = None) -> requests.Response:
    headers = dict(caller.headers)
    return requests.request(method, store.plugin_url + path, json=body, headers=headers, timeout=PATIENCE)


def ask(store: Store, caller: Caller, query: str) -> dict[str, Any]:
    return dict(send(store, "POST", "graphql/", caller, {"query": query}).json())


# That nothing is missing


def routes() -> set[str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor_custom_events.hosts.sandbox.settings")
    django.setup()
    from saleor_custom_events.doors.http.routes import ROUTES, TREES

    return {f"{method} {path}" for tree in (ROUTES, TREES) for path, methods in tree.items() for method in methods}


def test_every_path_has_its_entry() -> None:
    known = {" ".join((entry.split()[0], entry.split()[1].partition("/")[0])) for entry in TO_EVERYBODY} | TO_SOME

    missing = routes() - known

    assert not missing, f"Say who may call {sorted(missing)}: in TO_EVERYBODY, or in TO_SOME with a test"


@pytest.mark.parametrize(("root", "table"), [("Query", QUERIES), ("Mutation", MUTATIONS)])
def test_every_field_of_the_schema_has_its_entry(root: str, table: Mapping[str, Any]) -> None:
    (kind,) = (
        definition
        for definition in parse(SCHEMA.read_text()).definitions
        if isinstance(definition, ObjectTypeDefinition) and definition.name.value == root
    )

    missing = {field.name.value for field in kind.fields} - set(table)

    assert not missing, f"Say in tests/graphql/operations.py whose permissions {sorted(missing)} need"


def test_every_caller_has_its_line_of_firing() -> None:
    assert set(firing_table()) == set(CALLERS)


# Firing


def firing_table() -> dict[str, list[int]]:
    lines = (line.split("|") for line in FIRING.strip().splitlines())
    return {name.strip(): [int(status) for status in statuses] for name, *statuses in lines}


@pytest.mark.parametrize("name", CALLERS)
def test_who_may_fire(
    store: Store, make: Maker, callers: Callers, event: Event, public_event: Event, name: str
) -> None:
    caller = callers(name)
    there = {"channel": store.cast["channel"], "anonymousId": "visitor"}
    batch = [{"customEventId": event.number, "customerEmail": EMAIL}]
    ecdp = {"customEventId": event.number, "customerEmail": EMAIL, "dataFields": []}
    bodies = [
        ("fire", {"customEventId": public_event.number, **there}),
        ("fire", {"customEventId": public_event.number, "customerEmail": EMAIL, **there}),
        ("fire", {"customEventId": event.number, **there}),
        ("fire/batch", {"events": batch}),
        ("scenariocustomevents", ecdp),
    ]

    answers = [send(store, "POST", path, caller, body) for path, body in bodies]

    statuses = [answer.status_code for answer in answers]
    assert statuses == firing_table()[name], [answer.text for answer in answers]
    accepted = sum(status in (201, 202) for status in statuses)
    assert len(make.log(event)) + len(make.log(public_event)) == accepted, "what was refused left nothing"
    is_public = name in ("storefront key", "storefront key and customer", "customer")
    for answer in answers[:3]:
        if answer.status_code == 202:
            assert (answer.json().keys() == {"occurrenceId"}) == is_public


# What answers to everybody, and what some are told


@pytest.mark.parametrize("operation", TO_EVERYBODY)
def test_it_answers_to_everybody_alike(store: Store, callers: Callers, operation: str) -> None:
    method, path = operation.split()
    if f"{method} {path.partition('/')[0]}" not in routes():
        pytest.fail(f"{operation} is gone: take it out of TO_EVERYBODY")

    answers = {name: send(store, method, path, callers(name)).status_code for name in CALLERS}

    assert set(answers.values()) == {TO_EVERYBODY[operation]}, answers


def test_details_of_health_are_for_operators(store: Store, callers: Callers) -> None:
    told = {name for name in CALLERS if "checks" in send(store, "GET", "health", callers(name)).json()}

    assert told == {name for name in CALLERS if OPERATE in (callers(name).permissions or ())}


def test_types_of_events_are_for_who_writes_the_code(store: Store, callers: Callers) -> None:
    answers = {name: send(store, "GET", "events.d.ts", callers(name)).status_code for name in CALLERS}

    allowed = {"server key"} | {
        name
        for name in CALLERS
        if "MANAGE_DISCOUNTS" in (callers(name).permissions or ()) and not callers(name).refused
    }
    assert {name for name, status in answers.items() if status == 200} == allowed
    assert {status for name, status in answers.items() if name not in allowed} == {401, 403}


# GraphQL


@pytest.fixture(scope="module")
def words(store: Store, make: Maker) -> Mapping[str, str]:
    """Give what an operation's question names: things that nobody else needs."""
    event = make.event()
    scenario = make.scenario(event, [{"id": "end", "type": "exit"}])
    fired = store.fire({"customEventId": event.number, "customerEmail": EMAIL}, credential=make.key("SERVER"))
    return {
        "EVENT": event.id,
        "NUMBER": str(event.number),
        "SCENARIO": scenario,
        "INVOCATION": make.invocation_id(fired.json()["invocations"][0]["id"]),
        "KEY": make.new_key_id(),
        # Nobody listens there: who may call is asked before anybody is called.
        "RECEIVER": "http://127.0.0.1:9/",
    }


def written(template: str, words: Mapping[str, str]) -> str:
    for word, value in words.items():
        template = template.replace(word, value)
    return template


def expected(name: str, caller: Caller, needed: frozenset[str], field: str) -> str:
    """Give the code of the refusal, or an empty text."""
    if caller.refused:
        return caller.refused
    if field == "customEventFire":
        if name == "server key":
            return ""
        if caller.permissions is None or name == "customer":
            return "CREDENTIALS_REQUIRED" if name == "nobody" else "EVENT_NOT_PUBLIC"
    allowed = needed <= (caller.permissions or frozenset()) and (needed or name in KNOWN_TO_THE_STORE)
    return "" if allowed else "PERMISSION_DENIED"


@pytest.mark.parametrize("field", QUERIES)
def test_who_may_ask(store: Store, callers: Callers, words: Mapping[str, str], field: str) -> None:
    needed, rest = QUERIES[field]
    query = f"{{ {field}{written(rest, words)} }}"
    for name in CALLERS:
        caller = callers(name)

        body = ask(store, caller, query)

        codes = {error.get("extensions", {}).get("code", error["message"]) for error in body.get("errors", [])}
        refusal = expected(name, caller, needed, field)
        assert codes == ({refusal} if refusal else set()), name
        if refusal:
            assert not (body.get("data") or {}).get(field), name


@pytest.mark.parametrize("name", CALLERS)
def test_who_may_do(store: Store, callers: Callers, words: Mapping[str, str], name: str) -> None:
    caller, fields = callers(name), sorted(MUTATIONS)
    codes: dict[str, set[str]] = {}
    for some in (fields[at : at + AT_ONCE] for at in range(0, len(fields), AT_ONCE)):
        each = (f"{field}{written(MUTATIONS[field][1], words)} {{ errors {{ field code }} }}" for field in some)

        body = ask(store, caller, f"mutation {{ {' '.join(each)} }}")

        assert "errors" not in body, body
        codes |= {field: {error["code"] for error in body["data"][field]["errors"]} for field in some}
    refusals = {field: expected(name, caller, MUTATIONS[field][0], field) for field in fields}
    # Whoever may do it may find that others have done it before: that is no matter of permissions.
    assert {field: codes[field] & FORBIDDEN for field in fields} == {
        field: {refusal} if refusal else set() for field, refusal in refusals.items()
    }
    assert all(codes[field] == {refusal} for field, refusal in refusals.items() if refusal)
