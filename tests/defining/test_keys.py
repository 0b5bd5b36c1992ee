"""Making, changing and revoking keys."""

from __future__ import annotations

import pytest

from saleor_custom_events.defining.keys import KeyChanges, create_key, revoke_key, update_key
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.keys import caller_of_key
from saleor_custom_events.models import Key, KeyType
from saleor_custom_events.store.callers import CallerKind
from tests.defining.people import BOSS, MARKETER

pytestmark = pytest.mark.django_db


def test_the_secret_is_given_once_and_kept_nowhere() -> None:
    key, secret = create_key(BOSS, KeyType.SERVER, KeyChanges(name="Backend"))

    caller = caller_of_key(secret)
    assert (caller.kind, caller.id, caller.name) == (CallerKind.SERVER_KEY, str(key.pk), "Backend")
    assert secret not in str(Key.objects.values())


def test_origins_are_kept_as_browsers_send_them() -> None:
    origins = ("HTTPS://Shop.Example/", "https://shop.example:443", "http://localhost:3000", "https://[::1]:8443")
    key, _ = create_key(BOSS, KeyType.STOREFRONT, KeyChanges(name="Shop", channels=("pl", "pl"), origins=origins))

    assert key.channels == ["pl"]
    assert key.origins == ["https://shop.example", "http://localhost:3000", "https://[::1]:8443"]


def test_fields_that_a_key_allows_are_names_of_fields() -> None:
    key, secret = create_key(BOSS, KeyType.STOREFRONT, KeyChanges(name="Shop", allowed_fields=(" coupon ", "coupon")))

    assert caller_of_key(secret).binding.fields == ("coupon",)
    with pytest.raises(Refused) as refused:
        update_key(BOSS, key.pk, KeyChanges(allowed_fields=("size", "", "x" * 129)))
    assert [(p.field, p.code) for p in refused.value.problems] == [
        ("allowedFields[1]", "REQUIRED"),
        ("allowedFields[2]", "TOO_LONG"),
    ]


@pytest.mark.parametrize(
    "origin",
    ["shop.example", "ftp://shop.example", "https://", "https://shop.example/path", "https://a@b.example", "https://x:y",
     "https://shop.example?q", "*", "https://sklep.żółw", "https://a\0b"],
)  # fmt: skip
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(Refused) as refused:
        create_key(BOSS, KeyType.STOREFRONT, KeyChanges(name="Shop", origins=("https://shop.example", origin)))

    assert [(p.field, p.code) for p in refused.value.problems] == [("origins[1]", "INVALID")]
    assert Key.objects.count() == 0


def test_an_update_changes_what_is_given_and_nothing_else() -> None:
    key, secret = create_key(BOSS, KeyType.STOREFRONT, KeyChanges(name="Shop", channels=("pl",)))

    changed = update_key(BOSS, key.pk, KeyChanges(origins=("https://shop.example",)))

    assert (changed.name, changed.channels, changed.origins) == ("Shop", ["pl"], ["https://shop.example"])
    assert update_key(BOSS, key.pk, KeyChanges(channels=())).channels == []
    assert caller_of_key(secret).binding.origins == ("https://shop.example",)


def test_a_revoked_key_is_no_key_any_more() -> None:
    key, secret = create_key(BOSS, KeyType.SERVER, KeyChanges(name="Backend"))

    first = revoke_key(BOSS, key.pk).revoked_at

    with pytest.raises(Refused) as refused:
        caller_of_key(secret)
    assert refused.value.code == "INVALID_KEY"
    assert revoke_key(BOSS, key.pk).revoked_at == first
    for changes in (KeyChanges(name="New"), KeyChanges()):
        with pytest.raises(Refused) as refused:
            update_key(BOSS, key.pk, changes)
        assert refused.value.code == "REVOKED"


def test_keys_need_their_own_permission() -> None:
    with pytest.raises(Refused) as refused:
        create_key(MARKETER, KeyType.SERVER, KeyChanges(name="Backend"))

    assert "MANAGE_PLUGINS" in refused.value.message
