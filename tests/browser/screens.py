"""Every screen of the extension, and how to get there: for screenshots, and for what has to hold on all of them.

Whoever makes a screen adds it to SCREENS. What is clicked on the way is named in both languages: `merchant.say(…)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.merchant import Merchant
from tests.browser.shown import Shown

#: A language and a theme.
LOOKS = (("en", "light"), ("pl", "dark"))


def _stay(merchant: Merchant) -> None:
    """Nothing is clicked: the address is all."""


def _log_filters(merchant: Merchant) -> None:
    merchant.app.get_by_role("button", name=merchant.say("Filters", "Filtry"), exact=True).click()
    merchant.app.get_by_label("Status", exact=True).select_option("COMPLETED")
    merchant.app.get_by_role("button", name=merchant.say("Last 24 hours", "Ostatnie 24 godziny")).click()
    merchant.app.get_by_role("row").filter(has_text="SKIPPED_NO_SCENARIO").wait_for(state="detached")


def _data_fields(merchant: Merchant) -> None:
    merchant.app.get_by_role("tab", name=merchant.say("Data fields", "Pola danych")).click()


def _field_problems(merchant: Merchant) -> None:
    name = merchant.say("Field problems in the last 30 days", "Problemy z polami w ostatnich 30 dniach")
    merchant.app.get_by_role("region", name=name).get_by_role("table").scroll_into_view_if_needed()


def _retry(merchant: Merchant) -> None:
    merchant.app.get_by_role("button", name=merchant.say("Retry", "Ponów"), exact=True).click()


def _customer_card(merchant: Merchant) -> None:
    merchant.open_customer()
    merchant.app.get_by_role("link").last.wait_for()


def _replay(merchant: Merchant) -> None:
    merchant.app.get_by_role("button", name=merchant.say("Run again…", "Uruchom ponownie…")).click()
    merchant.app.get_by_role("checkbox", name=merchant.say("Completed", "Zakończone")).check()
    merchant.app.get_by_role("button", name=merchant.say("See what it would do", "Zobacz, co by to zrobiło")).click()
    told = merchant.app.get_by_role("region", name=merchant.say("What it would do", "Co by to zrobiło"))
    told.scroll_into_view_if_needed()


def _replays(merchant: Merchant) -> None:
    merchant.app.get_by_role("button", name=merchant.say("Run again…", "Uruchom ponownie…")).click()
    merchant.app.get_by_role("tab", name=merchant.say("Last times", "Ostatnie razy")).click()


def _erase(merchant: Merchant) -> None:
    merchant.app.get_by_role("searchbox", name=merchant.say("Customer e-mail", "E-mail klienta")).fill(
        "ben@example.com"
    )
    merchant.page.keyboard.press("Enter")
    merchant.app.get_by_role("button", name=merchant.say("Customer's data", "Dane klienta")).click()
    name = merchant.say("Erase this customer…", "Usuń dane tego klienta…")
    merchant.app.get_by_role("menuitem", name=name).click()
    merchant.app.get_by_text(merchant.say("Found by this address", "Znalezione pod tym adresem")).wait_for()


def _ask_why(merchant: Merchant) -> None:
    merchant.app.get_by_label(merchant.say("Customer e-mail", "E-mail klienta")).fill("ben@example.com")
    merchant.app.get_by_role("combobox").fill("finished-the-size-quiz")
    merchant.app.get_by_role("option").first.click()
    merchant.app.get_by_role("button", name=merchant.say("Find out", "Sprawdź")).click()
    merchant.app.locator("ol > li").first.wait_for()


def _open_first_step(merchant: Merchant) -> None:
    merchant.app.get_by_role("button", name=merchant.say("Edit step 1", "Edytuj krok 1")).click()
    merchant.app.locator("[data-form] fieldset").last.scroll_into_view_if_needed()


def _open_mail(merchant: Merchant) -> None:
    merchant.app.get_by_role("button", name=merchant.say("Edit step 2", "Edytuj krok 2")).click()
    test = merchant.app.get_by_role("button", name=merchant.say("Send a test to me", "Wyślij test do mnie"))
    merchant.app.get_by_text(merchant.say("Subject:", "Temat:"), exact=True).wait_for()
    test.scroll_into_view_if_needed()


def _find_value(merchant: Merchant) -> None:
    _open_mail(merchant)
    name = merchant.say("Insert a value into “Subject”", "Wstaw wartość do pola „Temat”")
    merchant.app.get_by_role("button", name=name).click()
    merchant.app.get_by_role("dialog", name=name).wait_for()


def _show_exits(merchant: Merchant) -> None:
    add = merchant.app.get_by_role("button", name=merchant.say("Add an exit rule", "Dodaj regułę wyjścia"))
    add.scroll_into_view_if_needed()


def _mend(merchant: Merchant) -> None:
    """A step that was added in the picture and left: what stands before publishing."""
    _as_picture(merchant)
    merchant.app.get_by_role(
        "button", name=re.compile(merchant.say("^Send webhook: add behind", "^Wyślij webhook: dodaj za"))
    ).click()
    merchant.app.get_by_role("button", name=merchant.say("Close", "Zamknij"), exact=True).click()
    merchant.app.get_by_text(
        merchant.say("1 thing to mend before publishing", "1 rzecz do poprawienia przed publikacją")
    ).first.wait_for()


def _as_picture(merchant: Merchant) -> None:
    merchant.app.get_by_text(merchant.say("Picture", "Schemat"), exact=True).click()
    merchant.app.locator(".react-flow__node").get_by_role("button", name=re.compile(r"^1\. ")).click()
    merchant.app.get_by_role("complementary").get_by_role("heading", level=2).wait_for()


def _test_scenario(merchant: Merchant) -> None:
    """In the list: what the mail would be."""
    panel = _tested(merchant)
    panel.get_by_role("button", name=re.compile(merchant.say("Step 2: ", "Krok 2: "))).last.click()
    panel.get_by_text(merchant.say("Would be done with", "Zostałoby wykonane z danymi")).wait_for()


def _test_in_picture(merchant: Merchant) -> None:
    merchant.app.get_by_text(merchant.say("Picture", "Schemat"), exact=True).click()
    merchant.app.locator(".react-flow__node").first.wait_for()
    _tested(merchant)


def _test_many(merchant: Merchant) -> None:
    merchant.app.get_by_text(merchant.say("Picture", "Schemat"), exact=True).click()
    merchant.app.locator(".react-flow__node").first.wait_for()
    merchant.app.get_by_role("button", name=merchant.say("Test", "Przetestuj"), exact=True).click()
    merchant.app.get_by_text(merchant.say("The last of the log", "Ostatnie z logu"), exact=True).click()
    _run_test(merchant)


def _tested(merchant: Merchant) -> Locator:
    merchant.app.get_by_role("button", name=merchant.say("Test", "Przetestuj"), exact=True).click()
    panel = merchant.app.get_by_role("complementary", name="Test", exact=True)
    for name, value in (("score", "82"), ("size", "M")):
        panel.get_by_role("textbox", name=re.compile(f"^{name}")).fill(value)
    _run_test(merchant)
    return panel


def _run_test(merchant: Merchant) -> None:
    panel = merchant.app.get_by_role("complementary", name="Test", exact=True)
    panel.get_by_role("button", name=merchant.say("Test", "Przetestuj"), exact=True).click()
    panel.get_by_role("region", name=merchant.say("What would happen", "Co by się stało")).wait_for()


def _results(merchant: Merchant) -> None:
    results = merchant.say("Results", "Wyniki")
    merchant.app.get_by_text(results, exact=True).click()
    merchant.app.get_by_role("complementary", name=results).get_by_role("listitem").first.wait_for()


def _results_in_picture(merchant: Merchant) -> None:
    _results(merchant)
    merchant.app.get_by_text(merchant.say("Picture", "Schemat"), exact=True).click()
    merchant.app.locator(".react-flow__node").get_by_role("button", name=re.compile(r"^1\. ")).click()
    merchant.app.get_by_role("region", name=re.compile("^(Step|Krok) 1: ")).wait_for()


def _ask_to_publish(merchant: Merchant) -> None:
    merchant.app.get_by_role("button", name=merchant.say("Publish", "Opublikuj"), exact=True).click()
    merchant.app.get_by_role("dialog").wait_for()


def _begin(merchant: Merchant) -> None:
    creating = merchant.say("Create new scenario", "Stwórz nowy scenariusz")
    merchant.app.get_by_role("button", name=creating).first.click()
    ready = merchant.say("Quiz to voucher", "Kupon za quiz")
    merchant.app.get_by_role("dialog").locator("label").filter(has_text=ready).click()
    merchant.app.get_by_role("dialog").get_by_role("region", name=re.compile(ready)).wait_for()


def _versions(merchant: Merchant) -> None:
    merchant.app.get_by_role("button", name=merchant.say("Versions", "Wersje"), exact=True).click()
    merchant.app.get_by_role("row").nth(2).wait_for()


def _history(merchant: Merchant) -> None:
    _versions(merchant)
    merchant.app.get_by_role("tab", name=merchant.say("History", "Historia")).click()
    merchant.app.get_by_role("row").nth(4).wait_for()


def _look_at_version(merchant: Merchant) -> None:
    _versions(merchant)
    merchant.app.get_by_role("button", name=merchant.say("Look at version 2", "Zobacz wersję 2")).click()
    merchant.app.get_by_text(merchant.say("Changed in this version", "Zmienione w tej wersji")).first.wait_for(
        state="attached"
    )


def _compare(merchant: Merchant) -> None:
    _versions(merchant)
    name = merchant.say("Compare version 2 with the one before", "Porównaj wersję 2 z poprzednią")
    merchant.app.get_by_role("button", name=name).click()
    merchant.app.locator("tbody[data-told]").first.wait_for()


def _revert(merchant: Merchant) -> None:
    _versions(merchant)
    name = merchant.say("Make version 1 the draft again", "Przywróć wersję 1 jako szkic")
    merchant.app.get_by_role("button", name=name).click()
    merchant.app.get_by_role("dialog").get_by_text(merchant.say("in the saved draft", "w zapisanym szkicu")).wait_for()


def _fired_by_the_store(merchant: Merchant) -> None:
    merchant.app.get_by_text(merchant.say("Choose what fires it", "Wybierz, co je wysyła")).click()
    for name in (
        merchant.say("Checkout abandoned", "Porzucono koszyk"),
        merchant.say("Order's metadata changed", "Zmieniono metadane zamówienia"),
    ):
        merchant.app.get_by_role("checkbox", name=re.compile(f"^{name}")).check()
    merchant.app.get_by_role("button", name=merchant.say("Declare them", "Zadeklaruj je")).wait_for()


def _new_key(merchant: Merchant) -> None:
    merchant.app.get_by_role("button", name=merchant.say("Create a key", "Stwórz klucz"), exact=True).first.click()
    merchant.app.get_by_role("dialog").wait_for()


def _pause_all(merchant: Merchant) -> None:
    merchant.app.get_by_role("button", name=merchant.say("Pause everything", "Wstrzymaj wszystko")).click()


def _operator_settings(merchant: Merchant) -> None:
    merchant.app.get_by_role("table").last.get_by_role("row").last.scroll_into_view_if_needed()


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen. `path` is the page's address below the extension's, made of the numbers in the store."""

    name: str
    path: Callable[[Shown], str]
    then: Callable[[Merchant], None] = _stay
    #: Of a store in which nothing was ever defined.
    empty: bool = False
    #: Its picture in English and light is in the README, as docs/images/<name>.png.
    in_readme: bool = False


def show(merchant: Merchant, screen: Screen, shown: Shown) -> None:
    """Open it, and wait until nothing moves any more."""
    merchant.open(screen.path(shown))
    merchant.settle()
    screen.then(merchant)
    merchant.settle()


SCREENS: tuple[Screen, ...] = (
    Screen("events-empty", lambda shown: "/events", empty=True),
    Screen("scenarios-empty", lambda shown: "/scenarios", empty=True),
    Screen("log-empty", lambda shown: "/log", empty=True),
    Screen("keys-empty", lambda shown: "/keys", empty=True),
    Screen("events", lambda shown: "/events", in_readme=True),
    Screen("event-new", lambda shown: "/events/new"),
    Screen("event", lambda shown: f"/events/{shown.events['finished-the-size-quiz']}"),
    Screen("event-problems", lambda shown: f"/events/{shown.events['asked-for-a-stock-alert']}", _field_problems),
    Screen("event-happenings", lambda shown: "/events/new", _fired_by_the_store),
    Screen("replay", lambda shown: f"/log/event/{shown.events['finished-the-size-quiz']}", _replay),
    Screen("replays-empty", lambda shown: "/log", _replays, empty=True),
    Screen("replays", lambda shown: "/log", _replays),
    Screen("customer-card", lambda shown: "/log", _customer_card),
    Screen("customer-card-empty", lambda shown: "/log", _customer_card, empty=True),
    Screen("keys", lambda shown: "/keys"),
    Screen("key-new", lambda shown: "/keys", _new_key),
    Screen("settings", lambda shown: "/settings"),
    Screen("settings-pause-all", lambda shown: "/settings", _pause_all),
    Screen("settings-operator", lambda shown: "/settings", _operator_settings),
    Screen("scenarios", lambda shown: "/scenarios"),
    Screen("scenario-new", lambda shown: "/scenarios", _begin),
    Screen("scenario-versions", lambda shown: f"/scenarios/{shown.scenarios['Follow up by mail']}", _versions),
    Screen("scenario-history", lambda shown: f"/scenarios/{shown.scenarios['Follow up by mail']}", _history),
    Screen("scenario-version", lambda shown: f"/scenarios/{shown.scenarios['Follow up by mail']}", _look_at_version),
    Screen("scenario-compare", lambda shown: f"/scenarios/{shown.scenarios['Follow up by mail']}", _compare),
    Screen("scenario-revert", lambda shown: f"/scenarios/{shown.scenarios['Follow up by mail']}", _revert),
    Screen("scenario", lambda shown: f"/scenarios/{shown.scenarios['Remember the size']}", in_readme=True),
    Screen("scenario-forms", lambda shown: f"/scenarios/{shown.scenarios['Remember the size']}", _open_first_step),
    Screen("scenario-mail", lambda shown: f"/scenarios/{shown.scenarios['Follow up by mail']}", _open_mail),
    Screen("scenario-values", lambda shown: f"/scenarios/{shown.scenarios['Follow up by mail']}", _find_value),
    Screen("scenario-exits", lambda shown: f"/scenarios/{shown.scenarios['Follow up by mail']}", _show_exits),
    Screen("scenario-test", lambda shown: f"/scenarios/{shown.scenarios['Follow up by mail']}", _test_scenario),
    Screen(
        "scenario-publish", lambda shown: f"/scenarios/{shown.scenarios['Welcome after the quiz']}", _ask_to_publish
    ),
    Screen("log", lambda shown: "/log"),
    Screen("log-filters", lambda shown: "/log", _log_filters),
    Screen("log-erase", lambda shown: "/log", _erase),
    Screen("log-off", lambda shown: f"/log/event/{shown.events['viewed-a-page']}"),
    Screen("log-of-event", lambda shown: f"/log/event/{shown.events['finished-the-size-quiz']}"),
    Screen("log-of-scenario", lambda shown: f"/log/scenario/{shown.scenarios['Back in stock']}"),
    Screen("invocation-failed", lambda shown: f"/log/invocation/{shown.invocations['failed']}", in_readme=True),
    Screen("invocation-waiting", lambda shown: f"/log/invocation/{shown.invocations['waiting']}"),
    Screen("invocation-retry", lambda shown: f"/log/invocation/{shown.invocations['failed']}", _retry),
    Screen("invocation-completed", lambda shown: f"/log/invocation/{shown.invocations['completed']}"),
    Screen("invocation-fields", lambda shown: f"/log/invocation/{shown.invocations['completed']}", _data_fields),
    Screen("invocation-of-a-browser", lambda shown: f"/log/invocation/{shown.invocations['waiting']}", _data_fields),
    Screen("invocation-skipped", lambda shown: f"/log/invocation/{shown.invocations['skipped']}"),
    Screen("why", lambda shown: "/why"),
    Screen("why-answered", lambda shown: "/why", _ask_why),
    Screen("not-found", lambda shown: "/nowhere"),
    Screen("scenario-results", lambda shown: f"/scenarios/{shown.scenarios['Remember the size']}", _results),
    # Last: the choice is kept.
    Screen(
        "scenario-test-picture", lambda shown: f"/scenarios/{shown.scenarios['Remember the size']}", _test_in_picture
    ),
    Screen("scenario-test-many", lambda shown: f"/scenarios/{shown.scenarios['Remember the size']}", _test_many),
    Screen(
        "scenario-results-picture",
        lambda shown: f"/scenarios/{shown.scenarios['Remember the size']}",
        _results_in_picture,
    ),
    Screen("scenario-to-mend", lambda shown: f"/scenarios/{shown.scenarios['Remember the size']}", _mend),
    Screen("scenario-picture", lambda shown: f"/scenarios/{shown.scenarios['Remember the size']}", _as_picture),
)
NOTHING = Shown(events={}, scenarios={}, invocations={})
