"""`GET client.js`: to anybody, in any origin, and asked for again soon."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from django.test import Client

from saleor_custom_events.doors.http import client as door

pytestmark = pytest.mark.django_db

URL = "/plugins/global/custom-events/client.js"
CODE = "export const createClient = () => undefined;\n" * 50


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "client.js"
    file.write_text(CODE)
    monkeypatch.setattr(door, "FILE", file)
    return file


def test_it_is_a_script_that_every_origin_may_load(client: Client, file: Path):
    answer = client.get(URL)
    assert (answer.status_code, answer.content.decode()) == (200, CODE)
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Content-Length"] == str(len(CODE))


def test_it_is_compressed_for_those_who_unpack_it(client: Client, file: Path):
    answer = client.get(URL, headers={"Accept-Encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.content).decode() == CODE


@pytest.mark.parametrize("sent", ["{tag}", '"other", {tag}', "*"])
def test_who_has_it_already_is_told_so(client: Client, file: Path, sent: str):
    tag = client.get(URL)["ETag"]
    answer = client.get(URL, headers={"If-None-Match": sent.format(tag=tag)})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == tag
    assert answer["Cache-Control"] == "public, max-age=300"


def test_a_new_build_is_another_file(client: Client, file: Path):
    tag = client.get(URL)["ETag"]
    file.write_text(CODE + "// another\n")
    os.utime(file, (1, 1))
    answer = client.get(URL, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer["ETag"] != tag
    assert answer.content.decode().endswith("// another\n")


def test_head_is_get_without_the_body(client: Client, file: Path):
    answer = client.head(URL)
    assert answer.status_code == 200
    assert answer["ETag"] == client.get(URL)["ETag"]


def test_where_it_was_not_built_the_answer_says_how(client: Client, file: Path):
    file.unlink()
    answer = client.get(URL)
    assert answer.status_code == 503
    assert answer.json()["code"] == "CLIENT_NOT_BUILT"
    assert "make dashboard" in answer.json()["detail"]
