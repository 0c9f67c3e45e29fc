"""Why this result, on paper: the four points of CRPA R. 311-3-1-2, in its order."""

from typing import Any

from service.adapters.papers.notice import algorithm_notice, service_name
from service.adapters.papers.people import Row, identity_rows
from service.adapters.papers.tongues import Said, Tongues
from service.domain.ruleset import (
    BAND_LATER,
    BAND_LOST,
    BAND_SOON,
    BAND_VERY_SOON,
    Ruleset,
)
from service.usecases.night.group_ranks import cut_off_in_group, rank_in_group
from service.usecases.records import EntryRecord
from service.usecases.records.papers import ExplanationPaper
from service.words import phrases
from service.words.i18n import Words


def explanation_content(paper: ExplanationPaper, t: Tongues) -> dict[str, Any]:
    """Return what the template prints."""
    _ = t.gettext
    entry = paper.entry
    title = (
        _("Pourquoi une place est pour vous")
        if entry.result == "served"
        else _("Pourquoi vous n'avez pas encore de place")
    )
    return {
        "head": t.head(),
        "title": _("Pourquoi ce résultat"),
        "issuer": t.french.set(paper.view.prefecture_name),
        "service": service_name(t),
        "result": title,
        "night": _(
            "Tirage du soir du %(day)s.", day=lambda words: words.day(entry.held_on)
        ),
        "who": [
            *identity_rows(paper.holder, t, is_discreet=True),
            {
                "label": _("Référence"),
                "value": {"fr": phrases.spelled_reference(paper.view.reference)},
            },
        ],
        "parts": [
            _share(t),
            _data(paper, t),
            _settings(paper.ruleset, t),
            _operations(paper, t),
        ],
        "not_looked_at": _(
            "Le calcul n'a regardé ni l'heure d'inscription, ni le nom, ni la"
            " nationalité, ni la langue, ni la santé, ni le moyen utilisé : internet,"
            " papier, téléphone ou guichet."
        ),
        "error_title": _("Une erreur dans votre cas ?"),
        "error": _(
            "Demandez une vérification à un agent, par téléphone, par courrier ou au"
            " guichet : une personne regarde, pas le calcul. Votre place dans les"
            " tirages suivants n'en dépend pas."
        ),
        "phone": _phone(paper, t),
        "algorithm": algorithm_notice(t),
        "foot": _(
            "Pourquoi ce résultat, établi le %(day)s.",
            day=lambda words: words.short_day(paper.issued_on),
        ),
    }


def _share(t: Tongues) -> dict[str, Any]:
    _ = t.gettext
    return {
        "title": _("1. Part du calcul dans la décision"),
        "text": [
            _(
                "Entière pour ce tirage : la règle publiée range les inscriptions et"
                " donne les places. Aucun agent ne choisit qui a une place. Un agent"
                " vérifie ensuite les documents au guichet, et une erreur peut être"
                " corrigée par une personne."
            )
        ],
        "rows": [],
    }


def _data(paper: ExplanationPaper, t: Tongues) -> dict[str, Any]:
    _ = t.gettext
    view, entry = paper.view, paper.entry
    basis = phrases.BASES.get(view.end_of_right_basis)
    rows: list[Row] = [
        {
            "label": _("Votre groupe cette nuit-là"),
            "value": t.each(
                lambda w: phrases.opening(w.gettext(phrases.BAND_NAMES[entry.band]))
            ),
        },
        {
            "label": _("Date qui compte"),
            "value": t.each(lambda w: _end(paper, w)),
            "note": t.each(
                lambda w: w.gettext(basis) if basis else view.end_of_right_source
            ),
        },
        {
            "label": _("Motif"),
            "value": t.each(lambda w: phrases.motif_title(view.motif, w)),
        },
        {
            "label": _("Lieux acceptés"),
            "value": {"fr": " ; ".join(map(t.french.set, view.site_names))},
        },
        {
            "label": _("Jours impossibles"),
            "value": t.each(lambda w: _days_off(paper, w)),
        },
        {
            "label": _("Jours d'attente"),
            "value": {"fr": str(_waited(paper))},
            "note": _("Ils comptent dans la part des longues attentes seulement."),
        },
        {"label": _("Personnes reçues ensemble"), "value": {"fr": str(view.people)}},
    ]
    return {
        "title": _("2. Données utilisées et leur origine"),
        "text": [
            _(
                "Ces réponses sont les vôtres, telles qu'elles sont aujourd'hui ; les"
                " dates viennent de vous ou d'un agent qui a vu le document. Si vous"
                " les avez corrigées depuis, le procès-verbal garde celles de la nuit."
            )
        ],
        "rows": rows,
    }


def _settings(ruleset: Ruleset, t: Tongues) -> dict[str, Any]:
    _ = t.gettext
    bands = ruleset.bands
    edges = (
        (BAND_VERY_SOON, _ends_within(bands.very_soon_days, t)),
        (BAND_SOON, _ends_within(bands.soon_days, t)),
        (BAND_LOST, _("fin du droit déjà passée")),
        (BAND_LATER, _("toutes les autres situations")),
    )
    groups: list[Row] = [
        {"label": _named(phrases.BAND_NAMES[band], t), "value": value}
        for band, value in edges
    ]
    shares: list[Row] = [
        {
            "label": _reserved(phrases.QUOTAS.get(quota.quota, quota.quota), t),
            "value": _percent(quota.percent, t),
        }
        for quota in ruleset.quotas
    ]
    return {
        "title": _("3. Réglages, et leur poids"),
        "text": [
            _(
                "Règle publiée, version %(version)s. Les groupes passent dans cet"
                " ordre, sauf les parts réservées ci-dessous. Dans un groupe, tout le"
                " monde a le même poids : seul le sort départage.",
                version=ruleset.version,
            ),
            _(
                "Délai pour prévenir : %(usual)s jours au moins, ou %(short)s jours"
                " pour les groupes pressés et pour qui l'accepte.",
                usual=ruleset.notice.usual_days,
                short=ruleset.notice.short_days,
            ),
        ],
        "rows": groups + shares,
    }


def _ends_within(days: int, t: Tongues) -> Said:
    return t.gettext("fin du droit dans %(days)s jours au plus", days=days)


def _reserved(name: str, t: Tongues) -> Said:
    return t.gettext("Part réservée : %(name)s", name=lambda w: w.gettext(name))


def _percent(percent: int, t: Tongues) -> Said:
    return t.gettext("%(percent)s %% des places", percent=percent)


def _named(text: str, t: Tongues) -> Said:
    return t.each(lambda words: phrases.opening(words.gettext(text)))


def _operations(paper: ExplanationPaper, t: Tongues) -> dict[str, Any]:
    _ = t.gettext
    entry, night = paper.entry, paper.night
    rows: list[Row] = [
        {
            "label": _("Votre pseudonyme de la nuit"),
            "value": {"fr": phrases.grouped(entry.label, 8)},
        },
        {
            "label": _("Votre numéro de tirage"),
            "value": {"fr": phrases.grouped(entry.ticket, 8)},
        },
    ]
    if night.randomness:
        shown = phrases.grouped(night.randomness, 8)
        rows.append({"label": _("Nombre au hasard publié"), "value": {"fr": shown}})
    return {
        "title": _("4. Opérations, et comment les refaire"),
        "text": [
            *_counts(paper, t),
            _rank(paper, t),
            _outcome(entry, t),
            *_cut_off(paper, t),
            _(
                "La liste était fermée et signée avant que le nombre au hasard existe."
                " Ce nombre donne un numéro à chaque ligne ; les numéros rangent chaque"
                " groupe, puis chaque place va à la première ligne à qui elle"
                " convient. Chacun peut refaire le calcul : %(address)s/nuits/%(day)s",
                address=paper.public_url.partition("://")[2],
                day=entry.held_on.isoformat(),
            ),
        ],
        "rows": rows,
    }


def _counts(paper: ExplanationPaper, t: Tongues) -> list[Said]:
    places = paper.night.places
    if places is None:
        return []
    return [
        t.gettext(
            "Il y avait %(places)s places pour %(entries)s inscriptions.",
            places=lambda words: words.number(places),
            entries=lambda words: words.number(paper.night.entries),
        )
    ]


def _rank(paper: ExplanationPaper, t: Tongues) -> Said:
    entry = paper.entry
    inside = rank_in_group(entry, paper.night)
    if inside is not None:
        return t.gettext(
            "Dans votre groupe, le sort vous a donné le rang %(rank)s sur %(size)s.",
            rank=lambda words: words.number(inside.rank),
            size=lambda words: words.number(inside.size),
        )
    return t.gettext(
        "Sur toute la liste, groupes compris, votre rang était %(rank)s sur"
        " %(entries)s.",
        rank=lambda words: words.number(entry.rank),
        entries=lambda words: words.number(entry.entries),
    )


def _cut_off(paper: ExplanationPaper, t: Tongues) -> list[Said]:
    """Say how far the places went, where that is public (see ``group_ranks``)."""
    last = cut_off_in_group(paper.entry, paper.night)
    if last is None or paper.entry.result == "no_suitable_place":
        return []
    alike = t.gettext(
        "Pareilles : même groupe, mêmes créneaux possibles, même nombre de personnes."
        " Entre elles, seul le numéro de tirage décide."
    )
    if last.rank == 0:
        nobody = t.gettext(
            "Parmi les lignes pareilles à la vôtre, aucune n'a eu de place hors des"
            " parts réservées."
        )
        return [nobody, alike]
    reached = t.gettext(
        "Pour les lignes pareilles à la vôtre, les places sont allées jusqu'au rang"
        " %(rank)s sur %(size)s.",
        rank=lambda words: words.number(last.rank),
        size=lambda words: words.number(last.size),
    )
    return [reached, alike]


def _outcome(entry: EntryRecord, t: Tongues) -> Said:
    _ = t.gettext
    if entry.result == "no_suitable_place":
        return _(
            "Aucune place de cette nuit ne convenait à votre motif, à vos lieux et à"
            " vos jours."
        )
    through = entry.through
    if through is not None and through != "open":
        return _(
            "Votre place vient d'une part réservée, servie avant les groupes :"
            " %(quota)s. L'ancienneté y décide, en jours entiers.",
            quota=lambda words: words.gettext(phrases.QUOTAS.get(through, through)),
        )
    if entry.result == "served":
        return _("Une place convenait à votre motif, à vos lieux et à vos jours.")
    return _(
        "Toutes les places qui vous convenaient sont allées à des lignes classées avant"
        " la vôtre, ou aux parts réservées."
    )


def _end(paper: ExplanationPaper, words: Words) -> str:
    ends = paper.view.end_of_right_on
    return words.short_day(ends) if ends else words.gettext("Aucune")


def _days_off(paper: ExplanationPaper, words: Words) -> str:
    held = paper.view.availability
    named = [words.weekday_name(number) for number in sorted(held.weekdays_excluded)]
    dated = [words.short_day(day) for day in sorted(held.dates_excluded)]
    return ", ".join(named + dated) or words.gettext("Aucun")


def _waited(paper: ExplanationPaper) -> int:
    return max((paper.entry.held_on - paper.view.waiting_since_on).days, 0)


def _phone(paper: ExplanationPaper, t: Tongues) -> Said | None:
    if paper.phone is None:
        return None
    return t.gettext(
        "Une question ? Appelez la préfecture : %(phone)s.",
        phone=phrases.spaced_phone(paper.phone),
    )
