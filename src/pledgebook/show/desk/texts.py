"""The JSON of lines, ready-made: the lines that lists begin with are asked for again and again."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

Text = tuple[str, bytes]


class Texts:
    """Keeps the id and the JSON of lines by their numbers, up to so many bytes: those asked for last.

    Numbers mean something as long as the lines stay what they are: `stamp` names what they follow from, and another
    one empties the whole.

    >>> texts = Texts(most=100)
    >>> texts.of("a", [1, 2], lambda numbers: {n: (str(n), b"{}") for n in numbers})
    [('1', b'{}'), ('2', b'{}')]
    >>> texts.of("a", [2], lambda numbers: {})
    [('2', b'{}')]
    >>> texts.of("b", [2], lambda numbers: {})
    []
    """

    def __init__(self, *, most: int) -> None:
        self._most, self._size, self._stamp = most, 0, ""
        self._kept: OrderedDict[int, Text] = OrderedDict()
        self._lock = Lock()

    def of(self, stamp: str, numbers: Sequence[int], find: Callable[[Sequence[int]], dict[int, Text]]) -> list[Text]:
        """The texts of lines, in their order; `find` gives those that are not kept. What there is not is left out."""
        with self._lock:
            if stamp != self._stamp:
                self._kept.clear()
                self._stamp, self._size = stamp, 0
            known = {}
            for number in numbers:
                if (text := self._kept.get(number)) is not None:
                    known[number] = text
                    self._kept.move_to_end(number)
        missing = [number for number in numbers if number not in known]
        if missing:
            found = find(missing)
            known |= found
            self._keep(stamp, found)
        return [known[number] for number in numbers if number in known]

    def _keep(self, stamp: str, found: dict[int, Text]) -> None:
        with self._lock:
            if stamp != self._stamp:
                return  # the lines have changed meanwhile
            for number, text in found.items():
                if number not in self._kept:
                    self._kept[number] = text
                    self._size += len(text[1])
            while self._size > self._most:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._size -= len(dropped)
