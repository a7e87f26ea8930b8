"""Read the bearer token of a request, and slow down who guesses."""

from collections import OrderedDict
from collections.abc import Sequence

from gql.errors import ErrorCode
from server.http.refusals import Refusal

MAX_TOKEN_LENGTH = 8 * 1024


class Unauthenticated(Exception):
    """Say that a token is missing, unknown, expired or revoked; the caller never learns which."""


def bearer_token(headers: Sequence[str]) -> str | None:
    """Return the token of the only Authorization header, None without one; raise `Unauthenticated` for any other shape."""
    if not headers:
        return None
    if len(headers) > 1:
        raise Unauthenticated
    scheme, _, token = headers[0].strip(" \t").partition(" ")
    token = token.strip(" ")
    # One part, without white space in or around it.
    if scheme.lower() != "bearer" or len(token) > MAX_TOKEN_LENGTH or not token.isascii() or token.split() != [token]:
        raise Unauthenticated
    return token


def unauthenticated() -> Refusal:
    """Build the one answer to every way of not being known."""
    return Refusal(401, ErrorCode.UNAUTHENTICATED, "A valid bearer token is needed.", headers={"www-authenticate": "Bearer"})


class GuessLimiter:
    """Count failed authentications by address in windows; bounded in memory, the address longest unseen is forgotten first.

    It never stands in the way of a token that is right: callers ask it only after a failure.
    """

    def __init__(self, allowed: int = 20, seconds: float = 60.0, addresses: int = 10_000) -> None:
        self._allowed = allowed
        self._seconds = seconds
        self._addresses = addresses
        self._failures: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def failed(self, address: str, now: float) -> float | None:
        """Note a failure at a monotonic instant; return the seconds to wait once there were too many in the window."""
        started, count = self._failures.pop(address, (now, 0))
        if now - started >= self._seconds:
            started, count = now, 0
        self._failures[address] = started, count + 1
        if len(self._failures) > self._addresses:
            self._failures.popitem(last=False)
        return started + self._seconds - now if count >= self._allowed else None


def throttled(seconds: float) -> Refusal:
    """Build the answer to too many failures from one address."""
    headers = {"retry-after": str(max(1, int(seconds) + 1))}
    return Refusal(429, ErrorCode.THROTTLED, "Too many failed authentications from this address.", headers=headers)
