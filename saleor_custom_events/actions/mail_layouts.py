"""Ready layouts of mails, and the plain text of one that is only HTML. Pure: texts in, texts out.

Written for mail programs: one column, tables and inline styles, no image, no script, nothing loaded from anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from saleor_custom_events.actions.base import Label

#: The words that layouts bring along.
YOUR_CODE = Label("Your code", "Twój kod")
UNSUBSCRIBE = Label("You do not want mail like this? Unsubscribe", "Nie chcesz takich wiadomości? Wypisz się z nich")
LAYOUTS = ("letter", "button", "code")

_INK, _QUIET, _LINE = "#1a1a1a", "#6b6b6b", "#d9d9d9"
_FONT = "font-family:Arial,Helvetica,sans-serif"
_PAGE = (
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title></head>\n'
    '<body style="margin:0;padding:24px 12px;background:#f5f5f5">\n'
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">\n'
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
    'style="max-width:560px;background:#ffffff;border-radius:8px"><tr><td style="padding:32px;{font};color:{ink};'
    'font-size:16px;line-height:24px">\n{inner}\n</td></tr></table>\n</td></tr></table>\n</body></html>\n'
)
_BREAKS = re.compile(r"\n[ \t]*\n\s*")
_END = re.compile(r"</body\s*>", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """What a layout puts together, as plain text; the empty ones are left out."""

    title: str
    heading: str = ""
    text: str = ""
    button: str = ""
    link: str = ""
    code: str = ""


def laid_out(layout: str, parts: Parts, language: str) -> tuple[str, str]:
    """Give a mail's text and HTML in one of `LAYOUTS`; everything is escaped. `language`: `en` or `pl`."""
    word = getattr(YOUR_CODE, language)
    plain = [parts.heading, parts.text.strip()]
    rich = [_heading(parts.heading), *map(_paragraph, _BREAKS.split(parts.text.strip()))]
    if layout == "code" and parts.code:
        plain.append(f"{word}: {parts.code}")
        rich.append(_code(word, parts.code))
    if layout in ("button", "code") and parts.link:
        plain.append(f"{parts.button}: {parts.link}" if parts.button else parts.link)
        rich.append(_button(parts.button or parts.link, parts.link))
    inner = "\n".join(part for part in rich if part)
    html = _PAGE.format(language=language, title=escape(parts.title), font=_FONT, ink=_INK, inner=inner)
    return "\n\n".join(part for part in plain if part) + "\n", html


def _heading(text: str) -> str:
    return f'<h1 style="margin:0 0 16px;font-size:24px;line-height:32px">{escape(text)}</h1>' if text else ""


def _paragraph(text: str) -> str:
    broken = escape(text).replace("\n", "<br>\n")
    return f'<p style="margin:0 0 16px">{broken}</p>' if text else ""


def _button(label: str, link: str) -> str:
    return (
        f'<p style="margin:24px 0"><a href="{escape(link)}" style="display:inline-block;padding:12px 24px;'
        f'background:{_INK};color:#ffffff;text-decoration:none;border-radius:6px">{escape(label)}</a></p>'
    )


def _code(word: str, code: str) -> str:
    return (
        f'<p style="margin:24px 0 8px;color:{_QUIET};font-size:14px">{word}</p>'
        f'<p style="margin:0 0 24px;padding:16px;border:1px dashed {_LINE};border-radius:6px;text-align:center;'
        f'font-size:22px;letter-spacing:2px;font-weight:bold">{escape(code)}</p>'
    )


def with_unsubscribe(text: str, html: str, url: str, language: str) -> tuple[str, str]:
    """Give the same mail with the way out at its end, in both parts."""
    word = getattr(UNSUBSCRIBE, language)
    footer = (
        f'<p style="margin:24px auto 0;max-width:560px;{_FONT};font-size:12px;line-height:18px;color:{_QUIET};'
        f'text-align:center"><a href="{escape(url)}" style="color:{_QUIET}">{escape(word)}</a></p>\n'
    )
    text = f"{text.rstrip()}\n\n-- \n{word}: {url}\n"
    if not html:
        return text, ""
    ends = [found.start() for found in _END.finditer(html)]
    end = ends[-1] if ends else len(html)
    return text, html[:end] + footer + html[end:]


class _Reader(HTMLParser):
    """Reads HTML as somebody without pictures would."""

    # Not "head", whose end may be left out: what of it prints is its title.
    _HIDDEN = frozenset({"style", "script", "title"})
    _BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "section"})
    _LINES = frozenset({"br", "tr", "li"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._hidden = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self._hidden += tag in self._HIDDEN
        if tag in self._BLOCKS:
            self.said.append("\n\n")
        elif tag in self._LINES:
            self.said.append("\n")
        if tag == "li":
            self.said.append("- ")
        elif tag == "img" and not self._hidden:
            self.said.append(named.get("alt") or "")
        elif tag == "a":
            self._links.append((named.get("href") or "", len(self.said)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in self._BLOCKS:
            self.said.append("\n\n")
        elif tag == "a" and self._links:
            link, begin = self._links.pop()
            words = "".join(self.said[begin:]).strip()
            if link.startswith(("http://", "https://", "mailto:")) and link.removeprefix("mailto:") != words:
                self.said.append(f" ({link})")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(re.sub(r"\s+", " ", data))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """`<![…>` is a comment to every browser; Python raises AssertionError where it does not know the word in it."""
        return self.parse_bogus_comment(i)


def text_of(html: str) -> str:
    """Give the plain text of an HTML mail: paragraphs, lists, and links with their addresses. Never raises."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(reader.said).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
