"""Linear models: what they answer, what they say of why, and where their weights come from."""

import json
import math
from collections.abc import Iterator

import pytest

from pledgebook.extract.claims import linear
from pledgebook.extract.claims.linear import LinearModel, load_model, read_models, use_models

YES = LinearModel({"yes": (-1.0, {"near": 2.0, "far": -3.0, "title": 0.5})})
LABELS = LinearModel({"new": (0.0, {"today": 1.0}), "earlier": (0.5, {"ago": 2.0}), "total": (0.0, {})})


@pytest.fixture
def no_models() -> Iterator[None]:
    """The committed models come back whatever a test does with them."""
    committed = dict(linear._models())
    yield
    use_models(committed)


def test_a_probability_is_the_logistic_of_bias_and_weights() -> None:
    assert YES.probability([]) == pytest.approx(1 / (1 + math.e))
    assert YES.probability(["near"]) == pytest.approx(1 / (1 + math.exp(-1)))
    assert YES.probability(["near", "never seen"]) == YES.probability(["near"])


def test_far_scores_overflow_nothing() -> None:
    model = LinearModel({"yes": (0.0, {"up": 1e4, "down": -1e4})})
    assert model.probability(["up"]) == 1.0
    assert model.probability(["down"]) == 0.0
    assert LinearModel({"a": (1e4, {}), "b": (0.0, {})}).label([]) == ("a", 1.0)


def test_features_in_any_order_give_the_same_to_the_last_bit() -> None:
    weights = {str(n): 0.1 * n for n in range(50)}
    model = LinearModel({"yes": (0.3, weights)})
    assert model.probability(list(weights)) == model.probability(list(weights)[::-1])


def test_what_features_weigh_may_be_added_in_parts() -> None:
    told, more = ("near", "far"), ("title", "never seen")
    whole = YES.likely(YES.weight(told) + YES.known_weight(more))
    assert whole == YES.probability([*more, *told])
    assert YES.known_weight(more) == YES.weight(more) == 500


def test_the_likeliest_label_and_how_likely() -> None:
    label, sure = LABELS.label(["today"])
    assert label == "new"
    assert sure == pytest.approx(math.e / (math.e + math.exp(0.5) + 1))
    assert LABELS.label(["ago", "today"])[0] == "earlier"


def test_of_equal_labels_the_first_by_name() -> None:
    assert LinearModel({"b": (0.0, {}), "a": (0.0, {})}).label([]) == ("a", 0.5)


def test_reasons_are_the_heaviest_features_with_their_sign() -> None:
    assert YES.reasons(["title", "near", "far", "unknown"], most=2) == ("far -3.00", "near +2.00")
    assert LABELS.reasons(["ago"], label="earlier") == ("ago +2.00",)
    assert YES.reasons([]) == ()


def test_a_weights_file_is_read_as_it_was_written() -> None:
    source = json.dumps({"pledge": {"yes": [-1, {"near": 2}]}, "role": {"new": [0, {}], "total": [1.5, {"sum": 1}]}})
    models = read_models(source)
    assert sorted(models) == ["pledge", "role"]
    assert models["role"].label([])[0] == "total"
    assert models["pledge"].probability(["near"]) == pytest.approx(1 / (1 + math.exp(-1)))


@pytest.mark.usefixtures("no_models")
def test_a_model_that_was_never_trained_says_no() -> None:
    use_models({"pledge": YES})
    assert load_model("pledge") is YES
    assert load_model("never trained").probability(["anything"]) < 0.5


def test_the_committed_models_answer_every_question_that_is_asked() -> None:
    yes_or_no = ["pledge", "deliverable", "investor", "recipient", "destination", "owner", "part", "adds", "replaces"]
    for name in yes_or_no:
        assert list(load_model(name).rows) == ["yes"], name
    assert set(load_model("role").rows) <= {"new", "earlier", "total"}
    assert len(load_model("stage").rows) > 2
    for name in [*yes_or_no, "role", "stage"]:
        for bias, weights in load_model(name).rows.values():
            assert all(math.isfinite(weight) for weight in (bias, *weights.values())), name
