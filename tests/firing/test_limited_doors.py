"""Limits at the doors: what is answered to one firing too many, and to addresses that send nonsense."""

from __future__ import annotations

import json
from secrets import token_hex
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from saleor_custom_events.firing import refusals
from saleor_custom_events.hosts.sandbox.models import User
from saleor_custom_events.hosts.sandbox.receivers import until
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.models import Occurrence, Refusal
from saleor_custom_events.models.key import KeyType
from tests.graphql.conftest import customer
from tests.shop import a_key, an_event

pytestmark = pytest.mark.django_db

URL = "/plugins/global/custom-events/"
FIRE = "mutation ($input: CustomEventFireInput!) { customEventFire(input: $input) { errors { field code message } } }"
HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


class Caller:
    """Somebody who calls from an address of their own."""

    def __init__(self, credential: str = "", *, address: str = "") -> None:
        self._client = Client(REMOTE_ADDR="127.0.0.1")
        self.address = address or f"2a00:{token_hex(2)}:{token_hex(2)}:{token_hex(2)}::1"
        self.credential = credential

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        sent = {"X-Forwarded-For": self.address, **headers}
        if self.credential:
            sent["Authorization"] = f"Bearer {self.credential}"
        raw = body if isinstance(body, str) else json.dumps(body)
        answer: HttpResponse = self._client.post(URL + path, raw, content_type="application/json", headers=sent)
        return answer

    def fire(self, event: int, **who: str) -> HttpResponse:
        return self.post("fire", {"customEventId": event, **(who or {"anonymousId": token_hex(8)})})

    def mutate(self, event: int, **who: str) -> dict[str, Any]:
        sent = {"customEventId": event, **(who or {"anonymousId": token_hex(8)})}
        answer = self.post("graphql/", {"query": FIRE, "variables": {"input": sent}})
        return dict(json.loads(answer.content)["data"]["customEventFire"])


@pytest.fixture(autouse=True)
def no_limits(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES = ("127.0.0.1",)
    # What is refused is written at once: a thread does not see into a test's transaction.
    monkeypatch.setattr(refusals, "PAUSE", 0)


def limited(settings: Settings, name: str, burst: int) -> None:
    """Let `burst` pass, and one more in three hours."""
    setattr(settings, f"SALEOR_CUSTOM_EVENTS_LIMIT_{name}_RATE", 0.0001)
    setattr(settings, f"SALEOR_CUSTOM_EVENTS_LIMIT_{name}_BURST", burst)


def body(answer: HttpResponse) -> dict[str, Any]:
    return dict(json.loads(answer.content))


def shown(answer: HttpResponse) -> tuple[int, int]:
    return int(answer["RateLimit-Limit"]), int(answer["RateLimit-Remaining"])


@pytest.mark.parametrize("setting", ["STOREFRONT_KEY", "ADDRESS"])
def test_one_firing_too_many_is_refused_and_says_when_to_come_back(settings: Settings, setting: str) -> None:
    limited(settings, setting, 3)
    event, one = an_event(public=True), Caller(a_key()[0])

    answers = [one.fire(event.pk) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert [shown(answer) for answer in answers] == [(3, 2), (3, 1), (3, 0), (3, 0)]
    problem = body(answers[3])
    assert (problem["code"], problem["limit"]) == ("RATE_LIMITED", "key" if "KEY" in setting else "address")
    assert problem["retryAfter"] == int(answers[3]["Retry-After"]) > 9000
    assert int(answers[3]["RateLimit-Reset"]) > 29_000
    assert Occurrence.objects.count() == 3
    refusal = Refusal.objects.get(code="RATE_LIMITED")
    assert (refusal.event_id, refusal.count, refusal.key_id is not None) == (event.pk, 1, True)


@pytest.mark.parametrize(
    "who", [{"customerEmail": "ANNA{}@example.com"}, {"customerId": "VXNlcjo{}"}, {"anonymousId": "visitor{}"}]
)
def test_a_customer_is_limited_whichever_key_and_address_fires(settings: Settings, who: dict[str, str]) -> None:
    limited(settings, "IDENTITY", 2)
    event = an_event(public=True)
    # `VXNlcjo` and what follows is the global id of a user.
    mark = {"customerId": "xMjM0NQ=="}.get(next(iter(who)), token_hex(4))
    names = {member: text.format(mark) for member, text in who.items()}

    answers = [Caller(a_key()[0]).fire(event.pk, **names) for _ in range(3)]

    assert [answer.status_code for answer in answers][2] == 429
    problem = body(answers[2])
    assert (problem["limit"], problem["errors"][0]["field"]) == ("identity", next(iter(who)))
    assert Caller(a_key()[0]).fire(event.pk).status_code == 202


def test_another_spelling_of_an_address_is_the_same_customer(settings: Settings) -> None:
    limited(settings, "IDENTITY", 1)
    event, one, name = an_event(public=True), Caller(a_key()[0]), token_hex(4)

    statuses = [
        one.fire(event.pk, customerEmail=text.format(name)).status_code for text in ("{}@ex.com", " {}@EX.com ")
    ]

    assert statuses == [202, 429]


def test_a_customer_with_a_token_is_limited_by_it(settings: Settings) -> None:
    limited(settings, "IDENTITY", 2)
    event, one = an_event(public=True), Caller(customer())

    assert [one.fire(event.pk, anonymousId=f"v{n}").status_code for n in range(3)] == [202, 202, 429]


def test_a_key_that_names_a_customer_does_not_use_up_their_own_firings(settings: Settings) -> None:
    limited(settings, "IDENTITY", 1)
    event, owner = an_event(public=True), Caller(customer())
    user = User.objects.latest("pk")
    named = {"customerEmail": user.email, "customerId": global_id("User", user.pk)}

    assert [Caller(a_key()[0]).fire(event.pk, **named).status_code for _ in range(2)][1] == 429
    assert owner.fire(event.pk).status_code == 202


def test_an_event_is_limited_by_whichever_of_its_names_it_is_called(settings: Settings) -> None:
    limited(settings, "EVENT", 2)
    event, other = an_event(), an_event()
    backend = Caller(a_key(KeyType.SERVER)[0])
    sent = [{"customEventId": event.pk}, {"customEvent": event.slug}, {"customEvent": event.slug}]

    answers = [backend.post("fire", {**name, "customerEmail": "anna@example.com"}) for name in sent]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert (body(answers[2])["limit"], body(answers[2])["errors"][0]["field"]) == ("event", "customEvent")
    assert backend.fire(other.pk).status_code == 202


def test_a_batch_counts_as_its_items_and_those_too_many_are_named(settings: Settings) -> None:
    limited(settings, "SERVER_KEY", 3)
    event, backend = an_event(), Caller(a_key(KeyType.SERVER)[0])
    good = {"customEventId": event.pk, "customerEmail": "anna@example.com"}

    answer = backend.post("fire/batch", {"events": [good, {"customEventId": event.pk}, good, good, good, good]})

    assert answer.status_code == 207
    results = body(answer)["results"]
    assert [result["status"] for result in results] == [202, 400, 202, 202, 429, 429]
    assert {result["limit"] for result in results[4:]} == {"key"}
    assert all(result["retryAfter"] > 0 for result in results[4:])
    assert shown(answer) == (3, 0)
    assert Refusal.objects.get(code="RATE_LIMITED").count == 2


def test_a_mutation_uses_up_the_same(settings: Settings) -> None:
    limited(settings, "STOREFRONT_KEY", 2)
    event, one = an_event(public=True), Caller(a_key()[0])

    assert one.fire(event.pk).status_code == 202
    assert one.mutate(event.pk)["errors"] == []
    (error,) = one.mutate(event.pk)["errors"]

    assert error["code"] == "RATE_LIMITED"
    assert "Try again in" in error["message"]
    assert one.fire(event.pk).status_code == 429
    assert Refusal.objects.filter(code="RATE_LIMITED").exists()


def test_servers_are_not_limited_by_address_and_customer(settings: Settings) -> None:
    for name in ("ADDRESS", "IDENTITY", "STOREFRONT_KEY"):
        limited(settings, name, 1)
    event, backend = an_event(), Caller(a_key(KeyType.SERVER)[0])

    assert [backend.fire(event.pk, customerEmail="anna@example.com").status_code for _ in range(3)] == [202] * 3


def test_every_answer_says_how_the_limits_stand(settings: Settings) -> None:
    limited(settings, "STOREFRONT_KEY", 500)
    settings.SALEOR_CUSTOM_EVENTS_LIMIT_MALFORMED = 50
    event, private = an_event(public=True), an_event()
    one, nobody, garbage = Caller(a_key()[0]), Caller(), Caller("garbage")
    answers = [
        one.fire(event.pk),
        one.fire(private.pk),
        one.fire(1_999_999_999),
        one.post("fire", "{"),
        one.post("fire", {"customEventId": event.pk}),
        one.post("fire", {"x": "y" * 20_000}),
        one.post("fire/batch", {"events": []}),
        nobody.fire(event.pk),
        garbage.fire(event.pk),
        one._client.get(URL + "fire", headers={"X-Forwarded-For": one.address}),
    ]

    assert [a.status_code for a in answers] == [202, 403, 404, 400, 400, 413, 403, 401, 401, 405]
    assert all(header in answer for answer in answers for header in HEADERS)
    assert [shown(answer) for answer in answers] == [
        (500, 499), (500, 498), (500, 497), (50, 49), (50, 48), (50, 47), (500, 497), (50, 49), (50, 49), (50, 47),
    ]  # fmt: skip


@pytest.mark.parametrize("what", ["malformed", "no credential", "a key that nobody made", "too large"])
def test_an_address_that_sends_nonsense_is_blocked_for_a_while(settings: Settings, what: str) -> None:
    settings.SALEOR_CUSTOM_EVENTS_LIMIT_MALFORMED = 5
    event, secret = an_event(public=True), a_key()[0]
    good = Caller(secret)
    bad = Caller({"no credential": "", "a key that nobody made": "sce_pk_x"}.get(what, secret), address=good.address)
    sent: Any = {"malformed": "{", "too large": "{" + " " * 20_000 + "}"}.get(what, {"customEventId": event.pk})

    statuses = [bad.post("fire", sent).status_code for _ in range(5)]
    blocked = good.fire(event.pk)

    assert 429 not in statuses
    assert blocked.status_code == 429
    assert body(blocked)["limit"] == "malformed"
    assert 50 < int(blocked["Retry-After"]) <= 60
    assert shown(blocked) == (5, 0)
    assert Occurrence.objects.count() == 0
    assert good.mutate(event.pk)["errors"][0]["code"] == "RATE_LIMITED"
    assert Caller(secret).fire(event.pk).status_code == 202, "another address"
    assert Refusal.objects.get(code="RATE_LIMITED").key_id is None


def test_a_blocked_address_is_answered_before_its_credential_is_looked_at(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_LIMIT_MALFORMED = 1
    bad = Caller("sce_pk_x")
    bad.fire(1)
    bad.fire(1)

    with CaptureQueriesContext(connection) as asked:
        assert bad.fire(1).status_code == 429

    assert not [query for query in asked.captured_queries if "saleor_custom_events_key" in query["sql"]]


def test_a_wrong_event_or_a_servers_fault_blocks_nobody(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_LIMIT_MALFORMED = 2
    private, public = an_event(), an_event(public=True)
    one = Caller(a_key()[0])
    backend = Caller(a_key(KeyType.SERVER)[0], address=one.address)

    for _ in range(3):
        assert one.fire(private.pk).status_code == 403
        assert backend.post("fire", "{").status_code == 400

    assert one.fire(public.pk).status_code == 202


def test_a_bad_credential_in_a_mutation_is_counted_and_blocks_as_well(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_LIMIT_MALFORMED = 3
    event, bad = an_event(public=True), Caller("sce_pk_x")

    codes = [bad.mutate(event.pk)["errors"][0]["code"] for _ in range(4)]

    assert codes == ["INVALID_KEY"] * 3 + ["RATE_LIMITED"]
    assert Refusal.objects.get(code="INVALID_KEY").count == 3
    assert Refusal.objects.get(code="INVALID_KEY").event_id == event.pk


def test_several_mutations_in_one_request_count_as_several(settings: Settings) -> None:
    limited(settings, "STOREFRONT_KEY", 2)
    event, one = an_event(public=True), Caller(a_key()[0])
    each = f'customEventFire(input: {{customEventId: {event.pk}, anonymousId: "v"}}) {{ errors {{ code }} }}'

    answer = one.post("graphql/", {"query": f"mutation {{ a: {each} b: {each} c: {each} }}"})

    codes = [payload["errors"] for payload in body(answer)["data"].values()]
    assert codes == [[], [], [{"code": "RATE_LIMITED"}]]
    assert shown(answer) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_a_flood_of_refusals_is_counted_to_the_last_and_costs_two_writes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(refusals, "PAUSE", 0.5)
    limited(settings, "STOREFRONT_KEY", 1)
    event, one = an_event(public=True), Caller(a_key()[0])
    one.fire(event.pk)
    one.fire(event.pk)
    assert Refusal.objects.get().count == 1

    # The plugin's switch, the key, now and then its last use; and one write for each would be 125 more.
    with django_assert_max_num_queries(100):
        statuses = {one.fire(event.pk).status_code for _ in range(25)}

    assert statuses == {429}
    assert until(lambda: Refusal.objects.get().count == 26, 30), Refusal.objects.get().count
    refusal = Refusal.objects.get()
    assert (refusal.event_id, refusal.code, len(refusal.samples)) == (event.pk, "RATE_LIMITED", 26)


def test_without_any_limit_nothing_is_said(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_LIMIT_MALFORMED = 0

    answer = Caller(a_key()[0]).fire(an_event(public=True).pk)

    assert answer.status_code == 202
    assert not any(header in answer for header in HEADERS)
