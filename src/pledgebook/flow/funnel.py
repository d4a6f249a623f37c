"""The funnel: of a million pages, the few that may tell a pledge, at the speed of reading them.

    bytes --funnel_bytes--> stems, sums, their neighbours       a fraction of what reading costs; 3 in 100 pass
          --funnel_text---> main text, or JSON-LD's             of these, and the same test again; 6 in 1,000 pass
                            the reader, through clean           of these

Every word it knows comes from the lexicon, so that a new language has its funnel as soon as it has its file.
"""

from enum import StrEnum
from functools import cache

from pledgebook.flow.funnel_bytes import ByteTest
from pledgebook.flow.funnel_near import NearTest
from pledgebook.flow.funnel_text import main_text, told_body
from pledgebook.flow.funnel_words import load_funnel_words


class Stage(StrEnum):
    """How far a page has come."""

    READ = "read"
    BYTES = "bytes"
    TEXT = "text"


class Funnel:
    """Both tests. One thread's: the scan keeps its scratch space."""

    def __init__(self, *, engine: str | None = None) -> None:
        words = load_funnel_words()
        self._near = NearTest(words)
        self._bytes = ByteTest(words, self._near, engine=engine)

    @property
    def engine(self) -> str:
        """What finds the literals: "hyperscan" or "ahocorasick"."""
        return self._bytes.engine

    def judge(self, content: bytes | bytearray, *, media_type: str = "text/html", charset: str | None = None) -> Stage:
        """How far a page comes: only one that comes to TEXT is worth a reader's time.

        >>> Funnel().judge(b"<p>Acme invests 2 billion euros in data centres.</p>")
        <Stage.TEXT: 'text'>
        """
        if not self.passes_bytes(content, charset):
            return Stage.READ
        return Stage.TEXT if media_type == "text/plain" or self.passes_text(content, charset) else Stage.BYTES

    def passes_bytes(self, content: bytes | bytearray, charset: str | None = None) -> bool:
        """Whether the bytes of a page may tell a pledge."""
        return self._bytes.passes(content, charset)

    def passes_text(self, content: bytes | bytearray, charset: str | None = None) -> bool:
        """Whether the main text of a page may tell one, or the article in its JSON-LD."""
        text = main_text(content, charset)
        # Of pages that only advertise an article most are done here: their own has no word of investing.
        if self._bytes.has_stem(text) and self._near.passes(text):
            return True
        body = told_body(content) if b"articleBody" in content else ""
        return bool(body) and self._near.passes(body)


@cache
def load_funnel() -> Funnel:
    """The funnel of this process."""
    return Funnel()
