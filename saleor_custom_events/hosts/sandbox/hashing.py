"""Passwords of a store that holds no customers."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """Django's own, a thousandth of the iterations: the demo gives everybody a password at every start."""

    algorithm = "pbkdf2_sha256_quick"
    iterations = 1000
