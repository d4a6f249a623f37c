"""Many literals found in bytes in one pass, by the fastest engine that this machine has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pledgebook.domain import UsageError

Hit = tuple[int, int]  # number of what was sought, and where in the bytes it ends

_WORD = re.compile(rb"[0-9A-Za-z_]").match
# What a page may write for a blank: any signs, and the letters of "&nbsp;", "&thinsp;", "&#xa0;" and "\u00a0".
_SIGN = rb"[^c-gj-moqrv-wyz<>\xc3-\xe1\xe3-\xff]"
_BLANK = _SIGN + b"{1,12}"
_DIGIT = b"[0-9]" + _SIGN + b"{0,12}"
_DIGIT_BEFORE = re.compile(_DIGIT + rb"\Z", re.IGNORECASE).search
_DIGIT_BACK = 13
_QUOTE = rb"(?:['`]|\xe2\x80[\x98\x99]|\xca\xbc|&(?:[rl]squo|apos|#821[67]|#0?39|#x27|#x2019);|\\u(?:2019|0027))"
_HYPHEN = rb"(?:-|\xe2\x80[\x90-\x93]|&(?:[nm]dash|hyphen|#82(?:0[89]|1[01])|#x201[0-3]);|\\u201[0-3])"
_LOOSE = {b" ": _BLANK, b"'": _QUOTE, b"-": _HYPHEN}
_LOOSE_SIGNS = re.compile(rb"([ '\-])")
_FAR = 200


@dataclass(frozen=True, slots=True)
class Sought:
    """A literal in lower case.

    `after_digit` wants a digit before it, with no more between than blanks may be. Where it `opens` or `closes`, no
    letter, digit or line may go on there. In one that is `loose`, what may be written for its blanks, quotes and
    hyphens is taken for them. Of what is sought `once` it is enough to know that it is there.
    """

    literal: bytes
    after_digit: bool = False
    opens: bool = False
    closes: bool = False
    loose: bool = False
    once: bool = False


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
            flags=[hyperscan.HS_FLAG_CASELESS | (hyperscan.HS_FLAG_SINGLEMATCH if each.once else 0) for each in sought],
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
    return (b"\\b" if sought.opens else b"") + _spelled(sought) + (b"\\b" if sought.closes else b"")


def _spelled(sought: Sought) -> bytes:
    if not sought.loose:
        return (_DIGIT if sought.after_digit else b"") + _plain(sought.literal)
    return b"".join(_LOOSE.get(piece) or _plain(piece) for piece in _LOOSE_SIGNS.split(sought.literal))


def _plain(literal: bytes) -> bytes:
    return "".join(f"\\x{byte:02x}" for byte in literal).encode()


class _AhoCorasick:
    """One automaton for all, some hundred megabytes a second, on every machine."""

    engine = "ahocorasick"

    def __init__(self, sought: Sequence[Sought]) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation  # noqa: PLC0415 - of the extra [batch]

        spelled: list[bytes] = []
        self._checks: list[tuple[int, Sought, re.Pattern[bytes] | None]] = []
        for number, each in enumerate(sought):
            # Of a loose one its longest piece leads; the rest is looked for around it.
            literal = max(_LOOSE_SIGNS.split(each.literal), key=len) if each.loose else each.literal
            whole = re.compile(_spelled(each), re.IGNORECASE) if literal != each.literal else None
            spelled.append(literal.lower())
            self._checks.append((number, each, whole))
        self._automaton = BytesAhoCorasick(spelled, implementation=Implementation.ContiguousNFA)

    def scan(self, content: bytes) -> list[Hit]:
        found: dict[Hit, None] = {}
        for number, start, end in self._automaton.find_matches_as_indexes(content.lower(), overlapping=True):
            which, sought, whole = self._checks[number]
            if sought.after_digit and not _DIGIT_BEFORE(content, max(0, start - _DIGIT_BACK), start):
                continue
            places = [(start, end)] if whole is None else _around(whole, content, start, end)
            for first, last in places:
                if sought.opens and first and _WORD(content, first - 1) and _WORD(content, first):
                    continue
                if sought.closes and _WORD(content, last) and _WORD(content, last - 1):
                    continue
                found[which, last] = None
        return list(found)


def _around(whole: re.Pattern[bytes], content: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Where all of it stands around a piece of it."""
    places = whole.finditer(content, max(0, start - _FAR), end + _FAR)
    return [found.span() for found in places if found.start() <= start and end <= found.end()]
