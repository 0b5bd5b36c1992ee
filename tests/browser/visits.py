"""What visitors do, and what the log shows of it then: each firing exactly once. The same for every store."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.browser.storefront import Storefront


class Visits:
    """Collected below a store: `storefront` says which."""

    def test_a_guest_fires_from_another_origin(self, storefront: Storefront) -> None:
        page = storefront.visit()
        told = storefront.fire(page, score=82, size="M")
        (row,) = storefront.rows()
        assert told == {"occurrenceId": row["occurrence"]["occurrenceId"]}
        assert row["occurrence"]["identity"] == "ANONYMOUS"
        fields = {field["name"]: field["value"] for field in row["occurrence"]["dataFields"]}
        assert fields == {"score": "82", "size": "M"}
        assert storefront.api.firings[0]["url"] == f"{storefront.origin}/"

    def test_a_customer_who_is_logged_in_is_known_by_their_token(self, storefront: Storefront) -> None:
        page = storefront.visit(consent=True, customer="customer")
        storefront.fire(page)
        (row,) = storefront.rows()
        assert row["occurrence"]["identity"] == "TOKEN"
        assert row["customerEmail"] == storefront.api.store.cast["customer"]["email"]

    @pytest.mark.parametrize("customer", ["", "customer"])
    def test_what_happens_offline_is_sent_when_the_browser_is_online_again(
        self, storefront: Storefront, customer: str
    ) -> None:
        page = storefront.visit(customer=customer)
        storefront.context.set_offline(True)
        assert [storefront.fire(page, number=number) for number in (1, 2)] == [{"queued": True}] * 2
        assert storefront.rows() == []
        storefront.context.set_offline(False)
        rows = storefront.wait_for_rows(2)
        storefront.fire(page, number=3)
        assert len(storefront.rows()) == 3, "each of them once"
        assert {row["occurrence"]["identity"] for row in rows} == {"TOKEN" if customer else "ANONYMOUS"}

    def test_what_happened_offline_before_the_page_was_closed_is_sent_at_the_next_visit(
        self, storefront: Storefront
    ) -> None:
        page = storefront.visit(consent=True)
        storefront.context.set_offline(True)
        storefront.fire(page)
        page.close()
        storefront.context.set_offline(False)
        page = storefront.visit(consent=True)
        storefront.wait_for_rows(1)
        storefront.wait_until_nothing_waits(page)
        first, second = storefront.api.firings[-1], storefront.fire(page)
        assert second["occurrenceId"]
        assert len(storefront.rows()) == 2
        assert datetime.fromisoformat(first["occurredAt"]) < datetime.fromisoformat(
            storefront.api.firings[-1]["occurredAt"]
        )
        assert first["anonymousId"] == storefront.api.firings[-1]["anonymousId"]

    @pytest.mark.parametrize("then", ["location.replace('about:blank')", "location.reload()"])
    def test_a_page_that_is_left_in_the_same_moment_has_fired(self, storefront: Storefront, then: str) -> None:
        page = storefront.visit()
        storefront.begin_to_fire(page, then)
        storefront.wait_for_rows(1)
        storefront.fire(storefront.visit())
        assert len(storefront.rows()) == 2, "each of them once"

    def test_a_page_that_is_closed_before_the_answer_came_sends_it_again_and_it_is_once(
        self, storefront: Storefront
    ) -> None:
        page = storefront.visit(consent=True)
        storefront.api.answering.clear()
        storefront.begin_to_fire(page)
        storefront.wait_for_rows(1)
        page.close()
        storefront.api.answering.set()
        page = storefront.visit(consent=True)
        storefront.wait_until_nothing_waits(page)
        first, second = storefront.api.firings
        assert first == second
        assert len(storefront.rows()) == 1

    def test_several_tabs_send_what_waits_and_it_is_once(self, storefront: Storefront) -> None:
        tabs = [storefront.visit(consent=True) for _ in range(3)]
        storefront.context.set_offline(True)
        storefront.fire(tabs[0])
        storefront.context.set_offline(False)
        for tab in tabs:
            tab.evaluate("client.flush()")
        storefront.wait_until_nothing_waits(tabs[0])
        assert len({firing["idempotencyKey"] for firing in storefront.api.firings}) == 1
        assert len(storefront.rows()) == 1

    def test_a_refusal_is_told_to_the_page(self, storefront: Storefront) -> None:
        page = storefront.visit()
        code = page.evaluate("client.fire('no-such-event').catch((refusal) => refusal.code)")
        assert code == "EVENT_NOT_FOUND"

    def test_a_body_that_is_too_large_is_refused_and_does_not_wait_for_ever(self, storefront: Storefront) -> None:
        page = storefront.visit()
        fire = "(event) => client.fire(event, { text: 'x'.repeat(70_000) }).catch((refusal) => refusal.code)"
        assert page.evaluate(fire, storefront.event.slug) == "BODY_TOO_LARGE"

    def test_without_consent_nothing_is_stored_and_withdrawn_it_goes(self, storefront: Storefront) -> None:
        page = storefront.visit()
        storefront.fire(page)
        kept = "Object.keys(localStorage).filter((name) => name !== 'consent').length"
        assert page.evaluate(kept) == 0
        page = storefront.visit(consent=True)
        storefront.fire(page)
        assert page.evaluate(kept) == 1
        page.evaluate("localStorage.setItem('consent', 'no')")
        page.evaluate("client.flush()")
        assert page.evaluate(kept) == 0
        assert page.context.cookies() == []

    def test_a_page_of_an_origin_that_the_key_is_not_bound_to_is_refused(self, storefront: Storefront) -> None:
        storefront.origin = storefront.origin.replace("localhost", "127.0.0.1")
        page = storefront.visit()
        code = page.evaluate("(event) => client.fire(event).catch((refusal) => refusal.code)", storefront.event.slug)
        assert code == "ORIGIN_NOT_ALLOWED"
        assert storefront.rows() == []
