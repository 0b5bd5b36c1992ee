"""What is fuzzed: each target takes what hypothesis makes up, and fails where anything but a refusal comes out."""

from __future__ import annotations

import copy
import ipaddress
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from saleor_custom_events.actions.inputs import url_problem
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import is_web_address, read_batch, read_firing, read_json
from saleor_custom_events.firing.ecdp import Habits, read_ecdp
from saleor_custom_events.firing.fields import type_fields
from saleor_custom_events.firing.values import DeclaredField
from saleor_custom_events.host import current_host
from saleor_custom_events.scenarios.limits import MAX_RENDERED
from saleor_custom_events.scenarios.templates import TemplateFailed, check_template, data_fields_in, render
from saleor_custom_events.scenarios.values import FieldType
from saleor_custom_events.store.outgoing import HttpFailed
from tests.firing.bodies import JUNK, a_body
from tests.scenarios import test_any_input as definitions
from tests.scenarios import test_templates as templates

#: Seconds of one processor that one input may cost. The processor's and not the clock's: other things run as well.
MOST = 1.0
JSON_BYTES = b'{}[]":,\\0123456789eE+-.truefalsn \x00\xff\xed\xa0\x80u'


@contextmanager
def bounded(what: object) -> Iterator[None]:
    """Fail where this takes longer than `MOST`."""
    begun = time.process_time()
    yield
    spent = time.process_time() - begun
    assert spent < MOST, f"{spent:.2f} s for {str(what)[:2000]!r}"


# --- bodies -----------------------------------------------------------------------------------------------------------

HABITS = Habits(phone_region="PL", currency="PLN", zone=ZoneInfo("Europe/Warsaw"))
SEEDS = st.integers(0, 2**32).map(Random)
EDITS = st.lists(
    st.tuples(st.integers(0, 4000), st.sampled_from(["put", "cut", "twice"]), st.binary(max_size=4)), max_size=6
)
LITTLE = st.lists(st.sampled_from([bytes([one]) for one in JSON_BYTES]), max_size=60).map(b"".join)


def _sent(chance: Random, edits: list[tuple[int, str, bytes]]) -> bytes:
    body = a_body(chance, [7, "quiz"])
    sent = json.dumps({"events": [body, body]} if chance.random() < 0.2 else body).encode("utf-8", "replace")
    for where, how, with_what in edits:
        at = where % (len(sent) + 1)
        if how == "put":
            sent = sent[:at] + with_what + sent[at:]
        elif how == "cut":
            sent = sent[:at] + sent[at + 1 + len(with_what) :]
        else:
            sent = sent[:at] + sent[at // 2 : at] + sent[at:]
    return sent


BODIES = st.builds(_sent, SEEDS, EDITS) | LITTLE | st.binary(max_size=80)


def bodies(sent: bytes) -> None:
    """A body is a firing, a batch, one of ECDP's, or is refused as the caller's fault."""
    for read in (read_firing, read_batch, lambda raw: read_ecdp(raw, HABITS)):
        with bounded(sent):
            try:
                read(read_json(sent, limit=100_000))
            except Refused as refused:
                assert 400 <= refused.status < 500
                json.dumps([refused.code, refused.message, *(one.field for one in refused.problems)]).encode()


# --- data fields ------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
NAMES = TEXTS.filter(bool) | st.sampled_from(["score", "__proto__", "constructor", "a.b", "=1+1", "ż", "toString"])
NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.just(10**400)
PARTS = st.none() | st.booleans() | NUMBERS | TEXTS | st.sampled_from([one for one in JUNK if one not in ("\x00",)])
VALUES = st.recursive(PARTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))
TYPES = st.sampled_from([kind.value for kind in FieldType]) | TEXTS
LISTED = st.lists(st.dictionaries(st.sampled_from(["name", "type", "value", "other"]), VALUES), max_size=4).map(tuple)
DECLARED = st.lists(
    st.builds(DeclaredField, name=NAMES, type=st.sampled_from(FieldType), required=st.booleans()),
    max_size=4,
    unique_by=lambda one: one.name,
).map(tuple)
FIELDS = st.tuples(st.dictionaries(NAMES, VALUES, max_size=5) | LISTED, DECLARED)


def data_fields(given: tuple[Any, tuple[DeclaredField, ...]]) -> None:
    """Every field is typed, or named among the problems; what is typed can be written down."""
    sent, declared = given
    with bounded(given):
        typed = type_fields(sent, declared)
    names = [field.name for field in typed.fields]
    assert len(names) == len(set(names))
    for problem in (*typed.unusable, *typed.violations):
        assert problem.code
        assert problem.message
        assert problem.field.startswith("dataFields")
    if not isinstance(sent, tuple):
        told = {problem.field.removeprefix("dataFields.") for problem in typed.unusable}
        assert set(sent) <= {*names, *told}


# --- definitions ------------------------------------------------------------------------------------------------------

CHANGES = st.lists(
    st.tuples(st.integers(0), st.sampled_from(["set", "remove", "copy"]), definitions.JSON), min_size=1, max_size=4
)
DEFINITIONS = CHANGES | definitions.JSON


def definition(given: Any) -> None:
    """A definition is refused with its places, or runs to an end."""
    raw: Any = given
    if isinstance(given, list) and given and all(isinstance(one, tuple) for one in given):
        raw = copy.deepcopy(definitions.FULL)
        for where, how, value in given:
            definitions._change(raw, where, how, value)
    with bounded(given):
        accepted = definitions.parse(raw)
        if accepted is not None:
            definitions.run(accepted, definitions.OCCURRENCE_FACTS)


# --- templates --------------------------------------------------------------------------------------------------------

CHAINS = st.lists(templates.APPLIED, min_size=1, max_size=5).map(
    lambda filters: "".join(f" | {name}: {', '.join(arguments)}" for name, arguments in filters)
)
PIECE = (
    templates.PIECES
    | st.text(max_size=6)
    | CHAINS.map(lambda chain: f"{{{{ dataFields.long{chain} }}}}")
    | st.integers(1, 900).map(lambda times: f"{{% for i in (1..{times}) %}}{{{{ i }}}}")
    | st.sampled_from(["__class__", ".__globals__", "['__init__']", " " * 90, "{{" * 40, "{%" * 40, "'" * 30])
)
TEMPLATES = st.lists(PIECE, max_size=30).map("".join)


def template(text: str) -> None:
    """A template is refused, fails as a template, or gives a text of bounded size; never more of the process."""
    for html in (False, True):
        with bounded(text):
            check_template(text)
            try:
                data_fields_in(text)
                rendered = render(text, templates.context(), html=html)
            except TemplateFailed as failed:
                assert str(failed)
                continue
        assert len(rendered) <= MAX_RENDERED
        assert "<class" not in rendered
        assert "<function" not in rendered


# --- addresses --------------------------------------------------------------------------------------------------------

ADDRESSES = st.ip_addresses() | st.sampled_from(
    [
        "127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "172.16.0.9", "0.0.0.0", "100.64.0.1",
        "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1",
        "255.255.255.255",
    ]
).map(ipaddress.ip_address)  # fmt: skip
HOSTS = (
    ADDRESSES.map(str)
    | ADDRESSES.map(lambda one: f"[{one}]")
    | st.sampled_from(
        [
            "0x7f.1", "2130706433", "017700000001", "127.1", "①②⑦.⓪.⓪.①", "localhost", "LOCALHOST.", "example.com",
            "[::ffff:7f00:1]", "[::127.0.0.1]", "[fe80::1%25eth0]", "xn--", "a" * 70, "..", "%31%32%37.0.0.1",
        ]
    )
    | st.text(max_size=12)
)  # fmt: skip
SCHEMES = st.sampled_from(["http", "https", "HTTP", "ftp", "file", "gopher", "data", "javascript", "", "ht\ntp"])
BEFORE = st.sampled_from(["", "user@", "user:pass@", "example.com@", "example.com#@", "example.com\\@", "@", "%40"])
AFTER = st.sampled_from(
    ["", ":80", ":99999", ":", "/", "/a b", "?x#y", "#@10.0.0.1", "\r\nHost: x", "\t", "/\\10.0.0.1"]
)
URLS = st.tuples(
    st.builds(lambda *parts: "{}://{}{}{}".format(*parts), SCHEMES, BEFORE, HOSTS, AFTER) | st.text(max_size=30),
    st.lists(ADDRESSES, min_size=1, max_size=3),
)


class _NoNetwork(OSError):
    pass


def url(given: tuple[str, list[Any]]) -> None:
    """Whatever the URL, and whatever its name resolves to (anew at each question): nothing inside is connected to."""
    text, answers = given
    asked: list[str] = []
    turn = iter(range(10**6))

    def resolve(host: Any, port: Any, *_: Any, **__: Any) -> list[Any]:
        with suppress(ValueError):
            return [_answer(ipaddress.ip_address(str(host)), port)]
        return [_answer(answers[next(turn) % len(answers)], port)]

    def connect(address: tuple[Any, ...], *_: Any, **__: Any) -> None:
        asked.append(str(address[0]))
        raise _NoNetwork("there is no network here")

    with bounded(given):
        is_web_address(text)
        url_problem(text)
        with (
            patch.object(socket, "getaddrinfo", resolve),
            patch("urllib3.util.connection.create_connection", connect),
            suppress(HttpFailed),
        ):
            current_host().request("POST", text, body=b"{}", headers={"X-Test": "1"}, timeout=5.0)
    for one in asked:
        assert _is_outside(one), f"{text!r} led to {one}"


def _answer(address: Any, port: Any) -> Any:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    at = (str(address), int(port or 0)) if address.version == 4 else (str(address), int(port or 0), 0, 0)
    return family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", at


def _is_outside(text: str) -> bool:
    """Whether nothing of the shop's own can be there: what is not `OURS`."""
    address = ipaddress.ip_address(text.strip("[]"))
    mapped = getattr(address, "ipv4_mapped", None) or address
    return not any(mapped in network for network in OURS if network.version == mapped.version)


#: Where a shop's own machines are: RFC 1918, 6598, 4193, 3927, 4291, 6052, 3056, and this machine itself.
OURS = tuple(
    map(
        ipaddress.ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4"),
            *("::/128", "::1/128", "64:ff9b::/96", "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8"),
        ),
    )
)

#: By name: what is made up, and what has to hold of it.
TARGETS: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], None]]] = {
    "bodies": (BODIES, bodies),
    "data-fields": (FIELDS, data_fields),
    "definitions": (DEFINITIONS, definition),
    "templates": (TEMPLATES, template),
    "urls": (URLS, url),
}
