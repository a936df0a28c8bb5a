"""Several people at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

from reporting.services.errors import Refused


def at_once(act: Callable[[int], Any], count: int) -> list[Any]:
    """Let as many threads act at the same moment; return what each of them got, refusals included, in their order.

    Any other failure is told in the thread of the test.
    """
    barrier, got = threading.Barrier(count), dict[int, Any]()

    def run(place: int) -> None:
        barrier.wait()
        try:
            got[place] = act(place)
        except BaseException as failure:  # noqa: BLE001 - told in the thread of the test
            got[place] = failure

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for failure in got.values():
        if isinstance(failure, BaseException) and not isinstance(failure, Refused):
            raise failure
    return [got[place] for place in range(count)]
