"""Bound how often a peer may do something."""


class Bucket:
    """Hold tokens: full at first, refilled evenly, never above its capacity. Instants are on the monotonic clock, in seconds."""

    __slots__ = ("_capacity", "_per_second", "_seen", "_tokens")

    def __init__(self, capacity: int, per_second: float, now: float) -> None:
        self._capacity = capacity
        self._per_second = per_second
        self._tokens = float(capacity)
        self._seen = now

    def take(self, now: float) -> bool:
        """Take one token; False when there is none."""
        self._tokens = min(self._capacity, self._tokens + (now - self._seen) * self._per_second)
        self._seen = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
