"""An app's page that speaks the App Bridge by hand and remembers all it heard: for looking at the dashboard alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Stand-in</title><link rel="icon" href="data:,"></head>
<body><main><h1>Stand-in</h1><p id="path"></p></main>
<script>
const dashboard = document.referrer ? new URL(document.referrer).origin : "";
document.getElementById("path").textContent = location.pathname;
/** Another one after a reload. */
window.born = crypto.randomUUID();
window.heard = [];
addEventListener("message", ({ origin, data }) => {
  if (origin === dashboard) window.heard.push(data);
});
window.heardOf = (type) => window.heard.filter((event) => event.type === type).map((event) => event.payload);
/** Ask the dashboard for something; gives its answer's `ok`, or null where none comes within two seconds. */
window.act = (type, payload = {}) => new Promise((answer) => {
  const actionId = crypto.randomUUID();
  addEventListener("message", ({ data }) => {
    if (data.type === "response" && data.payload.actionId === actionId) answer(data.payload.ok);
  });
  parent.postMessage({ type, payload: { ...payload, actionId } }, "*");
  setTimeout(() => answer(null), 2000);
});
window.act("notifyReady");
</script></body></html>"""


@contextmanager
def standin() -> Iterator[str]:
    """Serve the page at every address of a free port; gives the address without a slash at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
