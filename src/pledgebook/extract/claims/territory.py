"""Which sentences speak of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.scene import Scene, paragraph_of


@dataclass(frozen=True, slots=True)
class Territory:
    """Indexes of sentences: `core` hold its figures, `near` go on in the same paragraph, `far` are nobody else's."""

    core: tuple[int, ...]
    near: tuple[int, ...]
    far: tuple[int, ...]


def find_territories(scene: Scene, drafts: Sequence[Draft]) -> list[Territory]:
    """The territory of each draft. What no other draft claims belongs, at a distance, to the first."""
    cores = [sorted({scene.sentence_at(m.span.start) for m in draft.anchors}) for draft in drafts]
    taken = {sentence for core in cores for sentence in core}
    owned: set[int] = set(taken)
    nears = []
    for core in cores:
        near: list[int] = []
        for sentence in core:
            if scene.sentences[sentence].is_heading:
                continue
            paragraph = list(paragraph_of(scene, sentence))
            at = paragraph.index(sentence)
            for step in (paragraph[at + 1 :], paragraph[:at][::-1]):
                for other in step:
                    if other in taken:
                        break
                    near.append(other)
        nears.append(sorted(set(near)))
        owned |= set(near)
    free = tuple(n for n in range(len(scene.sentences)) if n not in owned)
    lead = next((n for n, draft in enumerate(drafts) if draft.figures), 0)
    return [
        Territory(tuple(core), tuple(near), free if n == lead else ())
        for n, (core, near) in enumerate(zip(cores, nears, strict=True))
    ]
