"""Small linear models over named features, their weights in a data file."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import repeat

# Weights are kept to three digits behind the point: as whole numbers they add up exactly, in any order and in parts.
_UNIT = 1000
_MOST_KEPT = 1 << 14


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic model: one row of weights for a yes-or-no question, one a label for a choice among labels.

    `rows` go from label to bias and weights by feature. A yes-or-no question has the one label "yes".
    """

    rows: Mapping[str, tuple[float, Mapping[str, float]]]
    # Of a yes-or-no question the bias and the weights, of a choice those of all labels: in thousandths.
    _bias: int = field(init=False, repr=False, compare=False, default=0)
    _weights: Mapping[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)
    _columns: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _known: dict[tuple[str, ...], int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        whole = {
            label: (round(bias * _UNIT), {name: round(weight * _UNIT) for name, weight in weights.items()})
            for label, (bias, weights) in sorted(self.rows.items())
        }
        if "yes" in whole:
            object.__setattr__(self, "_bias", whole["yes"][0])
            object.__setattr__(self, "_weights", whole["yes"][1])
        else:
            names = {name for _, weights in whole.values() for name in weights}
            columns = {name: tuple(weights.get(name, 0) for _, weights in whole.values()) for name in names}
            object.__setattr__(self, "_columns", columns)

    def probability(self, features: Iterable[str]) -> float:
        """How likely the answer is yes.

        >>> round(LinearModel({"yes": (0.0, {"near": 1.0})}).probability(["near"]), 3)
        0.731
        """
        return self.likely(self.weight(features))

    def weight(self, features: Iterable[str]) -> int:
        """What features weigh together, to be added to what others weigh."""
        return sum(map(self._weights.get, features, repeat(0)))

    def known_weight(self, features: tuple[str, ...]) -> int:
        """The same, remembered: for features that come together again and again."""
        weight = self._known.get(features)
        if weight is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            weight = self._known[features] = self.weight(features)
        return weight

    def likely(self, weight: int) -> float:
        """How likely the answer is yes where all features together weigh so much.

        >>> model = LinearModel({"yes": (0.0, {"near": 1.0, "late": 0.5})})
        >>> model.likely(model.weight(["near"]) + model.weight(["late"])) == model.probability(["near", "late"])
        True
        """
        return _logistic((self._bias + weight) / _UNIT)

    def label(self, features: Sequence[str]) -> tuple[str, float]:
        """The likeliest label and how likely it is; of equal ones the first by name."""
        chances = self.chances(features)
        best = max(chances, key=lambda label: chances[label])
        return best, chances[best]

    def chances(self, features: Sequence[str]) -> dict[str, float]:
        """How likely each label is, by name."""
        biases = {label: round(bias * _UNIT) for label, (bias, _) in sorted(self.rows.items())}
        if "yes" in biases:
            sums = [self._bias + self.weight(features)]
        else:
            told = [found for feature in features if (found := self._columns.get(feature)) is not None]
            sums = list(map(sum, zip(biases.values(), *told, strict=True)))
        scores = {label: whole / _UNIT for label, whole in zip(biases, sums, strict=True)}
        top = max(scores.values())
        worth = {label: math.exp(score - top) for label, score in scores.items()}
        whole = math.fsum(worth.values())
        return {label: one / whole for label, one in worth.items()}

    def reasons(self, features: Iterable[str], *, label: str = "yes", most: int = 3) -> tuple[str, ...]:
        """The features that weighed most, with their weights, heaviest first."""
        weights = self.rows[label][1]
        told = sorted([(abs(weights[f]), f) for f in set(features) if weights.get(f)], reverse=True)
        return tuple(f"{feature} {weights[feature]:+.2f}" for _, feature in told[:most])


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
