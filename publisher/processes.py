"""Work that is shared out among processes, one for each core; where there is little of it, it is done here."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from publisher.errors import CommuniqueError

Item = TypeVar("Item")
Done = TypeVar("Done")


def share(
    work: Callable[[Item], Done],
    items: Iterable[Item],
    workers: int,
    begin: Callable[..., None] | None = None,
    given: tuple[Any, ...] = (),
) -> Iterator[Done]:
    """Do a work for each item, side by side in processes; yield what comes of it, in the order of the items.

    workers: how many; one: it is done here. begin: what each process does first, with what is given. What is sent to a
    process must be small, a path rather than what stands there: writing much to a process that dies would never end.
    Raise CommuniqueError where one was killed.
    """
    if workers < 2:
        yield from map(work, items)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), begin, given) as pool:
        try:
            yield from pool.map(work, items)
        except BrokenProcessPool as error:
            what = "A process that shared the work was ended from outside; is there memory enough? Try --processes 1"
            raise CommuniqueError(what) from error
        except BaseException:  # Ctrl-C among them: what has not begun is not waited for
            pool.shutdown(wait=False, cancel_futures=True)
            raise
