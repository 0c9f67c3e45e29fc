"""HTTP: thin, decides nothing."""

from service.web.openapi import openapi_document, write_openapi

__all__ = ["openapi_document", "write_openapi"]
