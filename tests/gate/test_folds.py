"""The folds of cross-validation: what is told of one commitment stays together."""

from typing import Any

import pytest

pytest.importorskip("sklearn", reason="of the extra [train]")
cross_validate = pytest.importorskip("cross_validate")


def document(name: str, *keys: str) -> dict[str, Any]:
    return {"id": name, "claims": [{"key": key} for key in keys]}


def test_documents_that_share_a_commitment_even_through_a_third_are_in_one_fold() -> None:
    raws = [document("a", "x"), document("b", "y"), document("c", "x", "y"), document("d", "z"), document("e")]
    folds = cross_validate.folds_of(raws, 2)
    assert folds[0] == folds[1] == folds[2]
    assert folds[3] == folds[4] != folds[0]
