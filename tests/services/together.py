"""Several people at the same moment."""

import threading
from collections.abc import Callable
from typing import Any, Final

from reporting.services.errors import Refused
from reporting.store.database import Work, writing
from tests.builders import Built

Act = Callable[[Work], Any]
HEAD_START: Final = 0.3  # seconds for the second to get as far as it can without waiting


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


def meanwhile(built: Built, first: Act, second: Act) -> Any:
    """Carry out two services of which the second begins before the first has committed; return what it got.

    A refusal of the second is returned; what the first raises is raised.
    """
    got = dict[str, Any]()

    def run() -> None:
        try:
            with writing(built.stores) as work:
                got["second"] = second(work)
        except BaseException as failure:  # noqa: BLE001 - told in the thread of the test
            got["second"] = failure

    thread = threading.Thread(target=run)
    with writing(built.stores) as work:
        first(work)
        work.main.flush()
        thread.start()
        thread.join(HEAD_START)
    thread.join()
    if isinstance(got["second"], BaseException) and not isinstance(got["second"], Refused):
        raise got["second"]
    return got["second"]
