"""Tokens of the sandbox behave as Saleor's."""

import jwt
import pytest
from django.conf import settings
from django.test import RequestFactory

from saleor_custom_events.errors import Refused
from saleor_custom_events.hosts.sandbox import tokens
from saleor_custom_events.hosts.sandbox.calling import caller_of
from saleor_custom_events.hosts.sandbox.models import App, User
from saleor_custom_events.store.callers import ANONYMOUS, CallerKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return User.objects.create_user(
        "staff@example.com", "secret", is_staff=True, permissions=["MANAGE_DISCOUNTS", "MANAGE_USERS"]
    )


@pytest.fixture
def customer() -> User:
    return User.objects.create_user("Anna@Example.com", "secret")


def asked(token: str, header: str = "HTTP_AUTHORIZATION_BEARER"):
    return caller_of(RequestFactory().post("/", **{header: token}))


def test_no_token_is_anonymous():
    assert caller_of(RequestFactory().post("/")) is ANONYMOUS


def test_customers_token_proves_the_customer(customer):
    caller = asked(tokens.user_token(customer))
    assert (caller.kind, caller.customer_email) == (CallerKind.CUSTOMER, "anna@example.com")
    assert caller.customer_id == tokens.global_id("User", customer.pk)
    assert caller.permissions == frozenset()


@pytest.mark.parametrize("scheme", ["Bearer", "JWT", "bearer"])
def test_authorization_is_read_with_its_schemes(staff, scheme):
    caller = asked(f"{scheme} {tokens.user_token(staff)}", "HTTP_AUTHORIZATION")
    assert caller.permissions == {"MANAGE_DISCOUNTS", "MANAGE_USERS"}


def test_a_narrowed_token_lets_through_only_what_it_names(staff):
    caller = asked(tokens.user_token(staff, narrowed=["MANAGE_USERS", "MANAGE_PLUGINS"]))
    assert caller.permissions == {"MANAGE_USERS"}


def test_a_superusers_token_narrowed_to_nothing_holds_nothing(staff):
    staff.is_superuser = True
    staff.save()
    assert asked(tokens.user_token(staff, narrowed=[])).permissions == frozenset()


def refused(token: str) -> str:
    with pytest.raises(Refused) as caught:
        asked(token)
    assert caught.value.status == 401
    return caught.value.code


def test_refresh_tokens_do_not_open_anything(staff):
    assert refused(tokens.user_token(staff, "refresh")) == "INVALID_TOKEN"


def test_garbage_is_refused():
    assert refused("garbage") == "INVALID_TOKEN"


def test_a_token_signed_by_somebody_else_is_refused(staff):
    payload = jwt.decode(tokens.user_token(staff), settings.SECRET_KEY, algorithms=["HS256"])
    assert refused(jwt.encode(payload, "x" * 40, algorithm="HS256")) == "INVALID_TOKEN"


def test_an_expired_token_is_refused(staff):
    payload = jwt.decode(tokens.user_token(staff), settings.SECRET_KEY, algorithms=["HS256"])
    expired = jwt.encode({**payload, "exp": 1}, settings.SECRET_KEY, algorithm="HS256")
    assert refused(expired) == "INVALID_TOKEN"


def test_an_inactive_users_token_is_refused(customer):
    token = tokens.user_token(customer)
    User.objects.update(is_active=False)
    assert refused(token) == "INVALID_TOKEN"


def test_an_apps_token_gives_the_apps_permissions():
    token, digest = App.new_token()
    app = App.objects.create(name="Tool", permissions=["MANAGE_USERS"], token_digest=digest)
    caller = asked(f"Bearer {token}", "HTTP_AUTHORIZATION")
    assert (caller.kind, caller.id) == (CallerKind.APP, tokens.global_id("App", app.pk))
    assert caller.permissions == {"MANAGE_USERS"}


def test_an_inactive_apps_token_is_refused():
    token, digest = App.new_token()
    App.objects.create(name="Tool", is_active=False, token_digest=digest)
    assert refused(token) == "INVALID_TOKEN"


def test_a_token_made_for_an_app_ends_with_the_app(staff):
    app = App.objects.create(name="Dashboard page", token_digest=b"x")
    token = tokens.user_token(staff, "thirdparty", narrowed=["MANAGE_DISCOUNTS"], app=app)
    assert asked(token).permissions == {"MANAGE_DISCOUNTS"}
    App.objects.update(is_active=False)
    assert refused(token) == "INVALID_TOKEN"
