"""The exact words behind the fields of a claim."""

from collections.abc import Sequence

from pledgebook.domain import Evidence, Mention, Purpose, Span, Stage
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.territory import Territory
from pledgebook.extract.claims.view import View

_STAGE_CUES = {
    Stage.RUMOURED: ("rumour", "propose"),
    Stage.PROPOSED: ("propose", "plan"),
    Stage.ANNOUNCED: ("announce", "invest", "plan", "build", "train", "hire"),
    Stage.UNDER_WAY: ("under_way", "build", "invest"),
    Stage.COMPLETED: ("complete", "stake", "invest", "build"),
    Stage.DELAYED: ("delay",),
    Stage.CANCELLED: ("cancel",),
    Stage.DENIED: ("deny",),
}


class Quotes:
    """Collects evidence, each piece a stretch of the kept text."""

    def __init__(self, scene: Scene, view: View, text: str) -> None:
        """Takes the scene that was read, the view it was read through, and the kept text."""
        self._scene, self._view, self._text = scene, view, text
        self._found: list[Evidence] = []

    def add(self, field: str, span: Span) -> None:
        """Quote the words of the view at `span` for a field."""
        home = self._view.original(span)
        if len(home):
            self._found.append(Evidence(field, home, home.of(self._text)))

    def actors(self, field: str, actors: Sequence[Actor], anchors: Sequence[Mention]) -> None:
        """Quote, for every actor, the nearest name to the draft's figures."""
        at = anchors[0].span.start
        for index, actor in enumerate(actors):
            places = actor.names or actor.anchors
            nearest = min(places, key=lambda anchor: (abs(anchor.span.start - at), anchor.span))
            self.add(field if index == 0 else f"{field}.{index}", nearest.span)

    def purposes(self, purposes: Sequence[Purpose], territory: Territory, anchors: Sequence[Mention]) -> None:
        """Quote the nearest word for every purpose; for "general" the words of the figure itself."""
        scene, at = self._scene, anchors[0].span.start
        for index, purpose in enumerate(purposes):
            field = "purposes" if index == 0 else f"purposes.{index}"
            matches = [m for m in scene.purposes if m.label == purpose.value and scene.sentence_at(m.span.start) >= 0]
            if matches:
                self.add(field, min(matches, key=lambda m: (abs(m.span.start - at), m.span)).span)
            else:
                self.cue(field, ("invest", "build", "announce"), territory, anchors)

    def stage(self, stage: Stage, territory: Territory, anchors: Sequence[Mention]) -> None:
        """Quote the words that tell the stage."""
        self.cue("stage", _STAGE_CUES[stage], territory, anchors)

    def cue(self, field: str, labels: Sequence[str], territory: Territory, anchors: Sequence[Mention]) -> None:
        """Quote the nearest cue with one of `labels`, those named first preferred; failing all, the figure."""
        scene, at = self._scene, anchors[0].span.start
        for sentences in (territory.core, territory.near, territory.far):
            for label in labels:
                spans = [
                    cue.span
                    for n in sentences
                    for cue in scene.cues_in(scene.sentences[n].span.start, scene.sentences[n].span.end)
                    if cue.label == label
                ]
                if spans:
                    self.add(field, min(spans, key=lambda span: (abs(span.start - at), span)))
                    return
        self.add(field, anchors[0].span)

    def all(self) -> tuple[Evidence, ...]:
        """The evidence, by field and place, without repetitions."""
        return tuple(sorted(set(self._found)))
