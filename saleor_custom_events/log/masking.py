"""What somebody without the permission to see customers sees of them."""

from __future__ import annotations

_DOTS = "•••"


def masked_email(email: str | None) -> str | None:
    """Give `a•••@e•••.com` for `anna@example.com`: enough to tell rows apart, not to write to anybody."""
    if not email:
        return email
    name, _, domain = email.rpartition("@")
    label, dot, ending = domain.rpartition(".")
    return f"{name[:1]}{_DOTS}@{(label or ending)[:1]}{_DOTS}{dot}{ending if dot else ''}"


def masked_name(name: str) -> str:
    """Give a caller's name; that of a person is an e-mail."""
    return masked_email(name) or "" if "@" in name else name
