"""Every screen in Saleor's own dashboard, in both languages and themes, as pictures to look at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.building import Axe
from tests.browser.conftest import NewMerchant
from tests.browser.screens import LOOKS, SCREENS, show
from tests.browser.screenshots import smaller
from tests.browser.shown import Shown, fill
from tests.saleor.browser.merchant import SaleorMerchant, SaleorStore

PICTURES = Path(__file__).parents[3] / ".test" / "saleor" / "screenshots"
#: The dashboard's own pages, to compare with.
THEIRS = ("discounts/vouchers", "discounts/sales", "customers", "extensions/installed")


@pytest.fixture(scope="module")
def shown(seen_store: SaleorStore, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """Give the demo's events, scenarios and firings, in Saleor."""
    return fill(seen_store, tmp_path_factory.mktemp("shown"))  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_every_screen_is_shown_and_axe_finds_nothing(
    new_merchant: NewMerchant, shown: Shown, axe: Axe, language: str, theme: str
):
    PICTURES.mkdir(parents=True, exist_ok=True)
    merchant = new_merchant().log_in().switch_language(language).switch_theme(theme)
    assert isinstance(merchant, SaleorMerchant)
    for screen in SCREENS:
        if not screen.empty:
            show(merchant, screen, shown)
            _keep(merchant, f"{screen.name}.{language}-{theme}")
            axe(merchant.document)
    for path in THEIRS:
        merchant.page.goto(merchant.store.dashboard_url + path)
        merchant.await_navigation()
        merchant.page.wait_for_load_state("networkidle")
        _keep(merchant, f"dashboards-{re.sub('[^a-z]+', '-', path)}.{language}-{theme}")


def _keep(merchant: SaleorMerchant, name: str) -> None:
    (PICTURES / f"{name}.png").write_bytes(smaller(merchant.page.screenshot(animations="disabled")))
