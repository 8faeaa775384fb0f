"""Requests made out of the service's own description: none breaks it, and every answer is as described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

EXAMPLES = 60
"""Per route and kind of request; all together stay within a minute."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="session")
def operations(client: TestClient) -> list[Any]:
    """All routes as the running service describes them."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", client.app)
    return [result.ok() for result in schema.get_all_operations()]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "not fitting"])
def test_every_answer_is_as_described(
    client: TestClient, operations: list[Any], mode: GenerationMode, subtests: pytest.Subtests
) -> None:
    assert len(operations) >= 15
    checks = CHECKS if mode is GenerationMode.POSITIVE else [*CHECKS, negative_data_rejection]
    reply = client.post("/api/v1/ask", json={"question": "Wann wurde Hamburg Aviation gegründet?"}).json()
    known = {
        "document_id": ["funding/innofounder", "clusters/hamburg-aviation.en"],
        "conversation_id": [reply["conversation_id"]],
        "reply_id": [reply["id"]],
    }
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
            continue  # any text may stand in an address

        @bounds(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
        def requested(case: schemathesis.Case, data: st.DataObject) -> None:
            for name, values in known.items():
                if name in case.path_parameters and data.draw(st.booleans()):
                    case.path_parameters[name] = data.draw(st.sampled_from(values))
            case.validate_response(case.call(), checks=checks)

        with subtests.test(operation.label):
            requested()
