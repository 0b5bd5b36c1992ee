"""`make bench ARGS=--only-editor`: the picture of 80 steps, opened, dragged in and typed beside, in Chromium."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Frame, Locator

from saleor_custom_events.hosts.sandbox.embedded import Servers
from tests.bench.figures import show, show_share
from tests.browser.building import Drafted, drafted, field, wait_step, webhook_step
from tests.browser.chromium import chromium
from tests.browser.merchant import Merchant
from tests.host_contract.making import Maker
from tests.live.store import LiveStore, running

STEPS = 80
ROUNDS = 5
#: Moves of the pointer in one drag, and letters typed in one round.
MOVES, LETTERS = 90, 30
#: A laptop beside this machine: Chromium holds its own threads up by as much.
SLOWER = 4
#: In every frame: when all STEPS were drawn, when somebody clicked, how long frames and tasks take meanwhile.
WATCH = """
const count = () => document.querySelectorAll('.react-flow__node-step').length;
const look = () => count() >= 80 && window.drawn === undefined
  && requestAnimationFrame(() => setTimeout(() => { window.drawn ??= performance.now() }));
new MutationObserver(look).observe(document, { childList: true, subtree: true });
addEventListener('click', (event) => { window.clicked = event.timeStamp; window.drawn = undefined }, true);
window.tasks = [];
new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.tasks.push(duration) })
  .observe({ type: 'longtask' });
window.frames = [];
window.watchFrames = () => {
  let before = performance.now();
  window.frames = []; window.tasks = []; window.watching = true;
  const next = (now) => {
    window.frames.push(now - before);
    before = now;
    if (window.watching) requestAnimationFrame(next);
  };
  requestAnimationFrame((now) => { before = now; requestAnimationFrame(next) });
};
window.letters = [];
addEventListener('keydown', (event) => requestAnimationFrame(() => setTimeout(() => {
  window.letters.push(performance.now() - event.timeStamp);
})), true);
"""
AS_PICTURE = "try { localStorage.setItem('saleor-custom-events.scenario-view', 'picture') } catch {}"


def measure_editor(servers: Servers) -> None:
    """Print every figure of the editor. The store and the browser are on the same cores."""
    folder = Path(tempfile.mkdtemp(prefix="custom-events-bench-"))
    with running(servers, folder) as live, chromium() as browser:
        scenario = _eighty(live)
        print("measuring the editor …", file=sys.stderr, flush=True)
        _opening(browser, live, scenario)
        for slower, name in ((1, "editor_80_steps"), (SLOWER, f"editor_80_steps_cpu_{SLOWER}x_slower")):
            with _merchant(browser, live) as merchant:
                merchant.open(f"/scenarios/{scenario.number}")
                app = _drawn(merchant)
                session = merchant.page.context.new_cdp_session(merchant.page)
                session.send("Performance.enable", {"timeDomain": "threadTicks"})
                session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
                before = _busy(session)
                _dragging(merchant, app, name)
                between = _busy(session)
                _typing(merchant, app, name)
                if slower == 1:
                    show(f"{name}_drag_cpu_per_move", [(between - before) / (ROUNDS * MOVES)], "ms")
                    show(f"{name}_cpu_per_key", [(_busy(session) - between) / (ROUNDS * LETTERS)], "ms")


def _busy(session: CDPSession) -> float:
    """Give the milliseconds for which the page's thread had a processor: what else the machine does is not in it."""
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def _eighty(live: LiveStore) -> Drafted:
    """Make eight conditions with two branches of waits and webhooks each: 80 steps."""
    event = Maker(live).event(dataFields=[{"name": "score", "type": "NUMBER"}])
    steps: list[dict[str, Any]] = []
    for group in range(8):
        follows = f"c{group + 1}" if group < 7 else None
        branch = {
            "when": {"left": "dataFields.score", "operator": "greaterThan", "right": group},
            "next": f"y{group}0",
        }
        steps.append({"id": f"c{group}", "type": "condition", "branches": [branch], "otherwise": f"n{group}0"})
        for side, length in (("y", 5), ("n", 4)):
            for at in range(length):
                id, to = f"{side}{group}{at}", f"{side}{group}{at + 1}" if at < length - 1 else follows
                steps.append(wait_step(id, to) if at % 2 else webhook_step(id, f"https://example.com/{id}", to))
    assert len(steps) == STEPS
    return drafted(live, event, *steps)


@contextmanager
def _merchant(browser: Browser, live: LiveStore) -> Iterator[Merchant]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    merchant = Merchant(context.new_page(), live)
    merchant.page.add_init_script(AS_PICTURE)
    merchant.page.add_init_script(WATCH)
    yield merchant.log_in()
    context.close()


def _drawn(merchant: Merchant) -> Frame:
    merchant.app.locator(".react-flow__node-step").first.wait_for()
    app: Frame = merchant.document
    app.wait_for_function("window.drawn !== undefined")
    return app


def _opening(browser: Browser, live: LiveStore, scenario: Drafted) -> None:
    """Open it by its address with a cold cache, and from the list of scenarios."""
    cold, clicked = [], []
    for _ in range(ROUNDS):
        with _merchant(browser, live) as merchant:
            merchant.open(f"/scenarios/{scenario.number}")
            cold.append(float(_drawn(merchant).evaluate("window.drawn")))
            merchant.go_to("Scenarios")
            merchant.app.get_by_role("link", name=scenario.name, exact=True).click()
            clicked.append(float(_drawn(merchant).evaluate("window.drawn - window.clicked")))
    show("editor_80_steps_open_cold", cold, "ms")
    show("editor_80_steps_open_from_list", clicked, "ms")


def _dragging(merchant: Merchant, app: Frame, name: str) -> None:
    """Drag a step around the picture and let it go where nothing takes it."""
    frames, tasks = [], []
    step = merchant.app.locator(".react-flow__node-step").first
    for _ in range(ROUNDS):
        x, y = _middle(step)
        mouse = merchant.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 8, y + 8)
        app.evaluate("window.watchFrames()")
        for move in range(MOVES):
            mouse.move(x + 8 + 3 * (move % 45), y + 8 + move)
        moved = step.evaluate("(element) => element.classList.contains('dragging')")
        assert moved, "nothing was dragged"
        seen = app.evaluate("(window.watching = false, { frames: window.frames, tasks: window.tasks })")
        mouse.move(x, y)
        mouse.up()
        frames += seen["frames"]
        tasks.append(max(seen["tasks"], default=0))
    show(f"{name}_drag_frame", frames, "ms")
    show_share(f"{name}_drag_frame_p95", frames, 95, "ms")
    show(f"{name}_drag_longest_task", [max(tasks)], "ms")


def _typing(merchant: Merchant, app: Frame, name: str) -> None:
    """Type the name of a step beside the picture: from the key to the picture that shows it."""
    merchant.app.locator(".react-flow__node-step button").first.click()
    field(merchant.app, "Name of this step").click()
    app.evaluate("window.letters = []")
    for _ in range(ROUNDS):
        merchant.page.keyboard.type("a" * LETTERS, delay=20)
    letters = app.evaluate("window.letters")
    show(f"{name}_key_to_paint", letters, "ms")
    show_share(f"{name}_key_to_paint_p95", letters, 95, "ms")


def _middle(step: Locator) -> tuple[float, float]:
    box = step.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + 6
