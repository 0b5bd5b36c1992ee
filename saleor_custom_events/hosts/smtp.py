"""One message over SMTP, with an honest end: accepted, certainly not accepted, or unknown."""

from __future__ import annotations

import re
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from saleor_custom_events.hosts.deadline import TimeUp, TooManyLeftBehind, within
from saleor_custom_events.store.outgoing import Mail, MailFailed, MailUnknown

START_OF_BODY = 354


def send(mail: Mail, *, connection: BaseEmailBackend, sender: str, timeout: float) -> None:
    """Hand `mail` to the server behind `connection`, a Django e-mail backend, within `timeout` seconds.

    Raises MailFailed where the server certainly has not taken it, MailUnknown where nobody can say: the
    connection or the time ended after the body was begun, or a backend that is not SMTP failed.
    """
    message = message_of(mail, sender)
    if not isinstance(connection, EmailBackend):
        _send_otherwise(message, connection)
        return
    attempt = _Attempt(message, connection)
    try:
        within(timeout, attempt.run)
    except TimeUp:
        if attempt.abandon():
            raise MailFailed(f"The mail server did not take it within {timeout:g} s", again=True) from None
        raise MailUnknown(f"No answer to the message's body within {timeout:g} s") from None
    except TooManyLeftBehind:
        raise MailFailed("Too many mail servers have not answered yet", again=True) from None


def message_of(mail: Mail, sender: str) -> EmailMultiAlternatives:
    """Build the message; an HTML part stands beside the text."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=sender,
        to=[mail.to],
        headers={**mail.headers, "Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _send_otherwise(message: EmailMultiAlternatives, connection: BaseEmailBackend) -> None:
    try:
        taken = connection.send_messages([message])
    except Exception as error:
        raise MailUnknown(f"The mail backend failed: {error}") from error
    if not taken:
        raise MailFailed("The mail backend did not take it", again=True)


class _Attempt:
    """One conversation with the server, which may be given up until the body begins."""

    def __init__(self, message: EmailMultiAlternatives, connection: EmailBackend) -> None:
        self._message = message
        self._connection = connection
        self._lock = threading.Lock()
        self._body_begun = False
        self._given_up = False

    def abandon(self) -> bool:
        """Give up; False where the body was already begun."""
        with self._lock:
            self._given_up = True
            return not self._body_begun

    def run(self) -> None:
        """Say it all. Raises MailFailed, MailUnknown."""
        try:
            with _failing():
                self._connection.open()
                # Django's type knows no `connection`, which is smtplib's object once it is open.
                server: smtplib.SMTP = self._connection.connection  # type: ignore[assignment]
                body = self._prepare(server)
            with self._lock:
                if self._given_up:
                    raise MailFailed("Given up", again=True)
                self._body_begun = True
            _send_body(server, body)
        finally:
            self._connection.fail_silently = True
            self._connection.close()

    def _prepare(self, server: smtplib.SMTP) -> bytes:
        """Say all that comes before the body; give the body, as it goes over the line."""
        encoding = self._message.encoding or "utf-8"
        sender = parseaddr(sanitize_address(self._message.from_email, encoding))[1]
        recipient = parseaddr(sanitize_address(self._message.to[0], encoding))[1]
        body: bytes = self._message.message().as_bytes(linesep="\r\n")
        server.ehlo_or_helo_if_needed()
        options = [f"SIZE={len(body)}"] if server.does_esmtp and server.has_extn("size") else []
        _expect(server.mail(sender, options), 250)
        _expect(server.rcpt(recipient), 250, 251)
        _expect(server.docmd("DATA"), START_OF_BODY)
        return body


def _send_body(server: smtplib.SMTP, body: bytes) -> None:
    stuffed = re.sub(rb"(?m)^\.", b"..", body)
    end = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
    try:
        server.send(stuffed + end)
        answer = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise MailUnknown(f"The connection was lost after the message's body: {error}") from error
    _expect(answer, 250)


def _expect(answer: tuple[int, Any], *codes: int) -> None:
    code, text = answer
    if code not in codes:
        said = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
        raise MailFailed(f"The mail server answered {code} {said[:300]}", again=400 <= code < 500)


@contextmanager
def _failing() -> Iterator[None]:
    """Make of whatever happens before the body that the message was certainly not accepted."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        again = 400 <= error.smtp_code < 500
        raise MailFailed(f"The mail server answered {error.smtp_code} {error.smtp_error!r}", again=again) from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailFailed(f"The mail server could not be talked to: {error}", again=True) from error
    except ValueError as error:  # an address or a header that cannot be written
        raise MailFailed(f"The message cannot be written: {error}", again=False) from error
