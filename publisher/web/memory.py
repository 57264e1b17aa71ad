"""What a release has answered before: it never changes, so neither does an answer. Bounded, and forgets the oldest."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

MOST_BYTES: Final = 16_000_000
#: An answer larger than this is made anew each time, so that one does not push out hundreds.
LARGEST: Final = 500_000

Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """Answers by their keys."""

    def __init__(self, size: Callable[[Kept], int]) -> None:
        """Begin with none. size: of an answer, in bytes."""
        self._size = size
        self._answers: OrderedDict[Hashable, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Kept | None:
        """Return the answer for a key, if it is remembered."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        return None

    def keep(self, key: Hashable, answer: Kept) -> None:
        """Remember an answer."""
        size = self._size(answer)
        with self._lock:
            if size <= LARGEST and key not in self._answers:
                self._answers[key] = answer
                self._bytes += size
            while self._bytes > MOST_BYTES:
                self._bytes -= self._size(self._answers.popitem(last=False)[1])

    def recall(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return the answer for a key, made now where it is not remembered. What `make` raises is not remembered."""
        found = self.get(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found
