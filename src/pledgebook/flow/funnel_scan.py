"""Many literals found in bytes in one pass, by the fastest engine that this machine has."""

from collections.abc import Sequence
from typing import Protocol

from pledgebook.domain import UsageError

Hit = tuple[int, int]  # number of the literal, and where in the bytes it ends


class Scanner(Protocol):
    """Finds literals, ASCII letters in either case."""

    @property
    def engine(self) -> str:
        """What does the work."""

    def scan(self, content: bytes) -> list[Hit]:
        """All places where a literal ends, and which."""


def make_scanner(literals: Sequence[bytes], *, engine: str | None = None) -> Scanner:
    """A scanner for `literals`, which are in lower case: hyperscan where it is installed, else ahocorasick-rs.

    >>> make_scanner([b"bn", b"million"]).scan(b"2 Million, 3bn")
    [(1, 9), (0, 14)]
    """
    if engine in (None, "hyperscan"):
        try:
            return _Hyperscan(literals)
        except ImportError:
            if engine is not None:
                raise
    try:
        return _AhoCorasick(literals)
    except ImportError as error:
        raise UsageError("batch", "no ahocorasick-rs here", "Install: pip install 'pledgebook[batch]'.") from error


class _Hyperscan:
    """Intel's engine, several gigabytes a second; there are wheels for x86-64 only."""

    engine = "hyperscan"

    def __init__(self, literals: Sequence[bytes]) -> None:
        import hyperscan  # noqa: PLC0415 - of the extra [batch]

        self._database = hyperscan.Database()
        expressions = ["".join(f"\\x{byte:02x}" for byte in literal).encode() for literal in literals]
        self._database.compile(
            expressions=expressions, ids=list(range(len(literals))), flags=hyperscan.HS_FLAG_CASELESS
        )
        # Scratch space is one thread's: a scanner is made in the process and thread that uses it.
        self._scratch = hyperscan.Scratch(self._database)

    def scan(self, content: bytes) -> list[Hit]:
        found: list[Hit] = []
        add = found.append

        def keep(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            add((number, end))

        self._database.scan(content, match_event_handler=keep, scratch=self._scratch)
        return found


class _AhoCorasick:
    """One automaton for all, some hundred megabytes a second, on every machine."""

    engine = "ahocorasick"

    def __init__(self, literals: Sequence[bytes]) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation  # noqa: PLC0415 - of the extra [batch]

        self._automaton = BytesAhoCorasick(list(literals), implementation=Implementation.ContiguousNFA)

    def scan(self, content: bytes) -> list[Hit]:
        lower = content.lower()
        return [(number, end) for number, _, end in self._automaton.find_matches_as_indexes(lower, overlapping=True)]
