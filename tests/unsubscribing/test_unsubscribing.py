"""The page and the click behind `List-Unsubscribe` (RFC 8058)."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from saleor_custom_events.consent import digest_in, is_suppressed, token_of
from saleor_custom_events.models import Suppression
from saleor_custom_events.scenarios.signs import address_digest

pytestmark = pytest.mark.django_db

ANNA = "anna@example.com"


@pytest.fixture
def url() -> str:
    return f"/plugins/global/custom-events/unsubscribe/{token_of(ANNA)}"


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_link_unsubscribes_nobody(client: Client, url: str, method: str) -> None:
    answer = getattr(client, method)(url)

    assert answer.status_code == 200
    assert not is_suppressed(ANNA)


def test_one_click_of_a_mail_program_unsubscribes(client: Client, url: str) -> None:
    body = "List-Unsubscribe=One-Click"
    answer = client.post(url, body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert is_suppressed("Anna@Example.com")
    assert not is_suppressed("ben@example.com")


def test_a_mail_program_that_sends_a_form_in_parts_is_understood(client: Client, url: str) -> None:
    assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Suppression.objects.count() == 1


def test_the_page_offers_to_take_it_back(client: Client, url: str) -> None:
    done = client.post(url, {"unsubscribe": "1"}).content.decode()
    assert 'name="subscribe-again"' in done

    again = client.post(url, "subscribe-again=1", content_type="application/x-www-form-urlencoded")

    assert "subscribed again" in again.content.decode()
    assert not is_suppressed(ANNA)


@pytest.mark.parametrize(
    ("accepted", "language", "words"),
    [
        ("pl-PL,pl;q=0.9,en;q=0.8", "pl", "Wypisz mnie"),
        ("en-GB,en;q=0.9,pl;q=0.8", "en", "Unsubscribe"),
        ("de, pl;q=0.5", "pl", "Wypisz mnie"),
        ("pl;q=0", "en", "Unsubscribe"),
        ("", "en", "Unsubscribe"),
        ("*;q=x, ;;", "en", "Unsubscribe"),
    ],
)
def test_the_page_speaks_the_readers_language(
    client: Client, url: str, accepted: str, language: str, words: str
) -> None:
    answer = client.get(url, headers={"Accept-Language": accepted})

    assert answer["Content-Language"] == language
    assert f">{words}</button>" in answer.content.decode()


def test_the_page_names_nobody_and_loads_nothing(client: Client, url: str) -> None:
    answer = client.get(url)

    assert "anna" not in answer.content.decode().lower()
    assert "anna" not in url
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_a_link_that_somebody_changed_is_none_of_ours(client: Client, url: str) -> None:
    changed = url[:-20] + ("A" if url[-20] != "A" else "B") + url[-19:]
    other = f"/plugins/global/custom-events/unsubscribe/{token_of(ANNA)[:43]}"
    for address in (changed, other, url + "A"):
        assert client.post(address).status_code == 404
    assert not Suppression.objects.exists()


def test_a_body_that_no_form_is_as_large_as_is_refused(client: Client, url: str) -> None:
    answer = client.post(url, "x" * 5000, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 413
    assert not is_suppressed(ANNA)


def test_other_methods_are_refused(client: Client, url: str) -> None:
    answer = client.delete(url)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def test_links_outlive_a_new_secret_that_keeps_the_old_one(settings: Settings) -> None:
    token = token_of(ANNA)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret"
    assert digest_in(token) == address_digest(ANNA)
    settings.SECRET_KEY_FALLBACKS = []
    assert digest_in(token) is None
