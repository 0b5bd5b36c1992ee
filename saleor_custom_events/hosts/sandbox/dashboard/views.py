"""Serves the dashboard: one page for every address below it, and its few files."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound

FOLDER = Path(__file__).parent / "page"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
#: The app's pages may be anywhere, as in Saleor.
POLICY = (
    "default-src 'self'; img-src 'self' data:; frame-src http: https:; "
    "base-uri 'none'; form-action 'self'; object-src 'none'"
)


def answer_dashboard(request: HttpRequest, below: str) -> HttpResponse | FileResponse:
    """Answer below `/dashboard/`: `page/<name>` is a file, everything else the page, which reads its own address."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    folder, _, name = below.partition("/")
    if folder == "page":
        return _file(name)
    page = HttpResponse((FOLDER / "index.html").read_bytes(), content_type="text/html; charset=utf-8")
    page["Content-Security-Policy"] = POLICY
    page["Cache-Control"] = "no-cache"
    return page


def _file(name: str) -> FileResponse | HttpResponseNotFound:
    known = {file.name: file for file in FOLDER.iterdir() if file.suffix in TYPES}
    if name not in known:
        return HttpResponseNotFound()
    answer = FileResponse(known[name].open("rb"), content_type=TYPES[known[name].suffix])
    answer["Cache-Control"] = "no-cache"
    return answer
