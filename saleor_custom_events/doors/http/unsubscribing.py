"""`GET/POST unsubscribe/<token>`: out of marketing in one click (RFC 8058), without logging in anywhere.

GET only asks, since programs that look at mail for their readers open every link in it; POST does it. The link names
nobody: who the page is about only its reader knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from django.http import HttpRequest, HttpResponse

from saleor_custom_events.actions.base import Label
from saleor_custom_events.consent import digest_in, release, suppress
from saleor_custom_events.doors.body import read_body
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.fire import hint

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
#: More than any form of ours has, and than a mail program sends.
MAX_BODY = 4096

ASK = Label("Do you want no more marketing from this shop?", "Nie chcesz już marketingu od tego sklepu?")
YES = Label("Unsubscribe", "Wypisz mnie")
DONE = Label(
    "You are unsubscribed: this shop sends no more marketing to this address.",
    "Wypisano: ten sklep nie wyśle już marketingu na ten adres.",
)
BACK = Label("That was a mistake: subscribe again", "To pomyłka: zapisz mnie ponownie")
AGAIN = Label("You are subscribed again.", "Zapisano ponownie.")
#: The member of our own form that takes it back; a mail program sends `List-Unsubscribe=One-Click`.
AGAIN_FIELD = "subscribe-again"

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>{title}</title>
<style>
  :root {{ color-scheme: light dark }}
  body {{ margin: 15vh auto; max-width: 32rem; padding: 0 1rem; font: 1.1rem/1.6 system-ui, sans-serif }}
  button {{ font: inherit; padding: .6rem 1.2rem }}
</style></head>
<body><main><h1 style="font-size:1.4rem">{title}</h1>
{form}</main></body></html>
"""
FORM = '<form method="post"><button name="{name}" value="1">{label}</button></form>\n'


def answer_unsubscribe(request: HttpRequest, channel: str | None, *, below: str) -> HttpResponse:
    """Ask (GET), or do it (POST): `below` is the token. Raises Refused 404 where it is none of ours, 413."""
    digest = digest_in(below)
    if digest is None:
        raise Refused(404, "NOT_FOUND", "This link is not one of ours, or it was cut off on its way.")
    language = language_of(request.headers.get("Accept-Language", ""))
    if request.method != "POST":
        return _page(ASK, language, {"unsubscribe": YES})
    if AGAIN_FIELD.encode() in read_body(request, MAX_BODY):
        release(digest)
        return _page(AGAIN, language, {})
    suppress(digest)
    hint.ring()
    return _page(DONE, language, {AGAIN_FIELD: BACK})


def language_of(accepted: str) -> str:
    """Give `pl` where a browser wants Polish more than English, else `en` (RFC 9110 §12.5.4)."""
    wanted = {"en": 0.0, "pl": 0.0}
    for entry in accepted.split(","):
        name, _, parameters = entry.partition(";")
        language = name.strip().lower().partition("-")[0]
        quality = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", parameters)
        if language in wanted:
            wanted[language] = max(wanted[language], float(quality[1]) if quality else 1.0)
    return "pl" if wanted["pl"] > wanted["en"] else "en"


def _page(title: Label, language: str, buttons: Mapping[str, Label]) -> HttpResponse:
    form = "".join(FORM.format(name=name, label=escape(getattr(label, language))) for name, label in buttons.items())
    html = PAGE.format(language=language, title=escape(getattr(title, language)), form=form)
    response = HttpResponse(html, content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = POLICY
    response["Content-Language"] = language
    response["Vary"] = "Accept-Language"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    return response
