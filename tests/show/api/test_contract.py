"""The whole API against its own description: schemathesis makes up requests from it, good ones and bad ones."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from pledgebook.show.desk.state import ALL
from served import app_on, small_book

load_all_checks()
# What a decision or a document means can't be said in a schema: some that fit it are refused all the same.
LEFT_OUT = ("positive_data_acceptance",)
EXAMPLES = 6
PLEDGE, DOCUMENT = "THE-PLEDGE", "THE-DOCUMENT"
HERE = {"Host": "127.0.0.1:8000"}


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("contract")
    app = app_on(small_book(folder), state=folder / "views.json")
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HERE)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_api_does_what_it_says(described: Any, mode: GenerationMode) -> None:
    left_out = CHECKS.get_by_names(LEFT_OUT)
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 15
    for operation in operations:

        @settings(
            max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
            phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            answer = case.call(headers=HERE)
            if answer.status_code == 414:  # too long to be looked at, which no schema can say
                assert answer.json()["error"]["name"] == "too-long"
                return
            case.validate_response(answer, excluded_checks=left_out)

        try:
            ask()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, operation.label  # nothing about it can be asked wrongly


@pytest.mark.parametrize(
    ("label", "asked"),
    [
        ("GET /api/v1/pledges/{pledge}", {"path_parameters": {"pledge": PLEDGE}}),
        ("GET /api/v1/pledges.{ending}", {"path_parameters": {"ending": "csv"}}),
        ("GET /api/v1/pledges", {"query": {"limit": 1, "sort": "-amount", "in": "EUR", "as_of": "2024-05-14"}}),
        ("GET /api/v1/documents/{document}", {"path_parameters": {"document": DOCUMENT}}),
        ("GET /api/v1/totals", {"query": {"by": "country", "explain": "true"}}),
        ("GET /api/v1/search", {"query": {"q": "Acme"}}),
        ("POST /api/v1/documents", {"body": {"source": "new.txt", "text": "Dora pledges 7000000 EUR to IT."}}),
        ("POST /api/v1/decisions", {"body": {"kind": "set", "pledges": [PLEDGE], "field": "stage", "value": "delayed",
                                             "why": "It said so."}}),
    ],
)  # fmt: skip
def test_what_is_asked_well_is_answered_as_described(described: Any, label: str, asked: dict[str, Any]) -> None:
    operation = next(it.ok() for it in described.get_all_operations() if it.ok().label == label)
    said = json.dumps(asked)
    ledger = described.app.state.desk.ledger()
    entry = max(ledger.each(ALL), key=lambda line: len(line.pledge.tellings))
    said = said.replace(PLEDGE, entry.id).replace(DOCUMENT, entry.pledge.tellings[0].document)
    case = operation.Case(**json.loads(said), **({"media_type": "application/json"} if "body" in asked else {}))
    answer = case.call_and_validate(headers=HERE, excluded_checks=CHECKS.get_by_names(LEFT_OUT))
    assert answer.status_code in (200, 201)
