"""Passwords: which are good enough, and their hashes (argon2id, the RFC 9106 profile for small machines)."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portfolio.errors import InvalidValue
from portfolio.folding import fold

SHORTEST = 12
LONGEST = 200
"""Characters; the upper bound keeps a try cheap."""

_HASHER = PasswordHasher()


def check(password: str, name: str) -> None:
    """Raises InvalidValue where ``password`` is too short, too long, or made of the account's name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidValue.of("password_length", shortest=SHORTEST, longest=LONGEST)
    if fold(name) in fold(password) or len(set(password)) < 5:
        raise InvalidValue.of("password_easy")


def hashed(password: str) -> str:
    return _HASHER.hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Whether ``password`` is the one hashed as ``stored``; takes as long where nothing is stored."""
    try:
        _HASHER.verify(stored or _nobody(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody's password")
