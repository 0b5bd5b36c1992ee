"""What each path and method takes and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from saleor_custom_events.doors.http.openapi.codes import CODES
from saleor_custom_events.doors.http.openapi.schemas import ref
from saleor_custom_events.scenarios.values import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One answer: a status with what it means and carries."""

    status: int
    description: str
    #: Media type → JSON Schema.
    content: Mapping[str, Json] = field(default_factory=dict)
    headers: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One method of one path."""

    #: As OpenAPI writes it, below the plugin's URL: `/unsubscribe/{token}`.
    path: str
    method: str
    summary: str
    description: str = ""
    parameters: Sequence[Json] = ()
    #: Media type → JSON Schema.
    body: Mapping[str, Json] = field(default_factory=dict)
    answers: Sequence[Answer]
    #: Of OpenAPI's requirements any one is enough; none is needed for `{}`.
    security: Sequence[Json] = ()

    @property
    def name(self) -> str:
        """Give a name that is unique, for generated clients."""
        words = self.path.strip("/").replace("{", "").replace("}", "").replace(".", "/").replace("-", "/").split("/")
        return self.method.lower() + "".join(word.capitalize() for word in words)


def header(description: str, **schema: Json) -> dict[str, Json]:
    """Describe a header of an answer, which may be left out."""
    return {"description": description, "schema": schema}


JSON = "application/json"
HTML = "text/html"
PROBLEM = "application/problem+json"
RETRY_AFTER: Mapping[str, Json] = {"Retry-After": header("Seconds.", type="integer", minimum=0)}
#: Of whichever limit is the tightest.
LIMITS: Mapping[str, Json] = {
    "RateLimit-Limit": header("How many may come at once.", type="integer", minimum=0),
    "RateLimit-Remaining": header("How many more may come now.", type="integer", minimum=0),
    "RateLimit-Reset": header("Seconds until all of them may come again.", type="integer", minimum=0),
}
SIGN_IN: Mapping[str, Json] = {"WWW-Authenticate": header("The scheme.", type="string")}

#: A key or token; a storefront key with the customer's token beside it.
CALLERS: Sequence[Json] = ({"credential": []}, {"credential": [], "customerToken": []})
ANYBODY: Sequence[Json] = ({},)
#: How a credential may be wrong.
CREDENTIALS = tuple(code for code in CODES[401] if code != "INVALID_SIGNATURE")


def problem(status: int, *codes: str) -> Answer:
    """Describe a refusal, with the codes that it may have; all of the status where none is named."""
    chosen = codes or tuple(CODES[status])
    meanings = "\n".join(f"* `{code}`: {CODES[status][code]}" for code in chosen)
    known: dict[str, Json] = {"status": {"const": status}, "code": {"enum": list(chosen)}}
    return Answer(
        status=status,
        description=meanings,
        content={PROBLEM: {"allOf": [ref("Problem"), {"properties": known}]}},
        headers={401: SIGN_IN, 429: RETRY_AFTER, 503: RETRY_AFTER}.get(status, {}),
    )


def ours(*, not_found: Sequence[str] = (), busy: Sequence[str] = ("BUSY",)) -> Sequence[Answer]:
    """Give what may be answered anywhere: the store has nothing here, it is our fault, or the database is away."""
    away = "The store's own page: the plugin is switched off, or there is no such channel."
    nothing = Answer(status=404, description=away, content={HTML: text("The store's page.")})
    if not_found:
        refused = problem(404, *not_found)
        nothing = replace(
            refused, description=f"{refused.description}\n* {away}", content={**refused.content, **nothing.content}
        )
    return (nothing, problem(500), problem(503, *busy))


def text(description: str) -> dict[str, Json]:
    """Describe a body that is text."""
    return {"type": "string", "description": description}


def switch_parameter(name: str, description: str) -> dict[str, Json]:
    """Describe a part of the query that is on where it is `1`."""
    return {
        "name": name,
        "in": "query",
        "description": f"`1`: {description}",
        "schema": {"type": "string", "examples": ["1"]},
    }


def path_parameter(name: str, description: str) -> dict[str, Json]:
    """Describe a part of the path."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string", "minLength": 1},
    }
