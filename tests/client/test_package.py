"""The client as others get it: how large it is, what is in npm's package, and that it runs."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import saleor_custom_events
from tests.client.conftest import ROOT, Project

#: Bytes, compressed as they are sent.
LIMIT = 2048


def test_it_is_at_most_two_kilobytes(built: Path):
    assert len(gzip.compress((built / "client.js").read_bytes(), mtime=0)) <= LIMIT


def test_it_is_one_module_that_a_strict_content_policy_lets_run(built: Path):
    code = (built / "client.js").read_text()
    assert not re.search(r"\bimport\b|\beval\b|\bFunction\(|innerHTML|document\b", code)
    assert re.search(r"export\s*\{\w+ as createClient\}", code)


def test_the_package_has_the_release_the_licence_and_nothing_that_is_not_for_others(built: Path, project: Project):
    names = {file["path"] for file in project.packed["files"]}  # type: ignore[attr-defined]
    assert names == {"LICENSE", "README.md", "client.d.ts", "client.js", "package.json", "types.d.ts"}
    assert project.packed["version"] == saleor_custom_events.__version__
    assert (built / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
    assert "dependencies" not in json.loads((built / "package.json").read_text())


def test_it_fires_from_a_server_too(project: Project):
    printed = project.node("""
        import { createClient } from "saleor-custom-events-client";
        globalThis.fetch = async (url, { body }) => {
          console.log(url, JSON.parse(body).customEvent);
          return new Response('{"occurrenceId": "0190"}', { status: 202 });
        };
        const client = createClient({ url: "https://api.shop.example/plugins/global/custom-events/", key: "sce_pk_1" });
        console.log(JSON.stringify(await client.fire("size-quiz", { score: 82 })));
    """)
    assert printed.splitlines() == [
        "https://api.shop.example/plugins/global/custom-events/fire size-quiz",
        '{"occurrenceId":"0190"}',
    ]
