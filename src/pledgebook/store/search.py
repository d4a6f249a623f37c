"""Finding documents by their words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pledgebook.domain import ReadDocument, Sentence, Span
from pledgebook.store.engine import Engine, Row, chunks, insert, marks
from pledgebook.store.terms import asked, fold, runs, terms

# So many documents are looked at closely.
CANDIDATES = 200
# What of a very long text is indexed: PostgreSQL takes no more than a megabyte.
_MOST_BYTES = 300_000
_MOST_PLACES = 16_383
# A text of less than this can't have more bytes of words than that: each has two more than its signs.
_SHORT = _MOST_BYTES // 3
_PLACES_EACH = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found: the sentence that fits best, and where in the text its words stand.

    `score` has a meaning only beside the other hits of one search.
    """

    document: ReadDocument
    score: float
    sentence: Span
    words: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.of(self.document.document.text)


def index(engine: Engine, texts: Sequence[tuple[str, str]]) -> None:
    """Adds texts (key and words) to the index, within a transaction; those that it has stay as they are."""
    following = int(engine.rows("SELECT coalesce(max(no), 0) FROM searched")[0][0])
    rows, named = [], []
    for number, (key, text) in enumerate(texts, following + 1):
        named.append((number, key))
        rows.append((number, indexed(engine.dialect, text)))
    insert(engine, "searched", ("no", "text_key"), named)
    if rows:
        as_words = "CAST(? AS tsvector)" if engine.dialect == "postgres" else "?"
        engine.run_many(f"INSERT INTO search (rowid, words) VALUES (?, {as_words})", rows)  # noqa: S608 - our own names


def index_all(engine: Engine) -> None:
    """Adds all texts of a book to an index that is empty, within a transaction."""
    keys = [str(key) for (key,) in engine.rows("SELECT key FROM texts ORDER BY key")]
    for few in chunks(keys):
        statement = f"SELECT key, text FROM texts WHERE key IN ({marks(len(few))}) ORDER BY key"  # noqa: S608 - our own names
        index(engine, [(str(key), str(text)) for key, text in engine.rows(statement, few)])


def indexed(dialect: str, text: str) -> str:
    """What the index keeps of a text."""
    if dialect != "postgres" and text.isascii() and len(text) < _SHORT:
        return " ".join(terms(text))
    kept, size = [], 0
    for term in terms(text):
        size += len(term.encode("utf-8", "replace")) + 2
        if size > _MOST_BYTES:
            break
        kept.append(term)
    if dialect != "postgres":
        return " ".join(kept).encode("utf-8", "replace").decode("utf-8")
    places: dict[str, list[int]] = {}
    for place, term in enumerate(kept, 1):
        here = places.setdefault(term.encode("utf-8", "replace").decode("utf-8"), [])
        if len(here) < _PLACES_EACH and place < _MOST_PLACES:
            here.append(place)
    return " ".join(f"'{term}':{','.join(map(str, here))}" if here else f"'{term}'" for term, here in places.items())


def unindex(engine: Engine, text_keys: Iterable[str]) -> None:
    """Takes texts out of the index, within a transaction, so that no word of theirs is left."""
    for few in chunks(sorted(text_keys)):
        _take_out(engine, few)
    if engine.dialect == "sqlite":
        # Deleted rows live on in the segments of the index until these are merged.
        engine.run("INSERT INTO search (search) VALUES ('optimize')")


def index_again(engine: Engine, text_keys: Sequence[str]) -> None:
    """Puts texts into the index anew, within a transaction; keys of no text are taken out of it."""
    for few in chunks(text_keys):
        _take_out(engine, few)
        statement = f"SELECT key, text FROM texts WHERE key IN ({marks(len(few))}) ORDER BY key"  # noqa: S608 - our own names
        index(engine, [(str(key), str(text)) for key, text in engine.rows(statement, few)])


def _take_out(engine: Engine, text_keys: Sequence[str]) -> None:
    numbers = engine.rows(f"SELECT no FROM searched WHERE text_key IN ({marks(len(text_keys))})", text_keys)  # noqa: S608 - our own names
    engine.run_many("DELETE FROM search WHERE rowid = ?", numbers)
    engine.run_many("DELETE FROM searched WHERE no = ?", numbers)


def empty(engine: Engine) -> None:
    """Drops the index, within a transaction."""
    engine.run("DELETE FROM searched")
    if engine.dialect == "sqlite":
        engine.run("INSERT INTO search (search) VALUES ('delete-all')")
    else:
        engine.run("DELETE FROM search")


def text_keys(engine: Engine, words: str) -> list[str]:
    """The keys of the texts that hold all of `words`, the most promising first."""
    wanted = asked(words)
    if not wanted:
        return []
    found: list[Row]
    if engine.dialect == "sqlite":
        query = " AND ".join(f'"{term}"{" *" if longer else ""}' for term, longer in wanted)
        found = engine.rows(
            "SELECT d.text_key FROM search s JOIN searched d ON d.no = s.rowid WHERE s.words MATCH ?"
            " ORDER BY bm25(search), d.text_key LIMIT ?",
            (query, CANDIDATES),
        )
    else:
        query = " & ".join(f"'{term}'{':*' if longer else ''}" for term, longer in wanted)
        found = engine.rows(
            "SELECT d.text_key FROM search s JOIN searched d ON d.no = s.rowid WHERE s.words @@ CAST(? AS tsquery)"
            " ORDER BY ts_rank(s.words, CAST(? AS tsquery)) DESC, d.text_key LIMIT ?",
            (query, query, CANDIDATES),
        )
    return [str(key) for (key,) in found]


def hits(documents: Iterable[ReadDocument], words: str) -> Iterator[Hit]:
    """What of `documents` fits `words`, the best first: in the title, close together, often in a short text."""
    wanted = asked(words)
    scored = []
    for item in documents:
        document = item.document
        found = Counter(terms(document.text))
        length = 1 + sum(found.values()) / 400
        often = sum(many / (many + length) for many in (_many(found, *one) for one in wanted))
        title = set(terms(document.title or ""))
        in_title = sum(_has(title, *one) for one in wanted)
        scored.append((-(often + in_title) / len(wanted), document.id, item))
    ranked = []
    for negative, name, item in sorted(scored, key=lambda it: it[:2]):
        best = _sentence(item, wanted)
        if best is not None:
            share, sentence = best
            ranked.append((negative - share, name, Hit(item, round(share - negative, 4), sentence, ())))
    for _, _, hit in sorted(ranked, key=lambda it: it[:2]):
        marked = tuple(_marked(hit.document.document.text, hit.sentence, wanted))
        yield Hit(hit.document, hit.score, hit.sentence, marked)


def _many(found: Counter[str], term: str, longer: bool) -> int:  # noqa: FBT001 - as `asked` gives it
    if not longer:
        return found[term]
    return sum(many for word, many in found.items() if word.startswith(term))


def _has(found: set[str], term: str, longer: bool) -> bool:  # noqa: FBT001 - as `asked` gives it
    return term in found or (longer and any(word.startswith(term) for word in found))


def _sentence(item: ReadDocument, wanted: Sequence[tuple[str, bool]]) -> tuple[float, Span] | None:
    """The sentence with most of the words, the first of several, and the share of the words that it has."""
    document = item.document
    best: tuple[float, Span] | None = None
    for span in _spans(document.sentences, len(document.text)):
        here = set(terms(span.of(document.text)))
        share = sum(_has(here, *one) for one in wanted) / len(wanted)
        if share and (best is None or share > best[0]):
            best = (share, span)
            if share == 1:
                break
    return best


def _spans(sentences: Sequence[Sentence], length: int) -> Iterator[Span]:
    if sentences:
        yield from sorted(sentence.span for sentence in sentences)
    else:
        yield Span(0, min(length, 500))


def _marked(text: str, sentence: Span, wanted: Sequence[tuple[str, bool]]) -> Iterator[Span]:
    """Where in a sentence the words stand; of runs without blanks the pairs that were asked for, joined."""
    here: Span | None = None
    for found in _pieces(text, sentence, wanted):
        if here is not None and found.start <= here.end:
            here = Span(here.start, max(here.end, found.end))
            continue
        if here is not None:
            yield here
        here = found
    if here is not None:
        yield here


def _pieces(text: str, sentence: Span, wanted: Sequence[tuple[str, bool]]) -> Iterator[Span]:
    for run, is_unspaced in runs(sentence.of(text)):
        span = run.shifted(sentence.start)
        if not is_unspaced:
            if any(_has(set(terms(span.of(text))), *one) for one in wanted):
                yield span
            continue
        for at in range(span.start, span.end):
            pair = fold(text[at : min(at + 2, span.end)])
            if any(pair == term for term, longer in wanted if not longer):
                yield Span(at, min(at + 2, span.end))
            elif any(pair.startswith(term) for term, longer in wanted if longer):
                yield Span(at, at + 1)
