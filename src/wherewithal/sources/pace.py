"""How fast a service is asked: never faster than it wants, whoever asks."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping


class Pace:
    """Spaces requests evenly. One for each service; safe for several threads."""

    def __init__(self, per_second: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self.gap = 1.0 / per_second
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when the next request may go out."""
        with self._lock:
            now = self._clock()
            start = max(now, self._next)
            self._next = start + self.gap
        if start > now:
            self._sleep(start - now)

    def heed(self, headers: Mapping[str, str]) -> None:
        """Go slower where the service says that it wants fewer requests than we make.

        Crossref gives ``X-Rate-Limit-Limit: 50`` and ``X-Rate-Limit-Interval: 1s``
        (CrossRef/rest-api-doc, "Rate limits").
        """
        limit = re.fullmatch(r"\s*(\d{1,9})\s*", headers.get("x-rate-limit-limit", ""))
        seconds = re.fullmatch(r"\s*(\d{1,6})s?\s*", headers.get("x-rate-limit-interval", ""))
        if limit and seconds and int(limit.group(1)) > 0:
            self.gap = max(self.gap, int(seconds.group(1)) / int(limit.group(1)))
