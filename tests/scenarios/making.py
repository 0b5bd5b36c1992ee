"""Definitions for tests, with as little in them as can be."""

from __future__ import annotations

from typing import Any

START = {"id": "start", "type": "customEvent", "event": 7}
SCORE = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}


def definition(*steps: Any, starts: Any = (START,)) -> dict[str, Any]:
    return {"spec": 1, "starts": list(starts), "steps": list(steps)}


def condition(when: Any, then: str | None = None, **values: Any) -> dict[str, Any]:
    return {"id": "c", "type": "condition", "branches": [{"when": when, "next": then}], **values}


def wait(id: str = "w", duration: Any = "PT1H", **values: Any) -> dict[str, Any]:
    return {"id": id, "type": "wait", "duration": duration, **values}


def leaf(id: str = "x") -> dict[str, Any]:
    return {"id": id, "type": "exit"}


#: One definition with every member that the format knows.
FULL: dict[str, Any] = {
    "spec": 1,
    "starts": [
        {
            "id": "start",
            "type": "customEvent",
            "event": 7,
            "filter": {"all": [SCORE, {"left": "occurrence.channel", "operator": "oneOf", "right": ["pl", "us"]}]},
            "reentry": "once",
            "allowUnverified": True,
        },
        {"id": "start2", "type": "customEvent", "event": 8, "filter": None},
    ],
    "steps": [
        {
            "id": "s1",
            "type": "condition",
            "label": "High score?",
            "branches": [
                {
                    "when": {
                        "any": [
                            {"not": {"left": "customer.metadata.tier", "operator": "isSet"}},
                            {
                                "left": "dataFields.total",
                                "operator": "lessThan",
                                "right": {"amount": "10.00", "currency": "PLN"},
                            },
                            {"left": "dataFields.day", "operator": "equals", "right": {"date": "2026-01-02"}},
                            {
                                "left": "occurrence.occurredAt",
                                "operator": "greaterThan",
                                "right": {"dateTime": "2026-01-02T10:00:00+01:00"},
                            },
                        ]
                    },
                    "next": "s2",
                    "label": "New",
                },
                {"when": {"left": "customer.exists", "operator": "equals", "right": True}, "next": "s3"},
            ],
            "otherwise": None,
        },
        {"id": "s2", "type": "wait", "duration": "P1DT2H3M4S", "next": "s3", "label": ""},
        {"id": "s3", "type": "action", "action": "send_webhook", "config": {"url": "https://x.example/"}, "next": "s4"},
        {
            "id": "s4",
            "type": "condition",
            "branches": [{"when": {"left": "steps.s3.status", "operator": "equals", "right": 200}, "next": "s5"}],
        },
        {"id": "s5", "type": "exit"},
    ],
}
