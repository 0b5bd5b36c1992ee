"""An invocation's state as the JSON that is kept between two rounds of the worker."""

from __future__ import annotations

from datetime import UTC, datetime

from saleor_custom_events.scenarios.progress import State
from saleor_custom_events.scenarios.values import Json


def state_to_json(state: State) -> dict[str, Json]:
    """Give `{"step", "visit", "waitUntil", "outputs", "repeats", "variables", "since", "consented"}`.

    Times in ISO 8601, UTC.
    """
    until = state.wait_until
    return {
        "step": state.step,
        "visit": state.visit,
        "waitUntil": until.astimezone(UTC).isoformat() if until else None,
        "outputs": {step: dict(output) for step, output in state.outputs.items()},
        "repeats": state.repeats,
        "variables": dict(state.variables),
        "since": state.since.astimezone(UTC).isoformat() if state.since else None,
        "consented": state.consented,
    }


def state_from_json(raw: Json) -> State:
    """Read back what `state_to_json` wrote. ValueError where it did not."""
    if not isinstance(raw, dict):
        raise ValueError("A state is an object.")
    step, visit, until = raw.get("step"), raw.get("visit"), raw.get("waitUntil")
    outputs = raw.get("outputs")
    if not (step is None or isinstance(step, str)) or not isinstance(visit, int):
        raise ValueError("A state has a step and the number of its visit.")
    if not isinstance(outputs, dict) or not all(isinstance(given, dict) for given in outputs.values()):
        raise ValueError("A state has outputs by step.")
    # Releases before each of these wrote none.
    repeats, variables, since = raw.get("repeats"), raw.get("variables"), raw.get("since")
    return State(
        step=step,
        visit=visit,
        wait_until=datetime.fromisoformat(until) if isinstance(until, str) else None,
        outputs={name: given for name, given in outputs.items() if isinstance(given, dict)},
        repeats=repeats if isinstance(repeats, int) else None,
        variables={k: v for k, v in variables.items() if isinstance(v, str)} if isinstance(variables, dict) else {},
        since=datetime.fromisoformat(since) if isinstance(since, str) else None,
        consented=raw.get("consented") is True,
    )
