"""Many literals found in bytes in one pass, by the fastest engine that this machine has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

from pledgebook.domain import UsageError

Hit = tuple[int, int]  # number of what was sought, and where in the bytes it ends

_WORD = re.compile(rb"[0-9A-Za-z_]").match
# What a page may write for a blank: any signs, and the letters of "&nbsp;", "&thinsp;", "&#xa0;" and "\u00a0".
_SIGN = rb"[^c-gj-moqrv-wyz<>\xc3-\xe1\xe3-\xff]"
_BLANK = _SIGN + b"{1,12}"
_DIGIT = b"[0-9]" + _SIGN + b"{0,12}"
_LEAST_LEAD = 4
_WAYS = {
    b"'": (
        b"'", b"`", b"\xe2\x80\x99", b"\xe2\x80\x98", b"\xca\xbc", b"&rsquo;", b"&lsquo;", b"&#8217;", b"&#8216;",
        b"&#39;", b"&#039;", b"&#x27;", b"&apos;", b"\\u2019",
    ),
    b"-": (b"-", b"\xe2\x80\x91", b"\xe2\x80\x93", b"&#8209;", b"&#8211;", b"&ndash;"),
}  # fmt: skip
_QUOTE = rb"(?:['`]|\xe2\x80[\x98\x99]|\xca\xbc|&(?:[rl]squo|apos|#821[67]|#0?39|#x27|#x2019);|\\u(?:2019|0027))"
_HYPHEN = rb"(?:-|\xe2\x80[\x90-\x93]|&(?:[nm]dash|hyphen|#82(?:0[89]|1[01])|#x201[0-3]);|\\u201[0-3])"
_LOOSE = {b" ": _BLANK, b"'": _QUOTE, b"-": _HYPHEN}
_LOOSE_SIGNS = re.compile(rb"([ '\-])")
_BACK = 80


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

        leads = [_Lead(number, each) for number, each in enumerate(sought)]
        self._checks = [(lead, literal) for lead in leads for literal in lead.literals]
        self._automaton = BytesAhoCorasick(
            [literal for _, literal in self._checks], implementation=Implementation.ContiguousNFA
        )

    def scan(self, content: bytes) -> list[Hit]:
        found: dict[Hit, None] = {}
        for number, start, end in self._automaton.find_matches_as_indexes(content.lower(), overlapping=True):
            lead = self._checks[number][0]
            last = lead.end(content, start, end)
            if last is not None:
                found[lead.number, last] = None
        return list(found)


class _Lead:
    """A piece of what is sought that is looked for first; the rest is looked for around it."""

    __slots__ = ("_after", "_before", "_sought", "literals", "number")

    def __init__(self, number: int, sought: Sought) -> None:
        self.number, self._sought = number, sought
        pieces = _LOOSE_SIGNS.split(sought.literal) if sought.loose else [sought.literal]
        lead = next((n for n, piece in enumerate(pieces) if len(piece) >= _LEAST_LEAD), None)
        if lead is None and b" " in pieces:
            lead = max(range(0, len(pieces), 2), key=lambda n: len(pieces[n]))
        if lead is None and len(pieces) > 1:
            # Of pieces too short to lead, every commoner way to write the whole.
            self.literals = [b"".join(ways) for ways in product(*(_WAYS.get(piece, (piece,)) for piece in pieces))]
            self._before = self._after = None
            return
        lead = lead or 0
        self.literals = [pieces[lead].lower()]
        before, after = (
            [_LOOSE.get(piece) or _plain(piece) for piece in part] for part in (pieces[:lead], pieces[lead + 1 :])
        )
        if sought.after_digit:
            before = [_DIGIT]
        self._before = re.compile(b"".join(before) + rb"\Z", re.IGNORECASE).search if before else None
        self._after = re.compile(b"".join(after), re.IGNORECASE).match if after else None

    def end(self, content: bytes, start: int, end: int) -> int | None:
        """Where all of it ends, None where it does not stand there."""
        if self._after is not None:
            found = self._after(content, end)
            if found is None:
                return None
            end = found.end()
        if self._before is not None:
            found = self._before(content, max(0, start - _BACK), start)
            if found is None:
                return None
            start = found.start()
        sought = self._sought
        if sought.opens and start and _WORD(content, start - 1) and _WORD(content, start):
            return None
        if sought.closes and _WORD(content, end) and _WORD(content, end - 1):
            return None
        return end
