"""What an author sets for a mail."""

from __future__ import annotations

from dataclasses import dataclass

from saleor_custom_events.actions.base import Input, Label
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.scenarios.limits import MAX_TEMPLATE


@dataclass(frozen=True, kw_only=True)
class EmailSettings:
    """Texts are rendered; values in `html` are escaped, and so is everything that a layout puts together."""

    subject: str = setting(Input.TEMPLATE, Label("Subject", "Temat"), max_length=1000)
    text: str = setting(
        Input.TEMPLATE_BLOCK,
        Label("Text", "Treść"),
        help=Label(
            "The message as plain text. Where it is left out, it is made from the HTML.",
            "Wiadomość jako zwykły tekst. Gdy jej brak, powstanie z HTML.",
        ),
        default="",
        max_length=MAX_TEMPLATE,
    )
    html: str = setting(
        Input.TEMPLATE_BLOCK,
        Label("HTML", "HTML"),
        help=Label(
            "Optional: the same message as HTML. A layout makes its own.",
            "Opcjonalnie: ta sama wiadomość jako HTML. Szablon tworzy własny.",
        ),
        default="",
        max_length=MAX_TEMPLATE,
        html=True,
    )
    layout: str = setting(
        Input.CHOICE,
        Label("Layout", "Szablon"),
        help=Label("A ready look, made of the text.", "Gotowy wygląd, utworzony z treści."),
        default="none",
        choices=(
            ("none", Label("None", "Brak")),
            ("letter", Label("Letter", "List")),
            ("button", Label("Letter with a button", "List z przyciskiem")),
            ("code", Label("Voucher code", "Kod kuponu")),
        ),
    )
    heading: str = setting(
        Input.TEMPLATE,
        Label("Heading", "Nagłówek"),
        help=Label("Of a layout, above the text.", "Szablonu, nad treścią."),
        default="",
        max_length=1000,
    )
    button: str = setting(
        Input.TEMPLATE,
        Label("Button", "Przycisk"),
        help=Label("What the button of a layout says.", "Napis na przycisku szablonu."),
        default="",
        max_length=250,
    )
    link: str = setting(
        Input.TEMPLATE,
        Label("Link", "Odnośnik"),
        help=Label("Where the button leads.", "Dokąd prowadzi przycisk."),
        default="",
    )
    code: str = setting(
        Input.TEMPLATE,
        Label("Code", "Kod"),
        help=Label(
            "What the layout “Voucher code” shows, for example {{ steps.s1.code }}.",
            "Co pokazuje szablon „Kod kuponu”, na przykład {{ steps.s1.code }}.",
        ),
        default="",
        max_length=500,
    )
    language: str = setting(
        Input.CHOICE,
        Label("Language", "Język"),
        help=Label(
            "Of the words that a layout and the way to unsubscribe bring along.",
            "Słów, które dodają szablon i wypisanie się.",
        ),
        default="customer",
        choices=(
            ("customer", Label("The customer's", "Klienta")),
            ("en", Label("English", "Angielski")),
            ("pl", Label("Polish", "Polski")),
        ),
    )
    marketing: bool = setting(
        Input.BOOLEAN,
        Label("This is marketing", "To jest marketing"),
        help=Label(
            "Only for who agreed and did not unsubscribe; with a way to unsubscribe in one click.",
            "Tylko dla osób, które wyraziły zgodę i się nie wypisały; z wypisaniem się jednym kliknięciem.",
        ),
        default=False,
    )
