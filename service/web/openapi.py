"""The OpenAPI document: built without starting anything, stable, sorted."""

import json
from pathlib import Path
from typing import Any

from service.web.v1.responses import Problem


def openapi_document() -> dict[str, Any]:
    """Return the document of the JSON API; equal code gives equal bytes."""
    # Imported here: the document is about the application, which imports this package.
    from service.web.app import create_app

    document: dict[str, Any] = create_app().openapi()
    schemas: dict[str, Any] = document["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    for path in document["paths"].values():
        for operation in path.values():
            _drop_default_refusal(operation)
    document["servers"] = [{"url": "/"}]
    ordered: dict[str, Any] = json.loads(_text(document))
    return ordered


def _drop_default_refusal(operation: dict[str, Any]) -> None:
    """Take out the framework's own 422: ours is declared where one can happen."""
    refusal = operation["responses"].get("422", {})
    if "application/json" in refusal.get("content", {}):
        refusal["content"].pop("application/json")
        if not refusal["content"]:
            del operation["responses"]["422"]


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def openapi_text() -> str:
    """Return the document as it is committed and served."""
    return _text(openapi_document())


def write_openapi(path: Path) -> None:
    """Write the document where it is committed."""
    path.write_text(openapi_text(), encoding="utf-8")
