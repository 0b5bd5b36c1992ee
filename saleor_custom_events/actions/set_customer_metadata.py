"""The action "set customer metadata": merged into the customer in the step's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saleor_custom_events.actions.base import Action, Effect, Input, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.values import Json


@dataclass(frozen=True, kw_only=True)
class MetadataSettings:
    """`entries`: keys as they are, values rendered."""

    entries: Mapping[str, str] = setting(
        Input.TEMPLATE_MAP,
        Label("Entries", "Wpisy"),
        help=Label(
            "Keys and their new values; other keys stay as they are.",
            "Klucze i ich nowe wartości; pozostałe klucze się nie zmienią.",
        ),
    )
    private: bool = setting(
        Input.BOOLEAN,
        Label("Private metadata", "Metadane prywatne"),
        help=Label(
            "Only staff and apps can read private metadata.",
            "Metadane prywatne mogą odczytać tylko pracownicy i aplikacje.",
        ),
        default=False,
    )


class SetCustomerMetadata(Action[MetadataSettings]):
    """Writes into the customer's metadata."""

    name = "set_customer_metadata"
    label = Label("Set customer metadata", "Ustaw metadane klienta")
    help = Label(
        "Writes values into the metadata of the customer's account.",
        "Zapisuje wartości w metadanych konta klienta.",
    )
    effect = Effect.WITH_STEP
    Settings = MetadataSettings
    permissions = frozenset({"MANAGE_USERS"})
    needs_verified = True
    needs_customer = True

    def foresee(self, settings: MetadataSettings, invocation: InvocationFacts) -> Reason | None:
        """Without a customer there is nothing to write into."""
        return Reason.NO_CUSTOMER if invocation.customer is None else None

    def perform(self, settings: MetadataSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        """Write the entries; skipped where the store knows no such customer (any more)."""
        if (reason := self.foresee(settings, invocation)) is not None:
            return Outcome(skipped=reason)
        if not services.set_customer_metadata(settings.entries, private=settings.private):
            return Outcome(skipped=Reason.NO_CUSTOMER)
        keys: list[Json] = [*sorted(settings.entries)]
        return Outcome(result={"keys": keys, "private": settings.private})
