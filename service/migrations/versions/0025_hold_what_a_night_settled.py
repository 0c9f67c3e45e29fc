"""Hold what a night settled: what an arrow has written, no later UPDATE rewrites.

Rights say which columns of a row may move; these triggers say that they move once, and
that an offer is made in the draw of its night and nowhere else. They belong to the
owner of the tables, so that the program's account cannot take them away.

Compatibility with the previous release: it writes nothing that these refuse.
"""

from typing import Final

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_STATES: Final = (
    "ARRAY['planned', 'frozen', 'committed', 'revealed', 'drawn', 'published', "
    "'notified']"
)


def _changes(columns: str) -> str:
    """Say in SQL that one of the columns changes."""
    names = columns.split()
    new, old = (", ".join(f"{row}.{n}" for n in names) for row in ("NEW", "OLD"))
    return f"(ROW({new}) IS DISTINCT FROM ROW({old}))"


def _once(column: str) -> str:
    """Say in SQL that a column that was written changes."""
    return f"(OLD.{column} IS NOT NULL AND {_changes(column)})"


def _refilled(column: str) -> str:
    """Say in SQL that a column changes to anything but nothing."""
    return f"(NEW.{column} IS NOT NULL AND {_changes(column)})"


_NIGHT: Final = " OR ".join(
    (
        f"array_position({_STATES}, NEW.state) - array_position({_STATES}, OLD.state) "
        "NOT IN (0, 1)",
        "OLD.state <> 'planned' AND "
        + _changes(
            "freeze_at brought_forward ruleset_version frozen_at pool nonces "
            "pool_sha256 places"
        ),
        "OLD.state NOT IN ('planned', 'frozen') AND "
        + _changes(
            "committed_at commitment commitment_sha256 signature_key signature_value "
            "beacon_chain beacon_round beacon_due_at publishes"
        ),
        "OLD.state NOT IN ('planned', 'frozen', 'committed') AND "
        + _changes("postponed_at revealed_at beacon_signature randomness"),
        *map(_once, ("postponed_at", "drawn_at", "published_at", "notified_at")),
    )
)
_OFFER: Final = (
    "NEW.state <> OLD.state AND (NEW.state = 'awaiting' "
    "OR OLD.state IN ('declined', 'lapsed', 'cancelled') "
    "OR (OLD.state = 'confirmed' AND NEW.state <> 'cancelled'))"
)
_CHECK: Final = " OR ".join(
    (
        *map(_once, ("decided_by", "decided_at")),
        *map(_refilled, ("held_document", "permit_expires_on", "permit_starts_on")),
        *map(_refilled, ("entered_on", "requested_on", "ordered_by")),
    )
)
_ENTRY: Final = "OLD.ticket IS NOT NULL AND " + _changes(
    "ticket rank result tier through cut_off"
)

_KEY: Final = (
    "NEW.key_version < OLD.key_version OR (NEW.key_version = OLD.key_version AND "
    + _changes("applicant_key")
    + ")"
)

_HELD: Final = {
    "registration": _KEY,
    "night": _NIGHT,
    "entry": _ENTRY,
    "offer": _OFFER,
    "offer_place": _once("given_back_at"),
    "place": _once("withdrawn_at"),
    "signing_key": _once("valid_to"),
    "date_check": _CHECK,
    "mandate": f"{_once('ended_at')} OR {_once('ended_by')}",
}
"""By table: the UPDATE that is refused."""

_WRITTEN_DURING: Final = {
    "entry": "planned",
    "draw": "revealed",
    "offer": "revealed",
    "transcript": "drawn",
}
"""By table: the state in which a night's rows are written."""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.execute(
        "CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what % has settled is not rewritten', "
        "TG_TABLE_NAME; END $$"
    )
    for table, refused in _HELD.items():
        op.execute(
            f"CREATE TRIGGER {table}_settled BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN ({refused}) EXECUTE FUNCTION refuse_rewriting()"
        )
    op.execute(
        "CREATE TRIGGER night_begins_planned BEFORE INSERT ON night FOR EACH ROW "
        "WHEN (NEW.state <> 'planned') EXECUTE FUNCTION refuse_rewriting()"
    )
    _hold_rulesets()
    _write_during()
    _offer_in_the_draw()


def _hold_rulesets() -> None:
    """A rule under which a night was frozen is that night's for ever."""
    op.execute(
        "CREATE FUNCTION hold_used_ruleset() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF EXISTS (SELECT FROM public.night n "
        "WHERE n.prefecture = OLD.prefecture AND n.ruleset_version = OLD.version) "
        "THEN RAISE EXCEPTION 'a night used this ruleset: it is not rewritten'; "
        "END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER ruleset_settled BEFORE UPDATE ON ruleset FOR EACH ROW "
        f"WHEN ({_changes('effective_on content')}) "
        "EXECUTE FUNCTION hold_used_ruleset()"
    )


def _write_during() -> None:
    """What belongs to a night is written by its arrow, not later."""
    op.execute(
        "CREATE FUNCTION written_during() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF EXISTS (SELECT FROM added JOIN public.night n "
        "ON n.id = added.night_id WHERE n.state <> TG_ARGV[0]) "
        "THEN RAISE EXCEPTION '% is written only while its night is %', "
        "TG_TABLE_NAME, TG_ARGV[0]; END IF; RETURN NULL; END $$"
    )
    for table, state in _WRITTEN_DURING.items():
        op.execute(
            f"CREATE TRIGGER {table}_of_its_night AFTER INSERT ON {table} "
            "REFERENCING NEW TABLE AS added FOR EACH STATEMENT "
            f"EXECUTE FUNCTION written_during('{state}')"
        )


def _offer_in_the_draw() -> None:
    """An offer goes to somebody whom the draw served, for places of its own hour."""
    op.execute(
        "CREATE FUNCTION offer_is_drawn() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF EXISTS (SELECT FROM added LEFT JOIN public.entry e "
        "ON e.night_id = added.night_id "
        "AND e.registration_id = added.registration_id AND e.result = 'served' "
        "WHERE e.night_id IS NULL OR added.state <> 'awaiting') "
        "THEN RAISE EXCEPTION 'an offer goes to whom the draw served'; "
        "END IF; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER offer_is_drawn AFTER INSERT ON offer "
        "REFERENCING NEW TABLE AS added FOR EACH STATEMENT "
        "EXECUTE FUNCTION offer_is_drawn()"
    )
    op.execute(
        "CREATE FUNCTION offer_holds_its_hour() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF EXISTS (SELECT FROM added "
        "JOIN public.place p ON p.id = added.place_id "
        "JOIN public.offer o ON o.id = added.offer_id "
        "JOIN public.night n ON n.id = o.night_id "
        "WHERE p.slot_id <> o.slot_id OR n.state <> 'revealed') "
        "THEN RAISE EXCEPTION 'an offer holds places of its own hour'; "
        "END IF; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER offer_holds_its_hour AFTER INSERT ON offer_place "
        "REFERENCING NEW TABLE AS added FOR EACH STATEMENT "
        "EXECUTE FUNCTION offer_holds_its_hour()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER offer_holds_its_hour ON offer_place")
    op.execute("DROP TRIGGER offer_is_drawn ON offer")
    for table in _WRITTEN_DURING:
        op.execute(f"DROP TRIGGER {table}_of_its_night ON {table}")
    op.execute("DROP TRIGGER ruleset_settled ON ruleset")
    op.execute("DROP TRIGGER night_begins_planned ON night")
    for table in _HELD:
        op.execute(f"DROP TRIGGER {table}_settled ON {table}")
    for function in (
        *("offer_holds_its_hour", "offer_is_drawn", "written_during"),
        *("hold_used_ruleset", "refuse_rewriting"),
    ):
        op.execute(f"DROP FUNCTION {function}()")
