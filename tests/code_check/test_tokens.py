"""The tokenizer: it takes anything, and reads this repository's own TypeScript as TypeScript does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saleor_custom_events.code_check.catalogue import Catalogue
from saleor_custom_events.code_check.files import calls_of
from saleor_custom_events.code_check.javascript import Names
from saleor_custom_events.code_check.judging import judge
from saleor_custom_events.code_check.tokens import GRAPHQL, JAVASCRIPT, SHELL, Dialect, Kind, tokens_of

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "dashboard-extension"
#: Every call with a text as its first argument: line and text, as TypeScript's own parser sees them.
PARSE = """
const ts = require("typescript"), fs = require("fs");
const found = {};
for (const file of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const calls = found[file] = [];
  (function visit(node) {
    const first = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.arguments?.[0] : undefined;
    if (first && ts.isStringLiteralLike(first)) {
      calls.push([source.getLineAndCharacterOfPosition(first.getStart()).line + 1, first.text]);
    }
    ts.forEachChild(node, visit);
  })(source);
}
console.log(JSON.stringify(found));
"""
PIECES = st.sampled_from(
    ["'", '"', "`", "${", "}", "{", "(", ")", "/", "//", "/*", "*/", "\\", "\n", "#", '"""', "fire", "customEvent", ":"]
)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(text=st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
@pytest.mark.parametrize("dialect", [JAVASCRIPT, GRAPHQL, SHELL])
def test_it_takes_anything_and_loses_no_line(dialect: Dialect, text: str) -> None:
    (tokens, *_) = tokens_of(text, dialect=dialect)
    lines = [token.line for token in tokens]
    assert lines == sorted(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


def test_the_dashboards_own_sources_are_read_as_typescript_reads_them() -> None:
    files = sorted(str(path) for path in (EXTENSION / "src").rglob("*.ts*"))
    assert (EXTENSION / "node_modules" / "typescript").is_dir(), "`make dashboard` installs TypeScript"
    command = ["node", "-e", PARSE]
    done = subprocess.run(command, input=json.dumps(files), cwd=EXTENSION, capture_output=True, text=True, check=True)
    theirs = {file: sorted(map(tuple, calls)) for file, calls in json.loads(done.stdout).items()}
    assert sum(map(len, theirs.values())) > 500
    assert {file: calls_in(Path(file)) for file in files} == theirs


def calls_in(file: Path) -> list[tuple[int, str]]:
    found = []
    for tokens in tokens_of(file.read_text()):
        for name, bracket, first, after in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
            called = name.text in (")", ">", "?.", "]") or (
                name.kind is Kind.NAME and name.text not in ("if", "return")
            )
            if called and bracket.text == "(" and first.kind is Kind.STRING and after.text in (",", ")"):
                found.append((first.line, first.value))
    return sorted(found)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    text=st.lists(PIECES | st.sampled_from(["fire(", "{customEvent:", '"', "},", "[", "]", "...", "=>"]), max_size=25)
)
@pytest.mark.parametrize("ending", [".tsx", ".vue", ".sh", ".gql"])
def test_no_file_of_any_kind_is_too_odd(ending: str, text: list[str]) -> None:
    calls = calls_of(Path(f"code{ending}"), "".join(text), Names())
    assert all(finding.line >= 1 for call in calls for finding in judge(call, Catalogue(())))
