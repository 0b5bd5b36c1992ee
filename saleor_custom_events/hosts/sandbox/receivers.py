"""The world outside the store: a real HTTP server that receives webhooks, a real SMTP server that receives mail."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

from aiosmtpd.controller import Controller

T = TypeVar("T")

# aiosmtpd tells every command at INFO.
logging.getLogger("mail.log").setLevel(logging.WARNING)


def until(found: Callable[[], T], seconds: float) -> T:
    """Ask again and again until something true is found; gives the last answer when `seconds` are over."""
    end = time.monotonic() + seconds
    while not (answer := found()) and time.monotonic() < end:
        time.sleep(0.1)
    return answer


@dataclass(frozen=True, slots=True)
class Received:
    """One request."""

    path: str
    #: Names in lower case.
    headers: dict[str, str]
    body: bytes
    #: Unix time.
    at: float
    method: str = "POST"


@dataclass
class Receiver:
    """Records every request; `answer` decides the status, 200 unless somebody sets it otherwise."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answer: Callable[[Received], int] = lambda received: 200

    def at(self, path: str) -> list[Received]:
        """Give what came to one path."""
        return [received for received in list(self.received) if received.path == path]


class _QuietServer(ThreadingHTTPServer):
    """Takes many senders at once, and takes it calmly when one of them dies."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of what is our fault only."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def http_receiver(port: int = 0) -> Iterator[Receiver]:
    """Run the HTTP server on the loopback interface."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            if len(body) < length:
                # The sender died in the middle: half a request is none.
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            received = Received(self.path, headers, body, time.time(), self.command)
            receiver.received.append(received)
            self.send_response(receiver.answer(received))
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PUT = do_PATCH = do_DELETE = do_POST

        def log_message(self, format: str, *args: Any) -> None:
            """Stay quiet: the record is what anybody looks at."""

    server = _QuietServer(("127.0.0.1", port), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Mailbox:
    """Records every mail."""

    #: For `EMAIL_URL`.
    url: str = ""
    received: list[EmailMessage] = field(default_factory=list)

    def of(self, address: str) -> list[EmailMessage]:
        """Give the mails to one address."""
        return [mail for mail in list(self.received) if mail["To"] == address]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a message."""
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 Taken"


@contextmanager
def smtp_receiver(port: int) -> Iterator[Mailbox]:
    """Run the SMTP server on `port` of the loopback interface."""
    mailbox = Mailbox(url=f"smtp://127.0.0.1:{port}")
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
