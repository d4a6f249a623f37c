"""The cities, provinces and regions that a draft names as its sites."""

from collections.abc import Sequence

from pledgebook.domain import Mention
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.territory import Territory

_SITE_CUES = frozenset(("build", "invest", "under_way", "complete", "plan", "purchase"))
_TALK_CUES = frozenset(("announce", "summit"))
_NEAR = 8.0


def find_sites(scene: Scene, draft: Draft, territory: Territory) -> list[tuple[str, Mention]]:
    """Names and mentions of the places in the draft's countries that its sentences name as sites, each once."""
    countries = {actor.key for actor in draft.destinations}
    found: dict[str, Mention] = {}
    for mention in scene.places:
        if mention.name is None or mention.place not in countries or "adjective" in mention.parts:
            continue
        sentence = scene.sentence_at(mention.span.start)
        if sentence in territory.core or (sentence in territory.near and _is_site(scene, mention, sentence)):
            if mention.name in found or _is_scene_of_talk(scene, mention, sentence):
                continue
            found[mention.name] = mention
    return list(found.items())


def _cues(scene: Scene, mention: Mention, sentence: int) -> Sequence[tuple[float, str]]:
    bounds = scene.sentences[sentence].span
    return sorted(
        (scene.words_between(cue.span.start, mention.span.start), cue.label)
        for cue in scene.cues_in(bounds.start, bounds.end)
        if cue.label in _SITE_CUES | _TALK_CUES
    )


def _is_site(scene: Scene, mention: Mention, sentence: int) -> bool:
    cues = _cues(scene, mention, sentence)
    bounds = scene.sentences[sentence].span
    return any(
        match.label in ("data_centres", "semiconductors") for match in scene.purposes_in(bounds.start, bounds.end)
    ) or any(label in _SITE_CUES for _, label in cues)


def _is_scene_of_talk(scene: Scene, mention: Mention, sentence: int) -> bool:
    """Whether the place is where something was said: a dateline, or nearer to "announced" than to "build"."""
    bounds = scene.sentences[sentence].span
    if sentence <= 2 and mention.span.start == bounds.start and not scene.sentences[sentence].is_heading:
        return True
    cues = _cues(scene, mention, sentence)
    return bool(cues) and cues[0][1] in _TALK_CUES and cues[0][0] <= _NEAR / 2
