"""Letters for people whom no message reaches: words of the messages, one page."""

from collections.abc import Callable
from typing import Any

from service.adapters.papers.coming import call_for, way_in
from service.adapters.papers.notice import service_name
from service.adapters.papers.people import Row
from service.adapters.papers.tongues import Said, Tongues, printable_name
from service.domain.guide import NO_GUIDE, Guide
from service.usecases.records.papers import CalledLetter, Holder, ReadyLetter
from service.words import phrases
from service.words.i18n import N_, Words

_READY_ON = N_("Votre titre est prêt. Venez le chercher le %(at)s :")
_READY = N_("Votre titre est prêt. Venez le chercher sans rendez-vous :")
_HOURS = N_("%(day)s, de %(opens)s à %(closes)s")
_BRING = N_(
    "Apportez votre passeport, votre ancien titre ou votre récépissé, et le timbre"
    " fiscal. Venez vous-même."
)
_NO_HURRY = N_(
    "La remise ne passe pas par le tirage : il n'y a rien à gagner à se presser."
)
_CALLED = N_(
    "Votre titre finit dans les prochains mois. La préfecture vous a inscrit pour"
    " « %(motif)s », pour que vous n'ayez pas à chercher de rendez-vous."
)
_EVERY_NIGHT = N_(
    "Vous participez au tirage chaque nuit, à partir du %(first)s. Vous avez la même"
    " chance que les autres."
)
_CALL = N_(
    "Pour donner un téléphone, corriger une date ou retirer l'inscription : appelez le"
    " %(phone)s, ou venez au guichet avec cette lettre et un document d'identité."
)
_COME = N_(
    "Pour donner un téléphone, corriger une date ou retirer l'inscription : venez au"
    " guichet avec cette lettre et un document d'identité."
)


def ready_content(
    paper: ReadyLetter, t: Tongues, guide: Guide = NO_GUIDE
) -> dict[str, Any]:
    """Return what the template prints for a permit that is ready."""
    _ = t.gettext
    at = paper.collect_at
    opening = (
        _(_READY) if at is None else _(_READY_ON, at=lambda words: words.moment(at))
    )
    call = call_for(paper.site, paper.phone, guide)
    return {
        **_common(paper.holder, paper.prefecture_name, t),
        "title": _("Votre titre est prêt"),
        "opening": [opening],
        "place": [f"{t.french.set(paper.site_name)}", paper.site_address],
        "under": [] if at else [_hours(one, t) for one in paper.hours],
        "code": _code(_("Référence"), paper.code),
        "text": [_(_BRING), _(_NO_HURRY)],
        "access_title": _("Accès à ce lieu"),
        "access": _lines(t, lambda words: way_in(paper.site, words, guide)),
        "phone": _phone(call, t),
        "foot": _foot(paper.code, t),
    }


def called_content(paper: CalledLetter, t: Tongues) -> dict[str, Any]:
    """Return what the template prints for a holder called before expiry."""
    _ = t.gettext
    phone = paper.phone
    return {
        **_common(paper.holder, paper.prefecture_name, t),
        "title": _("La préfecture vous a inscrit pour un rendez-vous"),
        "opening": [
            _(_CALLED, motif=lambda words: phrases.motif_title(paper.motif, words)),
            _(_EVERY_NIGHT, first=lambda words: words.day(paper.first_night_on)),
        ],
        "place": [f"{t.french.set(one.name)} – {one.address}" for one in paper.sites],
        "under": [],
        "code": _code(_("Référence"), phrases.spelled_reference(paper.reference)),
        "text": [
            _(_COME) if phone is None else _(_CALL, phone=phrases.spaced_phone(phone))
        ],
        "access_title": None,
        "access": [],
        "phone": None,
        "foot": _foot(phrases.spelled_reference(paper.reference), t),
    }


def _common(holder: Holder, prefecture_name: str, t: Tongues) -> dict[str, Any]:
    names = f"{holder.family_name} {holder.given_names or ''}".strip()
    return {
        "head": t.head(),
        "issuer": t.french.set(prefecture_name),
        "service": service_name(t),
        "to": printable_name(names).text,
    }


def _hours(one: tuple[int, Any, Any], t: Tongues) -> Said:
    weekday, opens, closes = one
    return t.gettext(
        _HOURS,
        day=lambda words: words.weekday_name(weekday),
        opens=lambda words: words.hour(opens),
        closes=lambda words: words.hour(closes),
    )


def _code(label: Said, value: str) -> Row:
    return {"label": label, "value": {"fr": value}, "big": True}


def _phone(phone: str | None, t: Tongues) -> Said | None:
    if phone is None:
        return None
    return t.gettext(
        "Une question ? Appelez la préfecture : %(phone)s.",
        phone=phrases.spaced_phone(phone),
    )


def _foot(code: str, t: Tongues) -> Said:
    return {"fr": f"{t.french.gettext('Référence')} {code}"}


def _lines(t: Tongues, lines_in: Callable[[Words], list[str]]) -> list[Said]:
    def line(at: int) -> Said:
        return t.each(lambda words: lines_in(words)[at])

    return [line(at) for at in range(len(lines_in(t.french)))]
