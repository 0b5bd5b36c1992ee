"""`GET dashboard/…`: the page, its assets, and nothing else of the machine."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from saleor_custom_events.hosts.sandbox.models import Channel, Plugin
from tests.extension.conftest import CARD, PAGE, SCRIPT

pytestmark = pytest.mark.django_db

URL = "/plugins/global/custom-events/dashboard"
ASSETS = f"{URL}/assets"


def policy(answer) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


@pytest.mark.parametrize("below", ["", "/", "/events", "/events/12", "/log/invocation/9", "/nowhere.js", "/asset"])
def test_every_address_that_is_no_asset_gives_the_page(client: Client, built: Path, below: str):
    answer = client.get(URL + below, {"saleorApiUrl": "https://shop.example/graphql/", "id": "QXBwOjE="})
    assert answer.status_code == 200
    assert answer.content.decode() == PAGE
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"


def test_the_card_on_a_customers_page_is_a_page_of_its_own_with_the_same_policy(client: Client, built: Path):
    answer = client.get(f"{URL}/customer", {"needs": "MANAGE_DISCOUNTS,MANAGE_USERS", "customerId": "VXNlcjox"})
    assert answer.status_code == 200
    assert answer.content.decode() == CARD
    assert answer["Cache-Control"] == "no-store"
    assert policy(answer) == policy(client.get(f"{URL}/events"))
    assert client.get(f"{URL}/customer/1").content.decode() == PAGE


def test_the_page_may_be_framed_by_the_stores_dashboard_and_load_from_here_alone(client: Client, built: Path):
    answer = client.get(f"{URL}/events")
    assert policy(answer) == {
        "default-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: https:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "'self'",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.has_header("X-Frame-Options")


def test_the_operators_origins_replace_what_the_store_says(client: Client, built: Path, settings):
    settings.SALEOR_CUSTOM_EVENTS_DASHBOARD_ORIGINS = ("https://dashboard.example.com/", "http://localhost:9000")
    answer = client.get(URL)
    assert policy(answer)["frame-ancestors"] == "https://dashboard.example.com http://localhost:9000"


@pytest.mark.parametrize("wrong", ["https://a.example; script-src *", "https://a.example b", "javascript:alert(1)"])
def test_an_origin_that_is_none_opens_nothing(client: Client, built: Path, settings, wrong: str):
    settings.SALEOR_CUSTOM_EVENTS_DASHBOARD_ORIGINS = (wrong,)
    answer = client.get(URL)
    assert policy(answer)["frame-ancestors"] == "'none'"
    assert "script-src" not in policy(answer)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("index-abc123.js", "text/javascript; charset=utf-8"),
        ("index-abc123.css", "text/css; charset=utf-8"),
        ("fonts/inter-abc123.woff2", "font/woff2"),
        ("notes-abc123.unknown", "application/octet-stream"),
    ],
)
def test_an_asset_is_kept_for_ever_and_is_what_it_says(client: Client, built: Path, name: str, content_type: str):
    answer = client.get(f"{ASSETS}/{name}")
    assert answer.status_code == 200
    assert answer.content == (built / "assets" / name).read_bytes()
    assert answer["Content-Type"] == content_type
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "deflate,GZIP"])
def test_a_script_is_compressed_for_who_takes_it(client: Client, built: Path, accepted: str):
    answer = client.get(f"{ASSETS}/index-abc123.js", headers={"Accept-Encoding": accepted})
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode() == SCRIPT
    assert int(answer["Content-Length"]) == len(answer.content) < len(SCRIPT) / 10
    assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br, gzip;q=0.0", "xgzip"])
def test_a_script_is_as_it_is_for_who_does_not(client: Client, built: Path, accepted: str):
    answer = client.get(f"{ASSETS}/index-abc123.js", headers={"Accept-Encoding": accepted})
    assert not answer.has_header("Content-Encoding")
    assert answer.content.decode() == SCRIPT
    assert answer["Vary"] == "Accept-Encoding"


def test_what_is_compressed_already_is_not_again(client: Client, built: Path):
    answer = client.get(f"{ASSETS}/fonts/inter-abc123.woff2", headers={"Accept-Encoding": "gzip"})
    assert not answer.has_header("Content-Encoding")


@pytest.mark.parametrize("name", ["", "/", "/index-gone.js", "/fonts", "/index.html", "/INDEX-ABC123.JS"])
def test_a_missing_asset_is_not_found_and_never_the_page(client: Client, built: Path, name: str):
    answer = client.get(ASSETS + name)
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("climb", ["..", "%2e%2e", "..%2f", "%2e%2e%2f", "..%5c", "%252e%252e"])
@pytest.mark.parametrize("times", [1, 2, 3, 8])
def test_nobody_climbs_out_of_the_build(client: Client, built: Path, climb: str, times: int):
    (built.parent / "secret.txt").write_text("secret")
    joint = "" if climb.endswith(("%2f", "%5c")) else "/"
    for below in (f"{ASSETS}/{joint.join([climb] * times)}{joint}secret.txt", f"{URL}/{climb}{joint}secret.txt"):
        answer = client.get(below)
        assert b"secret" not in answer.content
        assert answer.status_code == 404 or answer.content.decode() == PAGE


def test_an_absolute_path_names_nothing(client: Client, built: Path):
    secret = built.parent / "secret.txt"
    secret.write_text("secret")
    for path in (str(secret), f"file://{secret}", f"{secret}\0.js"):
        answer = client.get(f"{ASSETS}/{quote(path, safe='')}")
        assert answer.status_code == 404


def test_a_link_that_leads_out_of_the_build_is_not_followed(client: Client, built: Path):
    (built.parent / "secrets").mkdir()
    (built.parent / "secrets" / "key.txt").write_text("secret")
    (built / "assets" / "key.txt").symlink_to(built.parent / "secrets" / "key.txt")
    (built / "assets" / "folder").symlink_to(built.parent / "secrets")
    for name in ("key.txt", "folder/key.txt"):
        assert client.get(f"{ASSETS}/{name}").status_code == 404
    assert client.get(f"{ASSETS}/index-abc123.js").status_code == 200


def test_an_installer_may_have_linked_every_file_to_its_cache(client: Client, built: Path, tmp_path: Path):
    cache = built.rename(tmp_path / "cache")
    for file in [file for file in cache.rglob("*") if file.is_file()]:
        link = built / file.relative_to(cache)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(file)
    assert client.get(URL).content.decode() == PAGE
    assert client.get(f"{ASSETS}/index-abc123.js").content.decode() == SCRIPT


def test_a_new_build_is_served_without_a_restart(client: Client, built: Path):
    assert client.get(f"{ASSETS}/index-abc123.js").status_code == 200
    (built / "assets" / "index-abc123.js").rename(built / "assets" / "index-def456.js")
    (built / "index.html").write_text("the new page")
    assert client.get(URL).content == b"the new page"
    assert client.get(f"{ASSETS}/index-def456.js").status_code == 200
    assert client.get(f"{ASSETS}/index-abc123.js").status_code == 404


def test_without_a_build_the_answer_says_how_to_make_one(client: Client, folder: Path):
    for path in (URL, f"{URL}/events", f"{ASSETS}/index-abc123.js"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.json()["code"] == "DASHBOARD_NOT_BUILT"
        assert "make dashboard" in answer.json()["detail"]


def test_head_is_answered_as_get(client: Client, built: Path):
    for path, length in ((URL, len(PAGE)), (f"{ASSETS}/index-abc123.js", len(SCRIPT))):
        answer = client.head(path)
        assert answer.status_code == 200
        assert answer.content == b""
        assert answer["Content-Length"] == str(length)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_another_method_is_refused(client: Client, built: Path, method: str):
    answer = getattr(client, method)(f"{URL}/events")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("base", ["/plugins/custom-events", "/plugins/channel/shop/custom-events"])
def test_the_plugins_other_addresses_have_it_too(client: Client, built: Path, base: str):
    Channel.objects.create(slug="shop")
    assert client.get(f"{base}/dashboard/events").content.decode() == PAGE
    assert client.get("/plugins/channel/nowhere/custom-events/dashboard/events").status_code == 404


def test_switched_off_it_is_not_there(client: Client, built: Path):
    Plugin.objects.create(identifier="custom-events", active=False)
    for path in (URL, f"{ASSETS}/index-abc123.js"):
        assert client.get(path).status_code == 404


def test_the_policy_has_one_value_for_each_directive(client: Client, built: Path):
    assert re.fullmatch(r"[a-z-]+( [^;,]+)+(; [a-z-]+( [^;,]+)+)*", client.get(URL)["Content-Security-Policy"])
