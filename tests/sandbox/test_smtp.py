"""Handing a message to a mail server: accepted, certainly not accepted, or unknown."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.mail import get_connection

from saleor_custom_events.hosts import smtp
from saleor_custom_events.hosts.sandbox.embedded import free_port
from saleor_custom_events.hosts.sandbox.receivers import smtp_receiver
from saleor_custom_events.store.outgoing import Mail, MailFailed, MailUnknown

BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def mail(**changes) -> Mail:
    fields = {"to": "anna@example.com", "subject": "Zażółć", "text": "Hello\n.dot\n", "message_id": "<1@shop>"}
    return Mail(**{**fields, **changes})


def send(port: int, message: Mail, timeout: float = 2.0) -> None:
    connection = get_connection(BACKEND, host="127.0.0.1", port=port, timeout=timeout)
    smtp.send(message, connection=connection, sender="Shop <shop@example.com>", timeout=timeout)


class ScriptedServer:
    """Answers each command by the script; None ends the connection, a number waits so many seconds first."""

    def __init__(self, script: dict[str, str | float | None]) -> None:
        usual = {"CONNECT": "220 hi", "EHLO": "250 hi", "MAIL": "250 ok", "RCPT": "250 ok"}
        self.script: dict[str, str | float | None] = {**usual, "DATA": "354 go", "BODY": "250 taken", **script}
        self.bodies = 0

    def talk(self, connection: socket.socket) -> None:
        reading = connection.makefile("rb")
        if not self.say(connection, "CONNECT"):
            return
        for line in reading:
            command = line.split()[0].decode().upper()
            if not self.say(connection, command):
                return
            if command == "DATA" and str(self.script["DATA"]).startswith("354"):
                while reading.readline() not in (b".\r\n", b""):
                    pass
                self.bodies += 1
                if not self.say(connection, "BODY"):
                    return

    def say(self, connection: socket.socket, command: str) -> bool:
        answer = self.script.get(command, "250 ok")
        if isinstance(answer, float):
            time.sleep(answer)
            answer = "250 late"
        if answer is None:
            return False
        connection.sendall(answer.encode() + b"\r\n")
        return True


@contextmanager
def scripted(**script: str | float | None) -> Iterator[tuple[ScriptedServer, int]]:
    scripted = ScriptedServer(script)

    def serve() -> None:
        try:
            connection, _ = listening.accept()
            with connection:
                scripted.talk(connection)
        except OSError:
            pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield scripted, listening.getsockname()[1]
        thread.join(3)


def test_a_message_arrives_as_it_was_written():
    with smtp_receiver(free_port()) as mailbox:
        send(int(mailbox.url.rpartition(":")[2]), mail(html="<p>Hello</p>"))
        (received,) = mailbox.received
    assert (received["Subject"], received["Message-ID"]) == ("Zażółć", "<1@shop>")
    assert received["From"] == "Shop <shop@example.com>"
    text, html = received.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == "Hello\n.dot\n"
    assert html.get_content_type() == "text/html"


@pytest.mark.parametrize("where", ["CONNECT", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(("answer", "again"), [("450 later", True), ("550 never", False), (None, True)])
def test_what_ends_before_the_body_was_certainly_not_accepted(where, answer, again):
    with scripted(**{where: answer}) as (server, port):
        with pytest.raises(MailFailed) as caught:
            send(port, mail())
        assert server.bodies == 0
    assert caught.value.again is again


@pytest.mark.parametrize(("answer", "again"), [("452 full", True), ("554 spam", False)])
def test_a_body_that_is_refused_was_not_accepted(answer, again):
    with scripted(BODY=answer) as (_, port), pytest.raises(MailFailed) as caught:
        send(port, mail())
    assert caught.value.again is again


def test_a_connection_lost_after_the_body_leaves_it_unknown():
    with scripted(BODY=None) as (server, port):
        with pytest.raises(MailUnknown):
            send(port, mail())
        assert server.bodies == 1


def test_silence_after_the_body_leaves_it_unknown():
    with scripted(BODY=1.5) as (_, port), pytest.raises(MailUnknown):
        send(port, mail(), timeout=0.5)


def test_a_server_too_slow_to_get_to_the_body_never_gets_it():
    with scripted(MAIL=0.4, RCPT=0.4, DATA="354 go") as (server, port):
        with pytest.raises(MailFailed) as caught:
            send(port, mail(), timeout=0.6)
        time.sleep(0.6)
        assert server.bodies == 0
    assert caught.value.again is True


@pytest.mark.parametrize("wrong", [{"subject": "a\nBcc: x@example.com"}, {"to": "a@example.com\nBcc: x@y.com"}])
def test_a_message_that_would_smuggle_headers_is_not_sent(wrong):
    with smtp_receiver(free_port()) as mailbox:
        with pytest.raises(MailFailed) as caught:
            send(int(mailbox.url.rpartition(":")[2]), mail(**wrong))
        assert mailbox.received == []
    assert caught.value.again is False
