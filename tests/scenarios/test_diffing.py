"""What differs between two definitions."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from saleor_custom_events.scenarios.diffing import Change, Difference, diff

START = {"id": "start", "type": "customEvent", "event": 7}


def a_wait(step: str, duration: str = "PT1H", **more: Any) -> dict[str, Any]:
    return {"id": step, "type": "wait", "duration": duration, **more}


def a_definition(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"spec": 1, "starts": [START], "steps": list(steps), **more}


def said(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.id, change.kind.value) for change in changes]


def members(change: Change) -> list[tuple[str, Any, Any]]:
    return [(member.place, member.before, member.after) for member in change.members]


def test_what_is_the_same_has_no_difference() -> None:
    one = a_definition(a_wait("a", next=None), {"id": "end", "type": "exit"})
    same = {"steps": [{"type": "wait", "id": "a", "duration": "PT1H"}, one["steps"][1]], "starts": [START], "spec": 1}

    assert diff(one, same) == Difference(starts=(), steps=(), exits=(), members=())
    assert diff(one, same).is_empty


def test_steps_are_told_apart_by_their_ids() -> None:
    found = diff(a_definition(a_wait("a"), a_wait("b")), a_definition(a_wait("b", "PT2H"), a_wait("c", label="Sleep")))

    assert said(found.steps) == [("b", "changed"), ("c", "added"), ("a", "removed")]
    changed, added, removed = found.steps
    assert members(changed) == [("duration", "PT1H", "PT2H")]
    assert (added.type, added.label, added.before, added.after) == ("wait", "Sleep", None, a_wait("c", label="Sleep"))
    assert (removed.before, removed.after) == (a_wait("a"), None)
    assert not found.is_empty


def test_a_step_that_stands_elsewhere_is_moved_and_the_others_are_not() -> None:
    one, two, three, four = map(a_wait, "abcd")

    assert said(diff(a_definition(one, two, three, four), a_definition(four, one, two, three)).steps) == [
        ("d", "moved")
    ]
    # What comes in between or goes moves nobody.
    assert said(diff(a_definition(one, two, three), a_definition(four, one, three)).steps) == [
        ("d", "added"),
        ("b", "removed"),
    ]


def test_a_step_can_be_changed_and_moved_at_once() -> None:
    (change,) = diff(a_definition(a_wait("a"), a_wait("b"), a_wait("c")),
                     a_definition(a_wait("c", "P1D"), a_wait("a"), a_wait("b"))).steps  # fmt: skip

    assert (change.id, change.kind.value, change.moved) == ("c", "changed", True)


def test_settings_and_branches_are_compared_one_by_one_and_conditions_as_a_whole() -> None:
    def look(score: int, subject: str, *more: dict[str, Any]) -> dict[str, Any]:
        when = {"left": "dataFields.score", "operator": "greaterThan", "right": score}
        branches = [{"when": when, "next": "mail"}, *more]
        config = {"subject": subject, "text": "Hello"}
        mail = {"id": "mail", "type": "action", "action": "send_email", "config": config}
        return a_definition({"id": "look", "type": "condition", "branches": branches}, mail)

    other = {"when": {"left": "customer.exists", "operator": "equals", "right": True}, "next": None}
    condition, mail = diff(look(5, "Hi"), look(9, "Hello", other)).steps

    assert [(place, after) for place, _, after in members(condition)] == [
        ("branches[0].when", {"left": "dataFields.score", "operator": "greaterThan", "right": 9}),
        ("branches[1]", other),
    ]
    assert members(mail) == [("config.subject", "Hi", "Hello")]


def test_start_points_exit_rules_and_other_members() -> None:
    before = a_definition(exits=[{"type": "event", "event": 9}, {"type": "orderPlaced"}])
    after = a_definition(exits=[{"type": "event", "event": 8}, {"type": "consentWithdrawn"}], note="x")
    after["starts"] = [{**START, "reentry": "once"}, {"id": "second", "type": "customEvent", "event": 8}]

    found = diff(before, after)

    assert said(found.starts) == [("start", "changed"), ("second", "added")]
    assert said(found.exits) == [
        ("event:8", "added"),
        ("consentWithdrawn", "added"),
        ("event:9", "removed"),
        ("orderPlaced", "removed"),
    ]
    assert [(member.place, member.after) for member in found.members] == [("note", "x")]


def test_one_is_not_true() -> None:
    found = diff(a_definition(a_wait("a", label=1)), a_definition(a_wait("a", label=True)))

    assert members(found.steps[0]) == [("label", 1, True)]


def test_drafts_that_are_unfinished_are_compared_all_the_same() -> None:
    unfinished = {"steps": [{"type": "wait"}, "nonsense", {"id": 5}, {"id": "a"}, {"id": "a", "x": 1}], "starts": None}

    found = diff(unfinished, a_definition())

    assert said(found.steps) == [("wait", "removed"), ("#3", "removed"), ("a", "removed"), ("a (2)", "removed")]
    assert diff([], "nonsense").is_empty


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
                    max_leaves=8)  # fmt: skip
ITEMS = st.lists(
    JSON
    | st.fixed_dictionaries(
        {"id": st.sampled_from("abcde")}, optional={"x": JSON, "next": st.sampled_from("abcde") | JSON}
    ),
    max_size=6,
)
DRAFTS = st.fixed_dictionaries({"spec": st.just(1) | JSON}, optional={"starts": ITEMS, "steps": ITEMS, "exits": ITEMS})


@given(DRAFTS, DRAFTS)
def test_whatever_is_compared_nothing_differs_from_itself_and_both_ways_say_the_same(one: Any, other: Any) -> None:
    assert diff(one, one).is_empty
    there, back = diff(one, other), diff(other, one)
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    named = {(change.id, turned[change.kind]) for change in there.steps if change.kind != "moved"}
    assert named == {(change.id, change.kind.value) for change in back.steps if change.kind != "moved"}
    assert there.is_empty == back.is_empty
    # Somebody is told of everything that came or went.
    assert {change.id for change in there.steps if change.kind in ("added", "removed")} <= {
        change.id for change in there.steps if change.told is not None
    }


def a_look(step: str, *ways: str | None, otherwise: str | None = None) -> dict[str, Any]:
    branches = [{"when": {"left": "dataFields.x", "operator": "isSet"}, "next": way} for way in ways]
    return {"id": step, "type": "condition", "branches": branches, "otherwise": otherwise}


END = {"id": "end", "type": "exit"}


def told(found: Difference) -> list[tuple[str, str]]:
    return [(change.id, change.told.value) for change in found.steps if change.told is not None]


def follows(found: Difference) -> list[tuple[str, str]]:
    return [(change.id, member.place) for change in found.steps for member in change.members if member.follows]


def test_whose_way_goes_past_what_came_or_went_is_not_told_to_have_changed() -> None:
    short = a_definition(a_wait("a", next="end"), END)
    long = a_definition(a_wait("a", next="new"), a_wait("new", next="newer"), a_wait("newer", next="end"), END)

    there, back = diff(short, long), diff(long, short)

    assert told(there) == [("new", "added"), ("newer", "added")]
    assert told(back) == [("new", "removed"), ("newer", "removed")]
    assert follows(there) == follows(back) == [("a", "next")]


def test_a_way_that_is_aimed_elsewhere_is_a_change() -> None:
    before = a_definition(a_look("look", "a", otherwise="b"), a_wait("a", next="b"), a_wait("b", next="end"), END)
    after = a_definition(a_look("look", "a", otherwise="end"), a_wait("a", next="b"), a_wait("b", next="end"), END)

    found = diff(before, after)

    assert told(found) == [("look", "changed")]
    assert members(found.steps[0]) == [("otherwise", "b", "end")]
    assert follows(found) == []


def test_a_condition_that_is_put_in_between_changes_nobody_and_an_exit_that_is_taken_away_neither() -> None:
    before = a_definition(a_wait("a", next="b"), a_wait("b", next="end"), END)
    after = a_definition(a_wait("a", next="look"), a_look("look", "b", otherwise=None), a_wait("b", next=None))

    assert told(diff(before, after)) == [("look", "added"), ("end", "removed")]


def test_a_step_is_moved_where_the_flow_comes_to_it_elsewhere_and_not_where_it_is_written_elsewhere() -> None:
    flow = [a_wait("a", next="b"), a_wait("b", next="c"), a_wait("c", next="end"), END]
    other_way_round = [flow[0], END, flow[2], flow[1]]
    moved = [a_wait("a", next="c"), a_wait("b", next="end"), a_wait("c", next="b"), END]

    assert diff(a_definition(*flow), a_definition(*other_way_round)).is_empty
    found = diff(a_definition(*flow), a_definition(*moved))
    assert told(found) == [("c", "moved")]
    assert [change.kind.value for change in found.steps] == ["changed"] * 3


def test_a_flow_that_goes_round_is_compared_all_the_same() -> None:
    round_and_round = a_definition(a_wait("a", next="b"), a_wait("b", next="a"), a_wait("c", next="c"))

    found = diff(a_definition(a_wait("a", next=None)), round_and_round)
    assert told(found) == [("a", "changed"), ("b", "added"), ("c", "added")]
