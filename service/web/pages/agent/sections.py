"""Where an agent's pages stand: five groups, in the order of a day at the desk.

Half past eight on Monday: who comes, what waits. Then the person in front, the lists of
the back office, the places to publish; what is set once stands last.
"""

from dataclasses import dataclass
from typing import Final

from service.words.i18n import N_


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a group.

    Attributes:
        address: Where it is; what lies below is the same page.
        title: In the list.
        also: Other addresses that lead back to it.
    """

    address: str
    title: str
    also: tuple[str, ...] = ()

    def covers(self, path: str) -> int:
        """Return how much of a path this page accounts for, 0 for none of it."""
        found = [at for at in (self.address, *self.also) if is_below(path, at)]
        return max(map(len, found), default=0)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of pages; its first one opens it."""

    title: str
    tabs: tuple[Tab, ...]

    @property
    def address(self) -> str:
        """Where the group begins."""
        return self.tabs[0].address


SECTIONS: Final = (
    Section(
        N_("Aujourd'hui"),
        (
            Tab("/agents/accueil", N_("Ce qui attend")),
            Tab("/agents/journee", N_("Journée")),
            Tab("/agents/demandes", N_("Urgences")),
            Tab("/agents/verifications", N_("Dates à confirmer")),
            Tab("/agents/annulations", N_("Annulations")),
            Tab("/agents/appels", N_("Appels")),
        ),
    ),
    Section(
        N_("Dossiers"),
        (
            Tab("/agents/inscrire", N_("Inscrire"), also=("/agents/dossiers",)),
            Tab("/agents/corrections", N_("Date fausse")),
            Tab("/agents/doublons", N_("Ressemblances")),
            Tab("/agents/code-papier", N_("Code papier")),
            Tab("/agents/convocations", N_("Convocations")),
        ),
    ),
    Section(
        N_("Listes"),
        (
            Tab(
                "/agents/papiers",
                N_("Récépissés"),
                also=(
                    "/agents/listes/papiers",
                    "/agents/listes/papiers-renouveles",
                    "/agents/fichiers/papiers",
                ),
            ),
            Tab(
                "/agents/titres-prets",
                N_("Titres prêts"),
                also=("/agents/listes/titres-prets",),
            ),
            Tab(
                "/agents/personnes-appelees",
                N_("Titulaires appelés"),
                also=(
                    "/agents/listes/personnes-appelees",
                    "/agents/fichiers/personnes-appelees",
                ),
            ),
        ),
    ),
    Section(
        N_("Places"),
        (
            Tab("/agents/creneaux", N_("Semaine")),
            Tab(
                "/agents/creneaux/publier", N_("Publier"), ("/agents/creneaux/apercu",)
            ),
            Tab("/agents/motifs", N_("Motifs")),
        ),
    ),
    Section(
        N_("Réglages"),
        (
            Tab("/agents/organisations", N_("Organisations")),
            Tab("/agents/lieux-d-aide", N_("Lieux d'aide")),
            Tab("/agents/controleurs", N_("Contrôleurs")),
        ),
    ),
)


def is_below(path: str, address: str) -> bool:
    """Tell whether a path is an address or lies under it."""
    return path == address or path.startswith(f"{address}/")


def where(path: str) -> tuple[Section | None, Tab | None]:
    """Return the group and the page of a path; none of them elsewhere."""
    found = [
        (tab.covers(path), section, tab)
        for section in SECTIONS
        for tab in section.tabs
        if tab.covers(path)
    ]
    if not found:
        return None, None
    _, section, tab = max(found, key=lambda one: one[0])
    return section, tab
