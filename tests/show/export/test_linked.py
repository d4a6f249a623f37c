"""FollowTheMoney, IATI and JSON-LD, each by its own field's tool."""

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from rdflib import RDF, Graph, Namespace

from factory import RATES
from pledgebook.ledger import totals
from pledgebook.show.export import Selection, write
from pledgebook.show.export.jsonld import claim_ld

XSD = Path(__file__).parent / "iati-2.03" / "iati-activities-schema.xsd"
SDO = Namespace("https://schema.org/")
BOTH = pytest.mark.parametrize("which", ["demo", "nasty"])


def written(selection: Selection, format_: str) -> bytes:
    stream = io.BytesIO()
    write(selection, format_, stream)
    return stream.getvalue()


# ------------------------------------------------------------------------------------------------ FollowTheMoney


@BOTH
@pytest.mark.usefixtures("transliteration")
def test_follow_the_money_accepts_every_entity(which: str, request: pytest.FixtureRequest) -> None:
    from followthemoney import model

    selection: Selection = request.getfixturevalue(which)
    entities = [json.loads(line) for line in written(selection, "ftm").splitlines()]
    ids = {entity["id"]: model.get(entity["schema"]) for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        schema = model.get(entity["schema"])
        assert schema is not None
        schema.validate(entity)
        proxy = model.get_proxy(entity)
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            assert sorted(proxy.get(name)) == sorted(set(values)), (entity["schema"], name)
            for value in values:
                assert prop.type.clean(value) == value, (entity["schema"], name, value)
                if prop.type.name == "entity":
                    assert ids[value].is_a(prop.range), (name, value)
    schemata = {entity["schema"] for entity in entities}
    assert {"Project", "ProjectParticipant", "Article", "Documentation"} <= schemata
    if which == "demo":
        assert {"Company", "PublicBody"} <= schemata
        assert sum(entity["schema"] == "Project" for entity in entities) == len(selection.pledges)


# ------------------------------------------------------------------------------------------------ IATI


@BOTH
def test_iati_is_valid_by_the_schema_of_the_standard(which: str, request: pytest.FixtureRequest) -> None:
    schema = etree.XMLSchema(etree.parse(str(XSD)))
    schema.assertValid(etree.fromstring(written(request.getfixturevalue(which), "iati")))


def test_the_schema_refuses_what_is_no_activity(demo: Selection) -> None:
    schema = etree.XMLSchema(etree.parse(str(XSD)))
    tree = etree.fromstring(written(demo, "iati"))
    tree[0].remove(tree[0].find("reporting-org"))
    assert not schema.validate(tree)


def test_transactions_are_pledges_and_add_up_to_the_ledger(demo: Selection) -> None:
    tree = etree.fromstring(written(demo, "iati"))
    assert {it.get("secondary-reporter") for it in tree.iter("reporting-org")} == {"1"}
    assert {it.find("transaction-type").get("code") for it in tree.iter("transaction")} == {"12"}
    assert all(it.find("value").get("value-date") for it in tree.iter("transaction"))
    lines = {entry.id: entry for entry in demo.entries}
    added: dict[str, Decimal] = {}
    for activity in tree:
        name = activity.findtext("iati-identifier").removeprefix("XI-PLEDGEBOOK-")
        for value in activity.iter("value"):
            assert lines[name].counted
            added[value.get("currency")] = added.get(value.get("currency"), Decimal(0)) + Decimal(value.text)
    told: dict[str, Decimal] = {}
    for entry in demo.entries:
        if entry.counted and entry.central and entry.currency:
            told[entry.currency] = told.get(entry.currency, Decimal(0)) + entry.central
    assert added == told
    assert totals(demo.entries, currency="USD", rates=RATES)[-1].central > 0


def test_money_for_several_countries_is_not_split(demo: Selection) -> None:
    several = {entry.id for entry in demo.entries if len(entry.pledge.destinations) > 1}
    assert several
    for activity in etree.fromstring(written(demo, "iati")):
        if activity.findtext("iati-identifier").removeprefix("XI-PLEDGEBOOK-") in several:
            assert activity.find("recipient-country") is None
            assert activity.find("recipient-region").get("code") == "UNALLOCATED"


# ------------------------------------------------------------------------------------------------ JSON-LD


def graph(found: dict[str, Any]) -> Graph:
    """The triples, with the context that the address stands for: tests don't fetch it."""
    return Graph().parse(data=json.dumps(found | {"@context": {"@vocab": str(SDO)}}), format="json-ld")


@BOTH
def test_json_ld_is_a_dataset_of_claims(which: str, request: pytest.FixtureRequest) -> None:
    selection: Selection = request.getfixturevalue(which)
    found = json.loads(written(selection, "jsonld"))
    assert found["@context"] == "https://schema.org"
    triples = graph(found)
    (dataset,) = triples.subjects(RDF.type, SDO.Dataset)
    claims = set(triples.subjects(RDF.type, SDO.Claim))
    assert set(triples.objects(dataset, SDO.hasPart)) == claims
    assert len(claims) == len(selection.entries)
    sums = list(triples.subjects(RDF.type, SDO.MonetaryAmount))
    assert sums
    for amount in sums:
        low, value, high = (
            Decimal(str(next(triples.objects(amount, SDO[name])))) for name in ("minValue", "value", "maxValue")
        )
        assert low <= value <= high


def test_a_claim_alone_has_its_context(demo: Selection) -> None:
    entry = next(entry for entry in demo.entries if entry.pledge.amount is not None and not entry.is_rest)
    found = claim_ld(entry, demo.documents, alone=True)
    assert found["@context"] == "https://schema.org"
    assert found["about"]["object"]["currency"] == entry.pledge.amount.currency
    assert found["text"] in demo.documents[entry.pledge.tellings[0].document].document.text or found["text"]
