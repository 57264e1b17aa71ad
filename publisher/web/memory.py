"""What a release has answered before: it never changes, so neither does an answer. Bounded, and forgets the oldest."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

MOST_BYTES: Final = 16_000_000
#: An answer larger than this is made anew each time, so that one does not push out hundreds.
LARGEST: Final = 500_000


class Memory:
    """Answers by their keys."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def recall(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the answer for a key, made now where it is not remembered. What `make` raises is not remembered."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = make()
        with self._lock:
            if len(answer) <= LARGEST and key not in self._answers:
                self._answers[key] = answer
                self._bytes += len(answer)
            while self._bytes > MOST_BYTES:
                self._bytes -= len(self._answers.popitem(last=False)[1])
        return answer
