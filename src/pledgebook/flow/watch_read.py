"""One item after the other through one reader that stays."""

from collections import deque
from collections.abc import Callable, Iterator

from pledgebook.domain import Finding, ReadDocument
from pledgebook.flow.limits import Limits
from pledgebook.flow.local import in_process
from pledgebook.flow.readers import Reader
from pledgebook.read import Item

Read = Callable[[Item], ReadDocument | Finding]


def one_by_one(*, reader: str | Reader, limits: Limits) -> Read:
    """What reads an item when it comes, within `limits`; the reader is loaded once, and large pages have a process."""
    waiting: deque[Item] = deque()

    def items() -> Iterator[Item]:
        while True:
            yield waiting.popleft()

    answers = in_process(items(), reader=reader, limits=limits)

    def read(item: Item) -> ReadDocument | Finding:
        waiting.append(item)
        return next(answers)

    return read
