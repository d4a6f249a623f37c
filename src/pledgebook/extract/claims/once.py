"""What is asked of a scene again and again, worked out once."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from pledgebook.extract.claims.scene import Scene

_Thing = TypeVar("_Thing")
_Answer = TypeVar("_Answer")


def once(work: Callable[[Scene, _Thing], _Answer]) -> Callable[[Scene, _Thing], _Answer]:
    """The same function, whose answers the scene keeps: about one thing of a document it is worked out once.

    Things count as the same where they are one object, numbers where they are equal. Answers are shared: whoever asks
    leaves them as they are.
    """

    @wraps(work)
    def kept(scene: Scene, thing: _Thing) -> _Answer:
        key = (work, thing if isinstance(thing, int) else id(thing))
        found = scene.kept.get(key)
        if found is None:
            # The thing is kept as well, so that no other gets its id.
            found = scene.kept[key] = (thing, work(scene, thing))
        answer: _Answer = found[1]
        return answer

    return kept
