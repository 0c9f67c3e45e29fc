"""Every rule the laboratory compares, by name."""

from dataclasses import replace
from typing import Final

from simulation.errors import UnknownNameError
from simulation.mechanisms.rule import Rule

FIRST_CLICK: Final = Rule(
    slug="first-click", fr="Premier clic", en="First click", allocation="click"
)

OURS: Final = Rule(
    slug="ours",
    fr="Tour de rôle (règle publiée)",
    en="Tour de rôle (published rule)",
    allocation="draw",
    name="frozen",
    freed="later-night",
    identity_check=True,
    verifiable=True,
)

OWN: Final = replace(
    OURS,
    slug="ours-own",
    fr="Tour de rôle, vos paramètres",
    en="Tour de rôle, your parameters",
)
"""Ours with parameters that somebody asks for: nothing without them, so not listed."""

_CLICKS: Final = (
    replace(
        FIRST_CLICK,
        slug="captcha-ahead",
        fr="Premier clic, captcha résolu d'avance",
        en="First click, captcha solved ahead",
        captcha="ahead",
    ),
    replace(
        FIRST_CLICK,
        slug="captcha-farm",
        fr="Premier clic, captcha résolu par des humains lents",
        en="First click, captcha solved by slow humans",
        captcha="farm",
    ),
    replace(
        FIRST_CLICK,
        slug="waves",
        fr="Premier clic par vagues et captcha, nom figé",
        en="First click in waves with captcha, name frozen",
        captcha="ahead",
        waves=6,
        name="frozen",
        freed="later-night",
    ),
    replace(
        FIRST_CLICK,
        slug="random-release",
        fr="Premier clic, mise en ligne à une heure tirée au sort",
        en="First click, release at a random hour",
        release_known=False,
        freed="random",
        name="frozen",
    ),
    replace(
        FIRST_CLICK,
        slug="immutable-name",
        fr="Premier clic, nom figé",
        en="First click, immutable name",
        name="frozen",
    ),
    replace(
        FIRST_CLICK,
        slug="name-change",
        fr="Premier clic, nom modifiable, annulations au tirage suivant",
        en="First click, name change allowed, cancelled places kept back",
        freed="later-night",
    ),
    replace(
        FIRST_CLICK,
        slug="waiting-room",
        fr="Salle d'attente au hasard",
        en="Random waiting room",
        allocation="waiting-room",
    ),
)

_DRAWS: Final = (
    replace(
        OURS,
        slug="list-by-arrival",
        fr="Liste par ordre d'arrivée",
        en="List by arrival",
        order="arrival",
        verifiable=False,
    ),
    replace(
        OURS,
        slug="earliest-expiry",
        fr="Échéance la plus proche d'abord",
        en="Earliest expiry first",
        order="expiry",
        verifiable=False,
    ),
    replace(
        OURS,
        slug="plain-lottery",
        fr="Loterie simple",
        en="Plain lottery",
        order="lottery",
        verifiable=False,
    ),
)

_NO_CHECK: Final = (
    "no-identity-check",
    "sans contrôle d'identité",
    "no identity check",
)
_EDITABLE: Final = ("transferable", "nom modifiable", "name editable")

_DRAWS_WITHOUT: Final = tuple(
    replace(
        parent,
        slug=f"{parent.slug}-{slug}",
        fr=f"{parent.fr}, {fr}",
        en=f"{parent.en}, {en}",
        identity_check=parent.identity_check and slug != _NO_CHECK[0],
        name="editable" if slug == _EDITABLE[0] else parent.name,
    )
    for parent in _DRAWS
    if parent.order in ("lottery", "arrival")
    for slug, fr, en in (_NO_CHECK, _EDITABLE)
)
"""The half-remedies that draw, as they were tried: a safeguard less each."""

_WITHOUT: Final = (
    replace(
        OURS,
        slug="ours-no-identity-check",
        fr="Tour de rôle sans contrôle d'identité",
        en="Tour de rôle without identity check",
        identity_check=False,
    ),
    replace(
        OURS,
        slug="ours-transferable",
        fr="Tour de rôle, nom modifiable",
        en="Tour de rôle, name editable",
        name="editable",
    ),
    replace(
        OURS,
        slug="ours-instant-rebooking",
        fr="Tour de rôle, place libérée aussitôt réservable",
        en="Tour de rôle, freed places bookable at once",
        freed="instant",
    ),
    replace(
        OURS,
        slug="ours-unverified-dates",
        fr="Tour de rôle, échéance seulement déclarée",
        en="Tour de rôle, deadline only declared",
        dates_verified=False,
    ),
)

RULES: Final = {
    each.slug: each
    for each in (FIRST_CLICK, *_CLICKS, *_DRAWS, *_DRAWS_WITHOUT, OURS, *_WITHOUT)
}
"""All rules, in the order in which tables show them."""


def rule(slug: str) -> Rule:
    """Return the rule of that name.

    Raises:
        UnknownNameError: There is none; the text lists those that exist.
    """
    if slug == OWN.slug:
        return OWN
    if slug not in RULES:
        known = ", ".join(RULES)
        raise UnknownNameError(
            f"no rule is called '{slug}'; known: {known}",
            f"aucune règle ne s'appelle « {slug} » ; connues : {known}",
        )
    return RULES[slug]
