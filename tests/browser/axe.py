"""What axe finds against WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Frame, Page

SOURCE = Path(__file__).parents[2] / "dashboard-extension" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "(tags) => axe.run(document, {runOnly: tags, iframes: false}).then((found) => found.violations)"


def violations(document: Page | Frame) -> list[str]:
    """Give a line for every element that breaks a rule: the rule, where, and what is wrong."""
    # Not as a <script>, which the page's policy forbids: evaluated from outside.
    document.evaluate(SOURCE.read_text())
    found = document.evaluate(RUN, TAGS)
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(node['target'])}: {node['failureSummary']}\n  {node['html']}"
        for rule in found
        for node in rule["nodes"]
    ]
