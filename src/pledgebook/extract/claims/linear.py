"""Small linear models over named features, their weights in a data file."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from importlib.resources import files
from itertools import repeat


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic model: one row of weights for a yes-or-no question, one a label for a choice among labels.

    `rows` go from label to bias and weights by feature. A yes-or-no question has the one label "yes".
    """

    rows: Mapping[str, tuple[float, Mapping[str, float]]]

    def probability(self, features: Iterable[str]) -> float:
        """How likely the answer is yes.

        >>> round(LinearModel({"yes": (0.0, {"near": 1.0})}).probability(["near"]), 3)
        0.731
        """
        bias, weights = self.rows["yes"]
        return _logistic(bias + math.fsum(map(weights.get, features, repeat(0.0))))

    def label(self, features: Sequence[str]) -> tuple[str, float]:
        """The likeliest label and how likely it is; of equal ones the first by name."""
        chances = self.chances(features)
        best = max(chances, key=lambda label: chances[label])
        return best, chances[best]

    def chances(self, features: Sequence[str]) -> dict[str, float]:
        """How likely each label is, by name."""
        scores = {
            label: bias + math.fsum(map(weights.get, features, repeat(0.0)))
            for label, (bias, weights) in sorted(self.rows.items())
        }
        top = max(scores.values())
        worth = {label: math.exp(score - top) for label, score in scores.items()}
        whole = math.fsum(worth.values())
        return {label: one / whole for label, one in worth.items()}

    def reasons(self, features: Iterable[str], *, label: str = "yes", most: int = 3) -> tuple[str, ...]:
        """The features that weighed most, with their weights, heaviest first."""
        weights = self.rows[label][1]
        told = nlargest(most, ((abs(weights[f]), f) for f in set(features) if weights.get(f)))
        return tuple(f"{feature} {weights[feature]:+.2f}" for _, feature in told)


def _logistic(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-score)) if score >= 0 else 1.0 - 1.0 / (1.0 + math.exp(score))


def load_model(name: str) -> LinearModel:
    """The model called `name` of the committed weights; one that knows nothing where it was never trained."""
    return _models().get(name, _UNTRAINED)


def read_models(source: str) -> dict[str, LinearModel]:
    """The models of a weights file, from its JSON."""
    return {
        name: LinearModel({label: (float(bias), weights) for label, (bias, weights) in rows.items()})
        for name, rows in json.loads(source).items()
    }


_UNTRAINED = LinearModel({"yes": (-1.0, {})})


@cache
def _models() -> dict[str, LinearModel]:
    source = files("pledgebook.extract.claims").joinpath("weights.json")
    return read_models(source.read_text(encoding="utf-8")) if source.is_file() else {}


def use_models(models: Mapping[str, LinearModel]) -> None:
    """Replace the committed models: for training and for tests, never while documents are being read."""
    _models().clear()
    _models().update(models)
