"""Templates: what they print, what they may not do, and what a check says before anybody is written to."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saleor_custom_events.scenarios.limits import MAX_RENDERED, MAX_TEMPLATE
from saleor_custom_events.scenarios.template_sandbox import Sandbox
from saleor_custom_events.scenarios.templates import TemplateFailed, check_template, context_of, names_in, render
from saleor_custom_events.scenarios.values import DataField, FieldType, Json, Money
from tests.scenarios.test_conditions import ANN, OCCURRENCE_FACTS

FIELDS = (
    DataField("score", FieldType.NUMBER, Decimal("12.50")),
    DataField("none", FieldType.NUMBER, Decimal(0)),
    DataField("tiny", FieldType.NUMBER, Decimal("0.0000000001")),
    DataField("total", FieldType.MONEY, Money(Decimal("199.90"), "PLN")),
    DataField("name", FieldType.STRING, "<b>Zoë & co</b>"),
    DataField("day", FieldType.DATE, date(2026, 1, 2)),
    DataField("at", FieldType.DATETIME, datetime(2026, 1, 2, 9, 30, tzinfo=UTC)),
    DataField("agreed", FieldType.BOOLEAN, True),
    DataField("size quiz.v2", FieldType.STRING, "M"),
    DataField("long", FieldType.TEXT, "x" * 16_000),
)
OUTPUTS: dict[str, dict[str, Json]] = {"hook": {"status": 200, "ratio": 0.1, "tags": ["a", "b"]}}


def context(known: bool = True) -> Mapping[str, object]:
    return context_of(
        replace(OCCURRENCE_FACTS, fields=FIELDS),
        customer=ANN if known else None,
        scenario_id=3,
        scenario_name="Welcome",
        scenario_version=2,
        outputs=OUTPUTS,
    )


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ event.number }} {{ event.slug }} {{ event.name }}", "7 quiz Quiz"),
        ("{{ occurrence.registeredAt }} {{ occurrence.channel }}", "2026-01-05T10:00:00+00:00 pl"),
        ("{{ occurrence.occurredAt }} {{ occurrence.identity }}", "2026-01-05T10:00:00+00:00 trusted"),
        ("{{ occurrence.id | size }} {{ occurrence.url }}", "36 https://shop.example/"),
        ("{{ scenario.id }} {{ scenario.name }} {{ scenario.version }}", "3 Welcome 2"),
        ("{{ steps.hook.status }} {{ steps.hook.ratio }} {{ steps.hook.tags | join: '+' }}", "200 0.1 a+b"),
        ("{{ customer.email }} {{ customer.firstName }} {{ customer.groups | first }}", "ann@example.com Ann VIP"),
        ("{{ customer.metadata.x }} {{ customer.joinedAt | date: '%Y' }}", "1 2026"),
        ("{{ dataFields.score }} {{ dataFields.tiny }}", "12.50 0.0000000001"),
        (
            "{{ dataFields.total }} {{ dataFields.total.amount }} {{ dataFields.total.currency }}",
            "199.90 PLN 199.90 PLN",
        ),
        ("{{ dataFields.agreed }} {{ dataFields['size quiz.v2'] }}", "true M"),
        ("{{ dataFields.day }} {{ dataFields.day | date: '%d.%m.%Y' }}", "2026-01-02 02.01.2026"),
        ("{{ dataFields.at | date: '%H:%M' }} {{ 'soon' | date: '%H:%M' }}", "09:30 soon"),
        ("{% for tag in steps.hook.tags %}{{ forloop.index }}{{ tag }} {% endfor %}", "1a 2b "),
        ("{% assign n = 2 %}{% capture c %}{{ n }}!{% endcapture %}{{ c }}{% comment %}no{% endcomment %}", "2!"),
        ("{% case event.slug %}{% when 'quiz' %}yes{% else %}no{% endcase %}", "yes"),
        ("{% raw %}{{ not this }}{% endraw %}", "{{ not this }}"),
        ("{%- if true -%}  tight  {%- endif -%}", "tight"),
    ],
)
def test_what_a_template_sees(template: str, text: str) -> None:
    assert check_template(template) is None
    assert render(template, context()) == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ dataFields.score | plus: 0.1 }}", "12.60"),
        ("{{ dataFields.score | minus: 12 }}", "0.50"),
        ("{{ dataFields.score | times: 3 }}", "37.50"),
        ("{{ dataFields.total.amount | times: 0.23 | round: 2 }}", "45.98"),
        ("{{ dataFields.score | divided_by: 5 }}", "2.50"),
        ("{{ 7 | divided_by: 2 }} {{ 7 | modulo: 2 }}", "3 1"),
        ("{{ 10 | divided_by: dataFields.score }}", "0.8"),
        ("{{ dataFields.score | round }} {{ dataFields.score | ceil }} {{ dataFields.score | floor }}", "13 13 12"),
        ("{{ 'a\"b' | json }} {{ dataFields.score | json }} {{ 3 | json }}", '"a\\"b" "12.50" 3'),
        ("{{ dataFields.gone | json }} {{ true | json }}", "null true"),
        ("{{ customer.groups | json }} {{ 'a b' | split: ' ' | json }}", '["VIP"] ["a", "b"]'),
        ("{{ steps.hook | json }}", '{"status": 200, "ratio": "0.1", "tags": ["a", "b"]}'),
        ("{{ dataFields.total | json }}", '"199.90 PLN"'),
        ("{{ '-1.5' | abs }} {{ 3 | at_most: 2 }} {{ 3 | at_least: dataFields.score }}", "1.5 2 12.50"),
        ("{{ 'many' | plus: 1 }} {{ nothing | plus: 1 }} {{ true | plus: 1 }}", "1 1 1"),
        ("{% if dataFields.score == 12.5 and dataFields.score > 12.4 and dataFields.score <= 13 %}ok{% endif %}", "ok"),
        ("{% if dataFields.none %}set{% endif %}{% if dataFields.none == false %}false{% endif %}", "set"),
        ("{{ dataFields.none | default: 5 }} {{ dataFields.gone | default: 5 }}", "0 5"),
    ],
)
def test_numbers_are_decimals(template: str, text: str) -> None:
    assert render(template, context()) == text


def test_what_is_missing_prints_nothing() -> None:
    assert (
        render("[{{ dataFields.gone.deep | upcase }}{{ customer.firstName }}{{ steps.x.y }}]", context(False)) == "[]"
    )
    assert (
        render("{% for x in dataFields.gone %}x{% endfor %}{% if dataFields.gone > 5 %}x{% endif %}", context()) == ""
    )


def test_the_email_of_somebody_unknown_is_the_occurrences() -> None:
    assert render("{{ customer.email }} {{ customer.exists }}", context(False)) == "ann@example.com false"


@pytest.mark.parametrize(
    ("template", "html"),
    [
        ("{{ dataFields.name }}", "&lt;b&gt;Zoë &amp; co&lt;/b&gt;"),
        ("<i>{{ dataFields.total }}</i>", "<i>199.90 PLN</i>"),
        ("{% capture c %}{{ dataFields.name }}{% endcapture %}{{ c }}", "&lt;b&gt;Zoë &amp; co&lt;/b&gt;"),
        ("{{ '<i>' | append: dataFields.name }}", "<i>&lt;b&gt;Zoë &amp; co&lt;/b&gt;"),
        ("{{ dataFields.name | prepend: '<i>' }}", "<i>&lt;b&gt;Zoë &amp; co&lt;/b&gt;"),
        ("{{ dataFields.name | replace: 'Zoë', '<i>' }}", "&lt;b&gt;&lt;i&gt; &amp; co&lt;/b&gt;"),
        ("{{ 'a-b' | replace: '-', dataFields.name }}", "a&lt;b&gt;Zoë &amp; co&lt;/b&gt;b"),
        ("{{ dataFields.name | escape }}{{ dataFields.name | newline_to_br }}", "&lt;b&gt;Zoë &amp; co&lt;/b&gt;" * 2),
        ("{{ dataFields.name | split: ' ' | join: '<br>' }}", "&lt;b&gt;Zoë<br>&amp;<br>co&lt;/b&gt;"),
        ("{{ dataFields.name | upcase | strip | truncate: 6 }}", "&lt;B&gt;..."),
        ("{{ dataFields.name | url_encode }}", "%3Cb%3EZo%C3%AB+%26+co%3C%2Fb%3E"),
        ("{{ dataFields.day | date: dataFields.name }}", "&lt;b&gt;Zoë &amp; co&lt;/b&gt;"),
    ],
)
def test_html_escapes_whatever_a_value_went_through(template: str, html: str) -> None:
    assert render(template, context(), html=True) == html


@pytest.mark.parametrize(
    "template",
    [
        "{% include 'secrets' %}",
        "{% render '/etc/passwd' %}",
        "{% liquid echo 1 %}",
        "{% increment x %}",
        "{% tablerow x in y %}{% endtablerow %}",
        "{% extends 'x' %}",
        "{{ 'x' | safe }}",
        "{{ 'x' | escapejs }}",
        "{{ 'x' | base64_decode }}",
        "{% if x %}{{ 'x' | nothing }}{% endif %}",
        "{% assign x = 'x' | nothing %}",
        "{{ 'x' ",
        "{% if x %}",
        "{% endif %}",
        "{{ x | }}",
        "{{ 'a' 'b' }}",
        "{% for x %}{% endfor %}",
        "{% comment %}",
        "{% raw %}",
        "{% doc %}x{% enddoc %}",
        "{% if true %}" * 40 + "{% endif %}" * 40,
        "{{ a" + "[a" * 400 + "]" * 400 + "}}",
        "x" * (MAX_TEMPLATE + 1),
        "{{ 1 }}" * 2001,
    ],
)
def test_what_is_no_template_here(template: str) -> None:
    problem = check_template(template)
    assert problem is not None
    assert problem.code == "INVALID_TEMPLATE"
    with pytest.raises(TemplateFailed):
        render(template, context())


@pytest.mark.parametrize("end", ["1000000000000", "event.number", "'9'", "dataFields.score"])
@pytest.mark.parametrize(
    "template",
    [
        "{%% for x in (1..%s) reversed %%}{%% endfor %%}",
        "{%% for x in y limit: (1..%s) %%}{%% endfor %%}",
        "{%% assign x = (1..%s) %%}",
        "{{ (1..%s) | join: 'x' }}",
        "{{ 'x' | append: (1..%s) }}",
        "{%% if (1..%s) contains 'x' %%}{%% endif %%}",
        "{%% unless y and (1..%s) == 1 %%}{%% endunless %%}",
        "{%% case (1..%s) %%}{%% when 1 %%}{%% endcase %%}",
        "{%% case 1 %%}{%% when (1..%s) %%}{%% endcase %%}",
        "{%% cycle (1..%s) %%}",
        "{%% capture x %%}{{ (1..%s) }}{%% endcapture %%}",
    ],
)
def test_ranges_are_short_and_written_out(template: str, end: str) -> None:
    problem = check_template(template % end)
    assert problem is not None
    assert "range" in problem.message


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in (1..1000) %}{% endfor %}{% for a in (1..1) %}{% endfor %}",
        "{% for a in (1..100) %}{% for b in (1..100) %}{% endfor %}{% endfor %}",
        "{% for a in (1..100) %}{{ dataFields.long }}{% endfor %}",
        "{% assign x = dataFields.long %}{% for a in (1..50) %}{% assign x = x | append: x %}{% endfor %}",
        "{% assign x = dataFields.long %}{% for a in (1..50) %}{% capture x %}{{x}}{{x}}{% endcapture %}{% endfor %}",
        "{{ dataFields.long | replace: '', dataFields.long }}",
        "{{ dataFields.long | replace: 'x', dataFields.long }}",
        "{{ dataFields.long | split: '' | join: dataFields.long }}",
        "{% assign x = 9 %}{% for a in (1..100) %}{% assign x = x | times: x %}{% endfor %}",
        "{% assign x = dataFields.score %}{% for a in (1..100) %}{% assign x = x | times: x %}{% endfor %}",
        "{% for a in (1..1000) %}" + "{{ a.b.c.d.e.f.g.h }}" * 100 + "{% endfor %}",
        "{% for a in (1..1000) %}" + "{{ dataFields.long | upcase | size }}" * 20 + "{% endfor %}",
        "{{ 1 | divided_by: 0 }}",
        "{{ dataFields.score | modulo: 0 }}",
        "{{ dataFields.day | date: dataFields.long }}",
        "{% if dataFields.name > 5 %}{% endif %}",
    ],
)
def test_what_a_template_may_not_do_when_it_runs(template: str) -> None:
    assert check_template(template) is None
    with pytest.raises(TemplateFailed):
        render(template, context())


@pytest.mark.parametrize(
    "template",
    [
        "{{" * 30_000,
        "{%" * 30_000,
        "{{" + " " * 60_000 + "}}",
        "{%if" + " " * 60_000,
        "{% raw %}{{" * 5_000,
        "{% doc %}" * 7_000,
        ("{{" + ("a" + " " * 99) * 9 + "}}") * 70,
        ("{{ " + "(" * 980 + "}}") * 66,
        ("{{ " + "\"'" * 490 + "}}") * 66,
        ("{{" + " -" * 450 + "}}") * 70,
    ],
    ids=lambda template: template[:12].strip(),
)
def test_what_makes_lexers_slow_is_refused_quickly(template: str) -> None:
    before = time.perf_counter()
    assert check_template(template) is not None
    assert time.perf_counter() - before < 5, "Liquid alone needs minutes for the first of these"


def test_a_fault_names_its_line() -> None:
    for template in ("one\ntwo\n{{ 'x' | nothing }}", "one\ntwo\n{% if %}{% endif %}", "one\ntwo\n{{ open"):
        problem = check_template(template)
        assert problem is not None
        assert problem.message.startswith("line 3: ")


def test_a_name_that_is_none_is_found_before_publishing() -> None:
    problem = check_template("{{ custmer.email }}")
    assert problem is not None
    assert (problem.code, "'custmer'" in problem.message) == ("UNKNOWN_NAME", True)
    assert check_template("{% assign own = 1 %}{% for item in steps.a.b %}{{ own }}{{ item }}{% endfor %}") is None


def test_a_failure_shows_no_value() -> None:
    with pytest.raises(TemplateFailed) as failed:
        render("{% if dataFields.name > 5 %}{% endif %}", context())
    assert "Zoë" not in str(failed.value)


def test_nothing_that_cannot_be_stored_comes_out() -> None:
    odd = {"dataFields": {"x": "a\0b", "y": "\ud800"}}
    assert render("{{ dataFields.x }}", odd) == "ab"
    with pytest.raises(TemplateFailed):
        render("{{ dataFields.y }}", odd)


def test_the_names_a_template_looks_at() -> None:
    assert names_in("{{ customer.email }}{% assign x = dataFields.a %}{{ x }}") == {"customer", "dataFields"}


PIECES = st.sampled_from(
    [
        "{{ ",
        " }}",
        "{% ",
        " %}",
        "if ",
        "endif",
        "for x in ",
        "endfor",
        "assign x = ",
        "case ",
        "when ",
        "endcase",
        "dataFields.name",
        "dataFields.score",
        "dataFields.total",
        "customer.groups",
        "steps.hook.tags",
        "x",
        "'a'",
        " | ",
        "upcase",
        "join",
        "split: ''",
        "plus: 1",
        "round: 2",
        "date: '%Y'",
        "slice: 1, 2",
        "first",
        "size",
        "(1..3)",
        " == ",
        " contains ",
        " and ",
        ", ",
        "\n",
        "raw",
        "endraw",
        "capture x",
        "endcapture",
        "[0]",
        ".size",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join), st.booleans())
@settings(max_examples=500, deadline=None)
def test_anything_renders_or_fails_as_a_template(template: str, html: bool) -> None:
    try:
        assert len(render(template, context(), html=html)) <= MAX_RENDERED
    except TemplateFailed as failed:
        assert str(failed)


FILTERS = st.sampled_from(sorted(Sandbox().filters))
VALUES = st.sampled_from(
    ["dataFields.name", "dataFields.score", "dataFields.total", "steps.hook.tags", "gone", "true", "3"]
)
APPLIED = st.tuples(FILTERS, st.lists(VALUES | st.just("'%Y'"), max_size=3))


@given(VALUES, st.lists(APPLIED, min_size=1, max_size=4), st.booleans())
@settings(max_examples=500, deadline=None)
def test_any_filters_on_any_values(value: str, filters: list[tuple[str, list[str]]], html: bool) -> None:
    chain = "".join(f" | {name}: {', '.join(arguments)}" for name, arguments in filters)
    try:
        render(f"{{{{ {value}{chain} }}}}", context(), html=html)
    except TemplateFailed as failed:
        assert "Zoë" not in str(failed)
