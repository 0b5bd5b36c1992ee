"""What the merchant of the demo has defined: events and scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

QUIZ = "finished-the-size-quiz"
TABLE = "looked-at-the-size-table"
PAGE = "viewed-a-page"

REMEMBER = "Remember the size"
STYLIST = "Tell the stylist"
FOLLOW_UP = "Follow up by mail"
COUNT = "Count page views"

#: Paths of the demo's own webhook receiver.
STYLIST_PATH = "/stylist"
COUNT_PATH = "/page-views"

EVENTS: tuple[Mapping[str, Any], ...] = (
    {
        "name": "Finished the size quiz",
        "slug": QUIZ,
        "description": "A visitor has answered all questions of the size quiz.",
        "public": True,
        "dataFields": [
            {"name": "score", "type": "NUMBER", "required": True},
            {"name": "size", "type": "STRING", "required": True},
        ],
        "violations": "REJECT",
    },
    {
        "name": "Looked at the size table",
        "slug": TABLE,
        "description": "Nobody listens to this one: the log shows it all the same.",
    },
    {
        "name": "Viewed a page",
        "slug": PAGE,
        "description": "Too frequent to log; its scenario runs without leaving a row.",
        "logging": False,
    },
)


@dataclass(frozen=True, slots=True)
class ScenarioToMake:
    """A scenario by its name, with the event that starts it and its steps; the first step is where it begins."""

    name: str
    event: str
    steps: tuple[Mapping[str, Any], ...]
    #: What its start point has beside the event.
    start: Mapping[str, Any] = field(default_factory=dict)
    #: Types of exit rules.
    exits: tuple[str, ...] = ()
    published: bool = True
    paused: bool = False

    def draft(self, numbers: Mapping[str, int]) -> dict[str, Any]:
        """Give the definition; `numbers` are the events' numbers by slug."""
        event = numbers[self.event]
        start = {"id": "start", "type": "customEvent", "event": event, "reentry": "every", **self.start}
        draft: dict[str, Any] = {"spec": 1, "starts": [start], "steps": [dict(step) for step in self.steps]}
        return {**draft, "exits": [{"type": kind} for kind in self.exits]} if self.exits else draft


def scenarios(receiver: str, wait: str) -> tuple[ScenarioToMake, ...]:
    """Give the scenarios; `receiver` is the webhook receiver's address, `wait` an ISO 8601 duration."""
    return (
        ScenarioToMake(REMEMBER, QUIZ, _remember()),
        ScenarioToMake(STYLIST, QUIZ, (_webhook(receiver + STYLIST_PATH),)),
        ScenarioToMake(FOLLOW_UP, QUIZ, _follow_up(wait), exits=("orderPlaced", "consentWithdrawn")),
        ScenarioToMake(COUNT, PAGE, (_webhook(receiver + COUNT_PATH),)),
    )


def _remember() -> tuple[Mapping[str, Any], ...]:
    sure = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
    return (
        {
            "id": "sure",
            "type": "condition",
            "label": "Is the quiz sure?",
            "branches": [{"when": sure, "next": "keep", "label": "score above 50"}],
            "otherwise": "leave",
        },
        {
            "id": "keep",
            "type": "action",
            "action": "set_customer_metadata",
            "config": {"entries": {"size": "{{ dataFields.size }}"}},
            "next": None,
        },
        {"id": "leave", "type": "exit"},
    )


def _webhook(url: str) -> Mapping[str, Any]:
    return {"id": "tell", "type": "action", "action": "send_webhook", "config": {"url": url}, "next": None}


def _follow_up(wait: str) -> tuple[Mapping[str, Any], ...]:
    mail = {
        "subject": "Your size: {{ dataFields.size }}",
        "text": "Hello,\n\nthe quiz says {{ dataFields.size }}. It is {{ dataFields.score }} % sure.\n",
    }
    return (
        {"id": "sleep", "type": "wait", "duration": wait, "next": "mail"},
        {"id": "mail", "type": "action", "action": "send_email", "config": mail, "next": None},
    )
