"""What an author sets for a webhook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saleor_custom_events.actions.base import Input, Label
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.scenarios.limits import MAX_TEMPLATE

JSON = "application/json"
_METHODS = tuple((name, Label(name, name)) for name in ("POST", "PUT", "PATCH", "DELETE"))
_TYPES = (
    (JSON, Label("JSON", "JSON")),
    ("text/plain", Label("Text", "Tekst")),
    ("application/x-www-form-urlencoded", Label("Form", "Formularz")),
    ("application/xml", Label("XML", "XML")),
)


@dataclass(frozen=True, kw_only=True)
class WebhookSettings:
    """`message`, `headers` and `body` are rendered; the standard body is otherwise fixed by the invocation."""

    url: str = setting(
        Input.URL,
        Label("Address (URL)", "Adres (URL)"),
        help=Label("Whoever runs the receiving system tells it.", "Poda go osoba, która prowadzi system odbierający."),
    )
    message: str = setting(
        Input.TEMPLATE_BLOCK,
        Label("Message", "Wiadomość"),
        help=Label(
            "Optional text for the receiver, sent along as “message”. Values can be put in.",
            "Opcjonalny tekst dla odbiorcy, wysyłany jako „message”. Można wstawiać wartości.",
        ),
        default="",
        max_length=MAX_TEMPLATE,
    )
    method: str = setting(Input.CHOICE, Label("Method", "Metoda"), default="POST", choices=_METHODS, advanced=True)
    headers: Mapping[str, str] = setting(
        Input.HEADERS,
        Label("Headers", "Nagłówki"),
        help=Label(
            "More headers, for example Authorization. The log shows their names, never their values.",
            "Dodatkowe nagłówki, na przykład Authorization. Log pokazuje ich nazwy, nigdy wartości.",
        ),
        default={},
        advanced=True,
    )
    body: str = setting(
        Input.TEMPLATE_BLOCK,
        Label("Body", "Treść żądania"),
        help=Label(
            "Optional: sent in place of the standard body. Values can be put in.",
            "Opcjonalnie: wysyłana zamiast treści standardowej. Można wstawiać wartości.",
        ),
        default="",
        advanced=True,
        max_length=MAX_TEMPLATE,
    )
    content_type: str = setting(
        Input.CHOICE,
        Label("Content type", "Typ treści"),
        help=Label("Of a body of your own.", "Własnej treści żądania."),
        default=JSON,
        choices=_TYPES,
        advanced=True,
    )
