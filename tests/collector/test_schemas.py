"""The schemas that outsiders rely on."""

import json

import pytest

from schouw_collector.cli import Schema
from schouw_collector.schemas import SCHEMAS, schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_closed_and_is_json(name):
    found = schema(name)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    records = [found, *found.get("$defs", {}).values()]
    records = [record for record in records if "properties" in record]
    assert records
    assert all(record["additionalProperties"] is False for record in records)
    assert json.loads(json.dumps(found)) == found


def test_the_command_line_offers_every_schema():
    assert [name.value for name in Schema] == list(SCHEMAS)


def test_a_schema_uses_the_names_on_the_wire():
    assert "schema" in schema("assessment")["properties"]
    assert "schema_id" not in schema("assessment")["properties"]
