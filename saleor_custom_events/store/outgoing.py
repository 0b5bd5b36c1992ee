"""What leaves the shop: mail and HTTP requests, and how they end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One message to one address, already rendered."""

    to: str
    subject: str
    text: str
    html: str = ""
    #: Includes the angle brackets; the same for every try of the same step.
    message_id: str
    #: The shop's own sender where empty.
    sender: str = ""
    channel: str | None = None
    #: More lines of its head.
    headers: Mapping[str, str] = field(default_factory=dict)


class MailFailed(Exception):
    """The message was certainly not accepted.

    `again`: whether the server refused it for now (SMTP 4xx, no connection). An end that leaves open
    whether it was accepted (connection lost after the body) is `MailUnknown` instead.
    """

    def __init__(self, message: str, *, again: bool) -> None:
        super().__init__(message)
        self.again = again


class MailUnknown(Exception):
    """Nobody can say whether the message was accepted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HttpAnswer:
    """What a receiver answered."""

    status: int
    headers: Mapping[str, str]
    #: The first 4 KiB, decoded leniently.
    body: str
    seconds: float


class HttpFailed(Exception):
    """The request got no answer.

    `again` is False where it never can (a refused address, a broken URL).
    """

    def __init__(self, message: str, *, again: bool) -> None:
        super().__init__(message)
        self.again = again
