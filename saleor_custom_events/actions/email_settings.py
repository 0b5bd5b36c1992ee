"""What an author sets for a mail."""

from __future__ import annotations

from dataclasses import dataclass

from saleor_custom_events.actions.base import Input, Label
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.actions.mail_layouts import LAYOUTS
from saleor_custom_events.scenarios.limits import MAX_TEMPLATE

#: Layouts that have a button.
WITH_BUTTON = ("button", "code")


@dataclass(frozen=True, kw_only=True)
class EmailSettings:
    """Texts are rendered; values in `html` are escaped, and so is everything that a layout puts together."""

    subject: str = setting(Input.TEMPLATE, Label("Subject", "Temat"), max_length=1000)
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
        help=Label("Stands above the text.", "Nad treścią."),
        default="",
        max_length=1000,
        only_with=("layout", LAYOUTS),
    )
    text: str = setting(
        Input.TEMPLATE_BLOCK,
        Label("Text", "Treść"),
        help=Label(
            "What the mail says. An empty line begins a new paragraph.",
            "Co mówi wiadomość. Pusty wiersz zaczyna nowy akapit.",
        ),
        default="",
        max_length=MAX_TEMPLATE,
    )
    button: str = setting(
        Input.TEMPLATE,
        Label("Button", "Przycisk"),
        help=Label("What the button says.", "Napis na przycisku."),
        default="",
        max_length=250,
        only_with=("layout", WITH_BUTTON),
    )
    link: str = setting(
        Input.TEMPLATE,
        Label("Link", "Odnośnik"),
        help=Label("Where the button leads.", "Dokąd prowadzi przycisk."),
        default="",
        only_with=("layout", WITH_BUTTON),
    )
    code: str = setting(
        Input.TEMPLATE,
        Label("Code", "Kod"),
        help=Label(
            "Insert here the result of the step that issues a voucher code.",
            "Wstaw tu wynik kroku, który wydaje kod kuponu.",
        ),
        default="",
        max_length=500,
        only_with=("layout", ("code",)),
    )
    html: str = setting(
        Input.TEMPLATE_BLOCK,
        Label("HTML of your own", "Własny HTML"),
        help=Label(
            "Optional: the same message as HTML. A layout makes its own.",
            "Opcjonalnie: ta sama wiadomość jako HTML. Szablon tworzy własny.",
        ),
        default="",
        max_length=MAX_TEMPLATE,
        html=True,
        only_with=("layout", ("none",)),
        advanced=True,
    )
    language: str = setting(
        Input.CHOICE,
        Label("Language", "Język"),
        help=Label(
            "Of the words that a layout and the way to unsubscribe bring along.",
            "Słów, które dodają szablon i wypisanie się.",
        ),
        default="customer",
        advanced=True,
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
