"""Many literals found in bytes in one pass, by the fastest engine that this machine has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pledgebook.domain import UsageError

Hit = tuple[int, int]  # number of what was sought, and where in the bytes it ends

_WORD = re.compile(rb"[0-9A-Za-z_]").match
_DIGITS = b"0123456789"


@dataclass(frozen=True, slots=True)
class Sought:
    """A literal in lower case.

    `after_digit` wants a digit right before it. Where it `opens` or `closes`, no letter, digit or line may go on there.
    """

    literal: bytes
    after_digit: bool = False
    opens: bool = False
    closes: bool = False


class Scanner(Protocol):
    """Finds literals, ASCII letters in either case."""

    @property
    def engine(self) -> str:
        """What does the work."""

    def scan(self, content: bytes) -> list[Hit]:
        """All places where a literal ends, and which."""


def make_scanner(sought: Sequence[Sought], *, engine: str | None = None) -> Scanner:
    """A scanner for what is sought: hyperscan where it is installed, else ahocorasick-rs.

    >>> make_scanner([Sought(b"bn", after_digit=True), Sought(b"million")]).scan(b"2 Million, 3bn")
    [(1, 9), (0, 14)]
    """
    if engine in (None, "hyperscan"):
        try:
            return _Hyperscan(sought)
        except ImportError:
            if engine is not None:
                raise
    try:
        return _AhoCorasick(sought)
    except ImportError as error:
        raise UsageError("batch", "no ahocorasick-rs here", "Install: pip install 'pledgebook[batch]'.") from error


class _Hyperscan:
    """Intel's engine, several gigabytes a second; there are wheels for x86-64 only."""

    engine = "hyperscan"

    def __init__(self, sought: Sequence[Sought]) -> None:
        import hyperscan  # noqa: PLC0415 - of the extra [batch]

        self._database = hyperscan.Database()
        self._database.compile(
            expressions=[_pattern(each) for each in sought],
            ids=list(range(len(sought))),
            flags=hyperscan.HS_FLAG_CASELESS,
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


def _pattern(sought: Sought) -> bytes:
    spelled = "".join(f"\\x{byte:02x}" for byte in sought.literal).encode()
    before = b"[0-9]" if sought.after_digit else b"\\b" if sought.opens else b""
    return before + spelled + (b"\\b" if sought.closes else b"")


class _AhoCorasick:
    """One automaton for all, some hundred megabytes a second, on every machine."""

    engine = "ahocorasick"

    def __init__(self, sought: Sequence[Sought]) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation  # noqa: PLC0415 - of the extra [batch]

        spelled: list[bytes] = []
        self._checks: list[tuple[int, bool, bool]] = []
        for number, each in enumerate(sought):
            # In some charsets a letter's second byte is one of ASCII's.
            literal = each.literal.lower()
            for digit in _DIGITS if each.after_digit else (None,):
                spelled.append(literal if digit is None else bytes((digit,)) + literal)
                self._checks.append((number, each.opens, each.closes))
        self._automaton = BytesAhoCorasick(spelled, implementation=Implementation.ContiguousNFA)

    def scan(self, content: bytes) -> list[Hit]:
        found = []
        for number, start, end in self._automaton.find_matches_as_indexes(content.lower(), overlapping=True):
            which, opens, closes = self._checks[number]
            if opens and start and _WORD(content, start - 1) and _WORD(content, start):
                continue
            if closes and _WORD(content, end) and _WORD(content, end - 1):
                continue
            found.append((which, end))
        return found
