"""A TCP proxy that can be cut or black-holed: how Redis goes away while everything else stays."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress


class Proxy:
    """Forwards a port of the loopback interface to another one, in the mood that a test chooses."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._forgotten: set[socket.socket] = set()
        self._swallows = False
        self._delay = 0.0
        self._server: socket.socket | None = None
        self.port = 0
        self.heal()

    def cut(self) -> None:
        """Refuse new connections and end those that are open, as a server that was stopped does."""
        with self._lock:
            server, self._server = self._server, None
        if server is not None:
            # close() alone leaves a thread in accept(), which would take one more connection.
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            server.close()
        self._end_connections()

    def black_hole(self) -> None:
        """Accept connections and bytes, and answer nothing, as a server behind a broken network does."""
        self._swallows = True

    def slow_down(self, seconds: float) -> None:
        """Pass on what comes so much later, as a network does that is full."""
        self._delay = seconds

    def forget(self) -> None:
        """Never again say anything on the connections that are open, as a firewall does that lost their state."""
        with self._lock:
            self._forgotten |= self._open

    def heal(self) -> None:
        """Forward again, at once. What was swallowed is lost, and its connections end."""
        self._delay = 0.0
        if self._swallows:
            self._swallows = False
            self._end_connections()
        with self._lock:
            if self._server is not None:
                return
            server = socket.create_server(("127.0.0.1", self.port), reuse_port=False, backlog=128)
            self.port = server.getsockname()[1]
            self._server = server
        threading.Thread(target=self._accept, args=(server,), daemon=True).start()

    def _end_connections(self) -> None:
        with self._lock:
            ending, self._open = self._open, set()
        for connection in ending:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                near, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target)
        except OSError:  # the server itself is away
            near.close()
            return
        with closing(near), closing(far):
            with self._lock:
                self._open |= {near, far}
            back = threading.Thread(target=self._pump, args=(far, near), daemon=True)
            back.start()
            self._pump(near, far)
            back.join()
            with self._lock:
                self._open -= {near, far}
                self._forgotten -= {near, far}

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while received := source.recv(65536):
                time.sleep(self._delay)
                if not self._swallows and source not in self._forgotten:
                    target.sendall(received)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy_to(host: str, port: int) -> Iterator[Proxy]:
    """Run a proxy to `host:port`; its own port is `Proxy.port`."""
    proxy = Proxy(host, port)
    try:
        yield proxy
    finally:
        proxy.cut()
