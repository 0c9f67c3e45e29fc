"""The problems that routes declare, written once for the OpenAPI document."""

from typing import Any

from service.web.problems import PROBLEM_JSON
from service.web.v1.fields import Outbound


class ProblemPlace(Outbound):
    """One place of the body and what is wrong there, never its value."""

    pointer: str
    detail: str


class Problem(Outbound):
    """A refusal (RFC 9457), in words a person understands."""

    type: str
    title: str
    status: int
    instance: str
    errors: list[ProblemPlace] | None = None


_MEANINGS = {
    400: "La demande n'est pas lisible, ou il lui manque un en-tête.",
    401: "Il manque le code personnel ou la session.",
    403: "Cela ne vous est pas permis, ou pas encore.",
    404: "Rien à cette adresse, ou elle ne vous est pas ouverte.",
    409: "L'état actuel ne permet pas cette action.",
    413: "Le contenu dépasse 16 kio.",
    415: "Le contenu n'est pas du JSON.",
    422: "Une réponse est à corriger ; la place est nommée, la valeur jamais.",
    503: "Le service est très demandé, ou une de ses parties est arrêtée.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses`` of a route for these statuses."""
    example = {
        "type": "/problems/invalid-request",
        "title": "Des réponses sont à corriger.",
        "status": 422,
        "instance": "urn:uuid:00000000-0000-4000-8000-000000000000",
        "errors": [
            {"pointer": "/people", "detail": "Nombre de personnes : trop grand."}
        ],
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": _MEANINGS[status],
            "content": {
                PROBLEM_JSON: {
                    "schema": schema,
                    **({"example": example} if status == 422 else {}),
                }
            },
        }
        for status in statuses
    }
