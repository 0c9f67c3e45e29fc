"""Which columns a person is given in their own file, and which are not, and why.

One list, read by what writes the file and by the test that walks the schema: a column
of a person's table, or a sealed one anywhere, is given, opened, or withheld for a
reason written here. ``retention.py`` says of the same columns when they are erased,
``AIPD.md`` what for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, MetaData, Select, Table, select

from service.adapters.postgres import access_tables as a
from service.adapters.postgres import doors_tables as d
from service.adapters.postgres import mandate_tables as m
from service.adapters.postgres import tables as t
from service.adapters.postgres.desk_act_tables import desk_act
from service.adapters.postgres.message_tables import delivery
from service.adapters.postgres.paper_tables import issued_paper
from service.adapters.postgres.promise_tables import promise
from service.adapters.postgres.retention import is_of_a_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the file.

    Attributes:
        name: Its name in the file.
        table: Whose columns are given.
        given: ``column nom`` pairs, one a line.
        source: What the rows are read from, where the table alone does not do.
        whose: The column that holds the registration.
        more: Columns of the other tables that say what a number stands for.
        where: Rows that may be told already.
    """

    name: str
    table: Table
    given: str
    source: FromClause | None = None
    whose: ColumnElement[UUID] | None = None
    more: Sequence[ColumnElement[object]] = ()
    where: ColumnElement[bool] | None = None

    @property
    def columns(self) -> Mapping[str, str]:
        """Return the name in the file of each column."""
        words = self.given.split()
        return dict(zip(words[::2], words[1::2], strict=True))

    def query(self, registration_id: UUID) -> Select[tuple[object, ...]]:
        """Return what reads the rows of one registration."""
        whose = self.table.c.registration_id if self.whose is None else self.whose
        given = [self.table.c[one].label(name) for one, name in self.columns.items()]
        asked = (
            select(*given, *self.more)
            .select_from(self.table if self.source is None else self.source)
            .where(whose == registration_id)
            .order_by(*self.table.primary_key.columns)
        )
        return asked if self.where is None else asked.where(self.where)


_NIGHT: Final = t.night.c.held_on.label("nuit")

SECTIONS: Final = (
    Section(
        name="inscription",
        table=t.registration,
        whose=t.registration.c.id,
        given="""
            reference reference
            prefecture prefecture
            motif motif
            sites lieux
            state etat
            language langue
            held_document document_tenu
            permit_expires_on fin_du_titre
            permit_starts_on debut_du_titre
            entered_on entree_en_france
            requested_on date_de_la_demande
            end_of_right_on fin_du_droit
            end_of_right_basis raison_de_cette_fin
            weekdays_excluded jours_de_semaine_impossibles
            dates_excluded dates_impossibles
            short_notice peut_venir_vite
            people personnes_recues_ensemble
            channel inscrit_par
            registered_at inscrit_le
            waiting_since_on attend_depuis_le
            first_night_on premiere_nuit
            back_on de_retour_le
            told_not_drawn_on dernier_bilan_envoye_le
            proved_at contact_prouve_le
            displaced_on rendez_vous_annule_par_la_prefecture_le
            released_at finie_le
            new_contact_from nouveau_contact_a_partir_du
        """,
    ),
    Section(
        name="accuse",
        table=promise,
        given="made_at signe_le\n first_label_on premiere_nuit_couverte",
    ),
    Section(
        name="nuits",
        table=t.entry,
        source=t.entry.join(t.night, t.night.c.id == t.entry.c.night_id),
        where=t.night.c.published_at.is_not(None),
        more=(_NIGHT,),
        given="""
            label etiquette
            band groupe
            ticket billet
            rank rang
            result resultat
            tier avant_ou_apres_la_fin_du_droit
            through par_quel_lieu
            cut_off rang_du_dernier_servi
        """,
    ),
    Section(
        name="places_proposees",
        table=t.offer,
        source=t.offer.join(t.night, t.night.c.id == t.offer.c.night_id).join(
            t.slot, t.slot.c.id == t.offer.c.slot_id
        ),
        more=(
            _NIGHT,
            t.slot.c.site.label("lieu"),
            t.slot.c.starts_at.label("heure_du_rendez_vous"),
        ),
        given="""
            id numero
            state etat
            made_at proposee_le
            handed_over_at message_parti_le
            undeliverable_at message_impossible_le
            confirm_by reponse_avant
            answered_at repondue_le
        """,
    ),
    Section(
        name="rendez_vous",
        table=d.visit,
        source=d.visit.join(t.offer, t.offer.c.id == d.visit.c.offer_id),
        whose=t.offer.c.registration_id,
        given="""
            offer_id place
            outcome venue
            noted_at note_le
            excuse excuse
            excused_at excuse_notee_le
        """,
    ),
    Section(
        name="urgences_signalees",
        table=d.urgency_claim,
        given="""
            ground motif
            evidence preuves
            happens_on date_de_l_urgence
            made_at signalee_le
            answer_by reponse_avant
            answered_at repondue_le
            answer reponse
            reason raison
        """,
    ),
    Section(
        name="dates_verifiees",
        table=d.date_check,
        given="""
            held_document document_tenu
            permit_expires_on fin_du_titre
            permit_starts_on debut_du_titre
            entered_on entree_en_france
            requested_on date_de_la_demande
            ordered_by convoque_pour_le
            seen papier_vu
            state decision
            checked_at verifiee_le
            decided_at decidee_le
        """,
    ),
    Section(
        name="titre_pret",
        table=d.ready_permit,
        given="""
            prefecture prefecture
            site lieu
            collect_at a_retirer_le
            said_at pret_le
            told_at annonce_le
            told_how annonce_par
            collected_at retire_le
        """,
    ),
    Section(
        name="recepisses_renouveles",
        table=d.paper_renewal,
        given="renewed_until jusqu_au\n renewed_at fait_le",
    ),
    Section(
        name="mandats",
        table=m.mandate,
        source=m.mandate.join(
            m.organisation, m.organisation.c.id == m.mandate.c.organisation_id
        ),
        more=(m.organisation.c.name.label("organisation"),),
        given="""
            id numero
            scopes ce_qui_est_permis
            begins_on du
            ends_on au
            opened_at ouvert_le
            ended_at fini_le
            ended_by fini_par
        """,
    ),
    Section(
        name="actes_sous_mandat",
        table=m.mandate_act,
        source=m.mandate_act.join(
            m.mandate, m.mandate.c.id == m.mandate_act.c.mandate_id
        ),
        whose=m.mandate.c.registration_id,
        given="mandate_id mandat\n act acte\n at fait_le",
    ),
    Section(
        name="actes_des_agents",
        table=desk_act,
        given="act acte\n shown reconnu_par\n noted_at fait_le",
    ),
    Section(
        name="messages",
        table=t.outbox,
        given="""
            id numero
            kind sujet
            available_at a_envoyer_le
            attempts essais
            done_at termine_le
            outcome resultat
        """,
    ),
    Section(
        name="envois",
        table=delivery,
        source=delivery.join(t.outbox, t.outbox.c.id == delivery.c.outbox_id),
        whose=t.outbox.c.registration_id,
        given="outbox_id message\n way par\n outcome resultat\n at envoye_le",
    ),
    Section(
        name="papiers",
        table=issued_paper,
        given="kind sorte\n code code_de_verification\n issued_at ecrit_le",
    ),
    Section(
        name="code_papier",
        table=a.paper_code,
        given="issued_at donne_le\n expires_at valable_jusqu_au",
    ),
    Section(
        name="liens_envoyes",
        table=a.access_link,
        given="expires_at valable_jusqu_au",
    ),
    Section(
        name="codes_demandes",
        table=a.access_code,
        given="""
            asked_at demande_le
            expires_at valable_jusqu_au
            tries essais
            queued_at envoye_le
            used_at utilise_le
        """,
    ),
)

OPENED: Final = (
    "registration.sealed_identity registration.sealed_contact "
    "registration.sealed_new_contact companions.sealed"
)
"""Sealed columns that ``usecases/person/own_data.py`` opens and gives whole."""

WITHHELD: Final[Mapping[str, str]] = {
    "opens a registration, or its digest: a secret is not written to a file": (
        "registration.secret_sha256 access_link.secret_sha256 paper_code.code_sha256 "
        "access_code.request_sha256 access_code.code_sha256 access_code.sealed_code"
    ),
    "a pseudonym made with a key: it names nobody, and would link files": (
        "registration.applicant_key registration.key_version "
        "ready_permit.applicant_key message_day.applicant_key"
    ),
    "a number of a row, of no meaning outside the database": (
        "registration.id promise.registration_id entry.night_id entry.registration_id "
        "offer.night_id offer.registration_id offer.slot_id urgency_claim.id "
        "urgency_claim.registration_id urgency_claim.check_id date_check.id "
        "date_check.registration_id ready_permit.id ready_permit.registration_id "
        "paper_renewal.registration_id paper_renewal.ended_registration "
        "mandate.registration_id mandate.organisation_id mandate_act.id desk_act.id "
        "desk_act.registration_id outbox.registration_id outbox.night_id "
        "outbox.offer_id outbox.once issued_paper.registration_id "
        "issued_paper.offer_id issued_paper.subject paper_code.registration_id "
        "access_link.registration_id access_code.registration_id "
        "companions.registration_id offer_place.offer_id offer_place.place_id "
        "offer_place.given_back_at displaced_offer.offer_id "
        "displaced_offer.cancellation_id"
    ),
    "who among the staff acted: another person's data; the act itself is given": (
        "visit.noted_by visit.excused_by urgency_claim.answered_by "
        "date_check.checked_by date_check.decided_by ready_permit.said_by "
        "paper_renewal.renewed_by mandate.helper_id mandate_act.helper_id "
        "desk_act.agent_id paper_code.issued_by"
    ),
    "of two people at once: the desk tells each their part": (
        "near_match.first_id near_match.second_id near_match.likeness "
        "near_match.decision near_match.decided_by near_match.decided_at "
        "near_match.objected_at near_match.closed_by near_match.closed_at "
        "near_match_reopening.first_id near_match_reopening.second_id "
        "near_match_reopening.closed_by near_match_reopening.closed_at "
        "near_match_reopening.reopened_by near_match_reopening.reopened_at "
        "near_match_reopening.reason"
    ),
    "would tell of an earlier registration, which only its own contact reads": (
        "registration.joined_to registration.declines message_day.sent_on "
        "message_day.messages message_day.anyones"
    ),
    "what the prefecture holds of who has a ready permit: shown at the desk": (
        "ready_permit.sealed_identity ready_permit.sealed_contact"
    ),
    "in the signed accusé, which the follow-up page gives": (
        "promise.said promise.sealed_label_key promise.signature "
        "promise.signature_with_key"
    ),
    "on the paper itself, signed": "issued_paper.token",
    "the machine's own note while it sends": (
        "outbox.counted_on outbox.about outbox.last_error"
    ),
    "not an applicant's, or an answer kept thirty days that repeats the above": (
        "answer.sealed auditor_subscription.sealed_email agent_factor.sealed_totp "
        "agent_enrolment.sealed_totp helper.sealed_totp helper_batch.sealed "
        "organisation_mail.sealed beacon_chain.sealed_seed"
    ),
}
"""What the file does not hold, by reason."""


def personal_columns(schema: MetaData) -> set[str]:
    """Return the columns that say something of a person: the same as ``retention``."""
    return {
        f"{table.name}.{column.name}"
        for table in schema.tables.values()
        for column in table.columns
        if "sealed" in column.name or is_of_a_person(table)
    }


def decided() -> Iterable[str]:
    """Name every column that is given, opened or withheld; each of them once."""
    for section in SECTIONS:
        yield from (f"{section.table.name}.{name}" for name in section.columns)
    yield from OPENED.split()
    for names in WITHHELD.values():
        yield from names.split()
