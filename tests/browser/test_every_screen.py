"""What has to hold on every screen, in both languages and themes."""

from __future__ import annotations

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import NewMerchant
from tests.browser.screens import LOOKS, NOTHING, SCREENS, show
from tests.browser.shown import Shown
from tests.live.store import LiveStore


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_axe_finds_nothing_and_the_page_says_its_language(
    new_merchant: NewMerchant, shown_store: tuple[LiveStore, Shown], empty_store: LiveStore, language: str, theme: str
):
    full, shown = shown_store
    faults = []
    for store in (empty_store, full):
        merchant = new_merchant(store).log_in()
        merchant.switch_language(language).switch_theme(theme)
        for screen in SCREENS:
            if screen.empty is (store is empty_store):
                show(merchant, screen, NOTHING if screen.empty else shown)
                faults += [f"{screen.name}: {fault}" for fault in violations(merchant.document)]
                if merchant.document.evaluate("() => document.documentElement.lang") != language:
                    faults.append(f"{screen.name}: <html lang> is not {language}")
    assert not faults, "\n".join(["", *faults])
