"""The OpenAPI document, at the address where programs look for it."""

from functools import lru_cache

from fastapi import APIRouter, Response

from service.web.openapi import openapi_text

router = APIRouter(include_in_schema=False)


@lru_cache(maxsize=1)
def _text() -> str:
    return openapi_text()


@router.get("/v1/openapi.json")
async def read_document() -> Response:
    """Return the very document that is committed."""
    return Response(
        _text(),
        media_type="application/json",
        headers={"Cache-Control": "public, max-age=3600"},
    )
