"""What to bring to a guichet: a short list a motif, in words to be translated.

Examples, replaced or completed by each prefecture's own (``service.domain.guide``): the
law names the papers (CESEDA, annexe 10 and R. 431-10), and the prefecture the copies it
wants. No list has any influence on the rank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from service.domain.guide import Guide, ListedPaper
from service.domain.motifs import MOTIFS, MotifFamily
from service.words.i18n import N_, Words

IDENTITY = N_("Le document d'identité utilisé pour l'inscription")
PERMIT = N_("Votre titre de séjour, votre visa ou votre dernier document")
ADDRESS = N_("Un justificatif de domicile de moins de 6 mois")
PHOTOS = N_("3 photos d'identité (35 × 45 mm)")
CIVIL = N_("Un acte de naissance, avec sa traduction")
ASKED = N_("Les documents que la préfecture vous a demandés")
EXPIRING = N_("Le papier qui finit bientôt, et une photo d'identité")
LETTER = N_("Le message ou la lettre qui vous demande de venir")
WORK = N_("L'autorisation de travail, le contrat et les derniers bulletins de salaire")
LINKS = N_("Les preuves de votre vie en France : famille, travail, durée")
ONLINE = N_("Vos identifiants du site de demande en ligne, et les fichiers à envoyer")

_BY_FAMILY: Mapping[MotifFamily, tuple[str, ...]] = MappingProxyType(
    {
        MotifFamily.DEPOSIT: (IDENTITY, PERMIT, ADDRESS, PHOTOS),
        MotifFamily.PROVISIONAL: (IDENTITY, EXPIRING, ADDRESS),
        MotifFamily.ANEF_HELP: (IDENTITY, PERMIT, ONLINE),
        MotifFamily.COLLECTION: (IDENTITY, PERMIT, LETTER),
        MotifFamily.MAJORITY: (IDENTITY, CIVIL, ADDRESS, PHOTOS),
        MotifFamily.UNDATED: (IDENTITY, ADDRESS),
    }
)
_BY_MOTIF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "renouvellement-salarie": (IDENTITY, PERMIT, ADDRESS, PHOTOS, WORK),
        "premiere-demande": (IDENTITY, PERMIT, CIVIL, ADDRESS, PHOTOS),
        "aes": (IDENTITY, CIVIL, ADDRESS, PHOTOS, LINKS),
        "complement": (IDENTITY, ASKED),
        "biometrie": (IDENTITY, LETTER),
    }
)


def to_bring(motif: str) -> Sequence[str]:
    """Return what to bring for a motif, in French, to be translated where shown."""
    known = MOTIFS.get(motif)
    if known is None:
        return (IDENTITY,)
    return _BY_MOTIF.get(motif, _BY_FAMILY[known.family])


@dataclass(frozen=True, slots=True)
class Brought:
    """One paper to bring, and the language in which it is said."""

    text: str
    language: str


def papers_in(motif: str, guide: Guide, words: Words) -> tuple[Brought, ...]:
    """Return what to bring for a motif: the common list, or the prefecture's own.

    What the prefecture wrote in French alone stays French: nothing is translated by
    guess, and the agent at the guichet knows it by that name.
    """
    own = guide.checklists.get(motif)
    common = tuple(
        Brought(words.gettext(one), words.language) for one in to_bring(motif)
    )
    if own is None:
        return common
    first = tuple(_brought(one, words) for one in own.instead) or common
    return (*first, *(_brought(one, words) for one in own.more))


def _brought(paper: ListedPaper, words: Words) -> Brought:
    said = paper.said.get(words.language)
    if said is not None:
        return Brought(said, words.language)
    return Brought(words.set(paper.french), "fr")
