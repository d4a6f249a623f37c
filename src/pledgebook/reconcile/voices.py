"""Which documents are one voice: a story and its copies, however many carry it."""

from collections import defaultdict
from collections.abc import Mapping
from heapq import nsmallest
from zlib import crc32

# Letters in a row that two texts rarely share by chance, in any script; how many of a text's are kept to compare.
SHINGLE = 12
SKETCH = 128
# Of the shingles of the shorter text so many stand in the other one too.
COPIED = 0.6
# A shingle of so many texts is a phrase, not a trace of copying.
COMMON = 50


def find_voices(texts: Mapping[str, str]) -> dict[str, str]:
    """For each document the name of its voice: the first id, in the order of ids, of the texts that it is a copy of.

    Texts are sketched by the smallest hashes of their runs of letters (bottom-k MinHash), so that the cost grows
    with the number of texts and copies, not with its square. Case, spaces and punctuation don't matter.

    >>> story = "The company said on Monday that it would build three data centres near the old harbour of the town. "
    >>> find_voices({"a": story, "b": story.upper() + "More soon.", "c": "Something else was said elsewhere today."})
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    sketches = {name: _sketch(text) for name, text in sorted(texts.items())}
    holders: dict[int, list[str]] = defaultdict(list)
    for name, sketch in sketches.items():
        for value in sketch:
            holders[value].append(name)
    voice = {name: name for name in sketches}
    for name, sketch in sketches.items():
        shared: dict[str, int] = defaultdict(int)
        for value in sketch:
            if len(holders[value]) <= COMMON:
                for other in holders[value]:
                    if other < name:
                        shared[other] += 1
        for other in sorted(shared):
            if _is_copy(sketch, sketches[other]):
                _unite(voice, name, other)
    return {name: _root(voice, name) for name in sketches}


def _sketch(text: str) -> frozenset[int]:
    letters = "".join(letter for letter in text.casefold() if letter.isalnum()).encode("utf-8", "surrogatepass")
    last = max(1, len(letters) - SHINGLE + 1)
    return frozenset(nsmallest(SKETCH, {crc32(letters[start : start + SHINGLE]) for start in range(last)}))


def _is_copy(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether most of the shorter text stands in the longer one, judged by the hashes below the lower of both ends."""
    end = min(max(one), max(other))
    here, there = {value for value in one if value <= end}, {value for value in other if value <= end}
    return len(here & there) >= COPIED * min(len(here), len(there))


def _root(voice: dict[str, str], name: str) -> str:
    while voice[name] != name:
        name = voice[name]
    return name


def _unite(voice: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(voice, one), _root(voice, other)))
    voice[second] = first
