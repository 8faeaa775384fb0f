"""The OpenAPI description as something to read: operations by group, what they take and what they answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter, or a field of a body."""

    name: str
    type: str
    is_required: bool
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A named object that travels."""

    name: str
    description: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one address."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    body: str | None
    """Name of the shape that is sent."""
    answers: tuple[tuple[str, str, str | None], ...]
    """Status, what it means, and the name of the shape that comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Everything the page shows."""

    title: str
    version: str
    description: str
    groups: tuple[tuple[str, tuple[Operation, ...]], ...]
    shapes: tuple[Shape, ...]
    examples: Mapping[str, str]
    """Per shape, an example as JSON."""

    @classmethod
    def of(cls, schema: Mapping[str, Any]) -> Reference:
        """Read an OpenAPI 3.1 description as FastAPI writes it."""
        operations: dict[str, list[Operation]] = {}
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                operations.setdefault(operation["tags"][0], []).append(_operation(method, path, operation))
        shapes = schema["components"]["schemas"]
        return cls(
            title=schema["info"]["title"],
            version=schema["info"]["version"],
            description=schema["info"]["description"],
            groups=tuple((name, tuple(found)) for name, found in operations.items()),
            shapes=tuple(_shape(name, shape) for name, shape in sorted(shapes.items()) if "properties" in shape),
            examples={
                name: json.dumps(shape["example"], ensure_ascii=False, indent=2)
                for name, shape in shapes.items()
                if "example" in shape
            },
        )


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> Operation:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        parameters=tuple(_parameter(parameter) for parameter in operation.get("parameters", ())),
        body=_reference(body) if body else None,
        answers=tuple(_answer(status, answer) for status, answer in operation["responses"].items()),
    )


def _answer(status: str, answer: Mapping[str, Any]) -> tuple[str, str, str | None]:
    schema: Mapping[str, Any] = next((content.get("schema", {}) for content in answer.get("content", {}).values()), {})
    return status, answer["description"], _reference(schema)


def _parameter(parameter: Mapping[str, Any]) -> Field:
    return Field(
        name=parameter["name"],
        type=_type(parameter["schema"]),
        is_required=parameter.get("required", False),
        description=parameter.get("description", ""),
    )


def _shape(name: str, shape: Mapping[str, Any]) -> Shape:
    required: Sequence[str] = shape.get("required", ())
    return Shape(
        name=name,
        description=shape.get("description", ""),
        fields=tuple(
            Field(
                name=field,
                type=_type(schema),
                is_required=field in required,
                description=schema.get("description", ""),
            )
            for field, schema in shape["properties"].items()
        ),
    )


def _reference(schema: Mapping[str, Any]) -> str | None:
    address: str | None = schema.get("$ref")
    return address.rpartition("/")[2] if address else None


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in words: "list of CitationOut", "string or null", "de | en"."""
    if reference := _reference(schema):
        return reference
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(option) for option in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type", "anything"))
