"""One HTTP request out of the shop: what it may reach, and that it ends in time."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from saleor_custom_events.host import current_host
from saleor_custom_events.hosts.outgoing import MAX_ANSWER
from saleor_custom_events.hosts.sandbox.receivers import http_receiver
from saleor_custom_events.store.outgoing import HttpFailed


@pytest.fixture(autouse=True)
def _loopback(settings):
    settings.SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK = True


def post(url: str, timeout: float = 2.0):
    return current_host().request("POST", url, body=b"{}", headers={"X-Test": "1"}, timeout=timeout)


@contextmanager
def server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that answers every connection by `talk` once the request's head has come."""

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                with suppress(OSError):
                    talk(connection)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        listening.shutdown(socket.SHUT_RDWR)


def test_the_body_and_headers_arrive_and_the_answer_comes_back():
    with http_receiver() as receiver:
        receiver.answer = lambda received: 418
        answer = post(f"{receiver.url}/hook")
        (received,) = receiver.received
    assert (received.path, received.body, received.headers["x-test"]) == ("/hook", b"{}", "1")
    assert answer.status == 418
    assert 0 < answer.seconds < 2


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "ftp://example.com/",
        "http:///nowhere",
        "http://[93.184.216.34]/",
        "http://" + "a" * 70 + ".example/",
    ],
)
def test_an_address_that_can_never_be_asked_is_not_tried_again(url):
    with pytest.raises(HttpFailed) as caught:
        post(url)
    assert caught.value.again is False


def test_loopback_needs_the_operators_leave(settings):
    settings.SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK = False
    with http_receiver() as receiver:
        with pytest.raises(HttpFailed) as caught:
            post(receiver.url)
        assert (receiver.received, caught.value.again) == ([], False)


def test_nobody_listening_may_be_tried_again():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    with pytest.raises(HttpFailed) as caught:
        post(url)
    assert caught.value.again is True


def test_a_redirect_is_an_answer_and_is_not_followed():
    with http_receiver() as target:
        location = f"Location: {target.url}/\r\n".encode()
        with server(lambda c: c.sendall(b"HTTP/1.1 302 Found\r\n" + location + b"Content-Length: 0\r\n\r\n")) as url:
            assert post(url).status == 302
        assert target.received == []


def drip(connection: socket.socket, text: bytes) -> None:
    for byte in text:
        connection.sendall(bytes([byte]))
        time.sleep(0.1)


def test_headers_that_drip_do_not_hold_us():
    with server(lambda c: drip(c, b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100)) as url:
        begun = time.monotonic()
        with pytest.raises(HttpFailed) as caught:
            post(url, timeout=0.5)
    assert time.monotonic() - begun < 1.0
    assert caught.value.again is True


def test_a_large_answer_is_read_to_its_first_4_kib():
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n"
    with server(lambda c: c.sendall(head + b"y" * 10_000_000)) as url:
        assert post(url).body == "y" * MAX_ANSWER


def test_an_answer_whose_body_breaks_off_keeps_its_status():
    with server(lambda c: c.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 50\r\n\r\nhalf")) as url:
        answer = post(url)
    assert (answer.status, answer.body) == (201, "half")


def test_a_chunked_answer_is_read():
    chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    with server(lambda c: c.sendall(chunks)) as url:
        assert post(url).body == "abcde"
