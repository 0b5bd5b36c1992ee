"""One HTTP request out of the shop, bounded as a whole: shared by the hosts, who bring their own client."""

from __future__ import annotations

import time
from collections.abc import Callable

import requests
from requests import exceptions
from requests_hardened.ip_filter import InvalidIPAddress

from saleor_custom_events.hosts.deadline import TimeUp, TooManyLeftBehind, within
from saleor_custom_events.store.outgoing import HttpAnswer, HttpFailed

#: Bytes of an answer that anybody reads.
MAX_ANSWER = 4096

#: What no second try can mend: the address itself is at fault.
_NEVER = (
    InvalidIPAddress,
    exceptions.InvalidURL,
    exceptions.InvalidSchema,
    exceptions.MissingSchema,
    exceptions.InvalidHeader,
    # What urllib and the encodings say of odd addresses (`http://[10.0.0.1]`), where requests lets it through.
    ValueError,
)


def ask(opened: Callable[[float], requests.Response], *, timeout: float) -> HttpAnswer:
    """Open the response by `opened(seconds)` and read its beginning, all within `timeout` seconds.

    `opened` gets the seconds a single network operation may take, must not follow redirects, and gives a
    response whose body is still to be streamed. Raises HttpFailed.
    """
    begun = time.monotonic()
    try:
        return within(timeout, lambda: _read(opened(timeout), begun, timeout))
    except TimeUp:
        raise HttpFailed(f"No answer within {timeout:g} s", again=True) from None
    except TooManyLeftBehind:
        raise HttpFailed("Too many receivers have not answered yet", again=True) from None
    except InvalidIPAddress as error:
        raise HttpFailed("The address is private or otherwise not allowed", again=False) from error
    except _NEVER as error:
        raise HttpFailed(f"The URL cannot be asked: {error}", again=False) from error
    except (exceptions.RequestException, OSError) as error:
        raise HttpFailed(f"No answer: {_briefly(error)}", again=True) from error


def _read(response: requests.Response, begun: float, timeout: float) -> HttpAnswer:
    body = b""
    with response:
        while len(body) < MAX_ANSWER and time.monotonic() - begun < timeout:
            try:
                part: bytes = response.raw.read1(MAX_ANSWER - len(body), decode_content=False)
            except Exception:
                # The status line is an answer, however its body breaks off.
                break
            if not part:
                break
            body += part
        return HttpAnswer(
            status=response.status_code,
            headers=dict(response.headers),
            body=body.decode(errors="replace"),
            seconds=time.monotonic() - begun,
        )


def _briefly(error: BaseException) -> str:
    """Give the innermost reason: urllib3 wraps it several times, with addresses of objects in between."""
    reason = getattr(error, "reason", None)
    inner = error.args[0] if error.args and isinstance(error.args[0], BaseException) else None
    if isinstance(reason, BaseException):
        return _briefly(reason)
    if inner is not None:
        return _briefly(inner)
    return f"{type(error).__name__}: {error}"[:300]
