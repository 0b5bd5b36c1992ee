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
        {
            "id": "start3",
            "type": "customEvent",
            "event": 7,
            "reentry": "oncePerPeriod",
            "period": "P7D",
            "customerFilter": {"left": "customer.exists", "operator": "equals", "right": True},
            "flow": {"type": "debounce", "quiet": "PT10M", "atMost": "PT1H", "key": "customer"},
        },
        {
            "id": "start4",
            "type": "customEvent",
            "event": 7,
            "reentry": "restart",
            "flow": {"type": "throttle", "count": 100, "per": "PT1H", "key": "dataFields.size"},
        },
        {"id": "start5", "type": "customEvent", "event": 7, "flow": {"type": "rateLimit", "count": 1, "per": "P1D"}},
        {"id": "start6", "type": "customEvent", "event": 7, "flow": {"type": "oneAtATime", "key": None}},
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
            "branches": [{"when": {"left": "steps.s3.status", "operator": "equals", "right": 200}, "next": "s6"}],
            "otherwise": "s5",
        },
        {"id": "s5", "type": "exit"},
        {
            "id": "s6",
            "type": "split",
            "branches": [{"weight": 30, "next": "s7", "label": "A"}, {"weight": 70, "next": "s8"}],
        },
        {
            "id": "s7",
            "type": "waitUntil",
            "date": "dataFields.visit",
            "offset": "-P1DT2H",
            "past": "exit",
            "next": "s9",
        },
        {
            "id": "s8",
            "type": "waitForTime",
            "time": "09:00",
            "weekdays": ["mon", "sun"],
            "zone": {"from": "dataFields.zone"},
            "next": "s9",
        },
        {
            "id": "s9",
            "type": "waitForEvent",
            "event": 8,
            "filter": {"left": "dataFields.total", "operator": "isSet"},
            "timeout": "P3D",
            "happened": "s10",
            "timedOut": "s11",
        },
        {"id": "s10", "type": "setVariable", "name": "total", "value": "{{ steps.s9.total }}", "next": "s11"},
        {"id": "s11", "type": "comment", "text": "Ask Ola.", "next": None},
    ],
    "exits": [
        {"type": "event", "event": 9, "filter": {"left": "occurrence.channel", "operator": "isSet"}},
        {"type": "orderPlaced"},
        {"type": "consentWithdrawn"},
    ],
}
