"""Where an invocation and a step run can stand, and the stable codes of why."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where an invocation stands. The first two are under way, the others are ends."""

    RUNNING = "running"  # due now, or a worker is at it
    WAITING = "waiting"  # for a time: a wait step, or the next try of an action
    COMPLETED = "completed"
    FAILED = "failed"
    SKIPPED = "skipped"  # did not start; the reason says why
    CANCELLED = "cancelled"


class StepStatus(StrEnum):
    """Where a step run stands."""

    TRYING = "trying"  # marked; the outside effect may be under way
    RETRYING = "retrying"  # failed, will be tried again
    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNKNOWN = "unknown"  # at most once, and nobody can say whether it happened


class Identity(StrEnum):
    """How far the customer's identity is trusted."""

    TOKEN = "token"  # noqa: S105 - the customer's own Saleor token
    TRUSTED = "trusted"  # vouched for by a server key, app, staff or the store itself
    UNVERIFIED = "unverified"  # only a public key says so
    ANONYMOUS = "anonymous"  # nobody in particular: an anonymous id only

    @property
    def is_verified(self) -> bool:
        """Whether mails, vouchers, changes of the customer are allowed without the start point's switch."""
        return self in (Identity.TOKEN, Identity.TRUSTED)


class Reason(StrEnum):
    """Why something did not happen, or ended otherwise than by its last step. Stable, shown, filterable."""

    NO_SCENARIO = "SKIPPED_NO_SCENARIO"
    FILTER = "SKIPPED_FILTER"
    REENTRY = "SKIPPED_REENTRY"
    DEBOUNCED = "SKIPPED_DEBOUNCED"  # a later occurrence took its place
    RATE_LIMIT = "SKIPPED_RATE_LIMIT"
    UNVERIFIED_CAP = "SKIPPED_UNVERIFIED_CAP"  # an unverified address, and as many of it as a day allows
    PAUSED = "SKIPPED_PAUSED"
    UNVERIFIED = "SKIPPED_UNVERIFIED"
    NO_IDENTITY = "SKIPPED_NO_IDENTITY"  # the step or re-entry rule needs a customer, and there is none
    NO_CUSTOMER = "SKIPPED_NO_CUSTOMER"  # an action on a customer whom the store does not know
    NO_EMAIL = "SKIPPED_NO_EMAIL"
    CUSTOMER_NOT_FOUND = "CUSTOMER_NOT_FOUND"  # named by a hash or a phone number, and the store knows nobody by it
    NO_CONSENT = "SKIPPED_NO_CONSENT"  # marketing, and the store knows of no consent
    UNSUBSCRIBED = "SKIPPED_UNSUBSCRIBED"  # marketing, and the address was unsubscribed
    HOPS = "SKIPPED_HOPS"  # events that fire events, too deep
    NO_DATE = "SKIPPED_NO_DATE"  # there was no date to wait for
    EXIT = "EXITED"
    EXIT_EARLY = "EXITED_EARLY"  # an exit rule let go of it while it waited
    EXIT_PAST = "EXITED_PAST"  # the date that it was to wait for had passed
    ACTION = "FAILED_ACTION"
    RETRIES = "FAILED_RETRIES"  # tried as often as allowed
    TEMPLATE = "FAILED_TEMPLATE"
    DEFINITION = "FAILED_DEFINITION"
    LIMIT = "FAILED_LIMIT"
    QUARANTINED = "FAILED_QUARANTINED"  # workers died on it
    UNKNOWN = "UNKNOWN_OUTCOME"
    CANCELLED = "CANCELLED_BY_STAFF"
    RESTARTED = "CANCELLED_RESTARTED"  # the same customer entered again
    HELD_ALL = "HELD_ALL"  # everything is paused; it goes on when that ends
    HELD_EVENT = "HELD_EVENT"  # it has not begun: its event is paused
    HELD_ACTION = "HELD_ACTION"  # it stands before an action that is paused
    ERASED = "SKIPPED_ERASED"  # told after the customer was erased, of a time before
    CANCELLED_ERASED = "CANCELLED_ERASED"  # the customer was erased while it was under way
