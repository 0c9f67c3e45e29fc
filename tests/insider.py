"""What an insider types who holds an account of the database: attacks, by their fate.

They suit the night of `tests.integration.test_insider.told`.
"""

DENIED_BY_RIGHTS = [
    # the chain of events
    "UPDATE audit SET actor = 'nobody'",
    "UPDATE audit SET detail = '{}', hash = sha256('x')",
    "DELETE FROM audit",
    "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
    "TRUNCATE audit",
    "TRUNCATE audit CASCADE",
    "ALTER TABLE audit DISABLE TRIGGER ALL",
    "ALTER TABLE audit DISABLE TRIGGER audit_append_only",
    "ALTER TABLE audit RENAME TO audit_before",
    "ALTER TABLE audit DROP CONSTRAINT pk_audit",
    "DROP TABLE audit",
    "DROP TRIGGER audit_append_only ON audit",
    "CREATE RULE forget AS ON INSERT TO audit DO INSTEAD NOTHING",
    # what a night decided and published
    "UPDATE draw SET outcome = ''",
    "UPDATE draw SET served = served + 1",
    "DELETE FROM draw",
    "TRUNCATE draw",
    "ALTER TABLE draw DISABLE TRIGGER USER",
    "UPDATE transcript SET gzipped = '', sha256 = sha256('')",
    "DELETE FROM transcript",
    "DROP TABLE transcript",
    "DELETE FROM night WHERE state = 'notified'",
    "UPDATE night SET held_on = held_on - 7",
    "UPDATE night SET prefecture = 'rhone'",
    "DELETE FROM entry",
    "UPDATE entry SET band = 0",
    "UPDATE entry SET label = sha256(label)",
    "UPDATE entry SET registration_id = registration_id",
    # somebody else's place
    "UPDATE offer SET registration_id = (SELECT id FROM registration LIMIT 1)",
    "UPDATE offer SET slot_id = (SELECT max(id) FROM slot)",
    "UPDATE offer SET night_id = night_id",
    "UPDATE offer SET made_at = now()",
    "DELETE FROM offer",
    "UPDATE offer_place SET place_id = place_id",
    "UPDATE offer_place SET offer_id = offer_id",
    "DELETE FROM offer_place",
    "UPDATE slot SET starts_at = starts_at + interval '1 day'",
    "UPDATE slot SET motifs = ARRAY['naturalisation']",
    "DELETE FROM slot",
    "UPDATE place SET slot_id = slot_id",
    "DELETE FROM place",
    # who one is, and since when
    "UPDATE registration SET registered_at = registered_at - interval '1 year'",
    "UPDATE registration SET reference = 'AAAAAAAAA'",
    "UPDATE registration SET channel = 'guichet'",
    "UPDATE registration SET motif = 'naturalisation'",
    "DELETE FROM registration",
    # what somebody was given on paper
    "UPDATE issued_paper SET issued_at = issued_at - interval '1 day'",
    "UPDATE issued_paper SET token = ''",
    "DELETE FROM issued_paper",
    # the keys
    "UPDATE signing_key SET public_key = sha256('mine')",
    "UPDATE signing_key SET valid_from = now()",
    "DELETE FROM signing_key",
    "UPDATE beacon_chain SET sealed_seed = ''",
    "DELETE FROM beacon_chain",
    # who decided
    "UPDATE date_check SET checked_by = decided_by",
    "DELETE FROM date_check",
    "DELETE FROM visit",
    "DELETE FROM outbox",
    "UPDATE outbox SET registration_id = registration_id",
    "UPDATE delivery SET outcome = 'sent'",
    "UPDATE agent SET login = 'mine'",
    "UPDATE alembic_version SET version_num = '0001'",
    # more than a row
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE audit (id int)",
    "CREATE VIEW mine AS SELECT * FROM registration",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NEW; END'",
    "ALTER FUNCTION refuse_change() RENAME TO once",
    "DROP FUNCTION refuse_change() CASCADE",
    "CREATE TRIGGER mine BEFORE INSERT ON audit FOR EACH ROW "
    "EXECUTE FUNCTION refuse_change()",
    "SET session_replication_role = replica",
    "ALTER DATABASE {database} SET session_replication_role = replica",
    "GRANT {owner} TO {program}",
    "SET ROLE {owner}",
    "SET SESSION AUTHORIZATION {owner}",
    "ALTER ROLE {program} SUPERUSER",
    "CREATE ROLE mine SUPERUSER LOGIN",
    "ALTER TABLE audit OWNER TO {program}",
    "REASSIGN OWNED BY {owner} TO {program}",
    "ALTER SEQUENCE night_id_seq RESTART WITH 1",
    "COPY audit TO PROGRAM 'cat'",
    "LOCK TABLE audit IN ACCESS EXCLUSIVE MODE",
]
"""What the account has no right to."""

DENIED_BY_TRIGGERS = [
    "UPDATE registration SET applicant_key = sha256(applicant_key)",
    "UPDATE registration SET key_version = 0",
    "UPDATE night SET pool = pool || '\\x20' WHERE state = 'notified'",
    "UPDATE night SET nonces = '' WHERE state = 'notified'",
    "UPDATE night SET pool_sha256 = sha256('x') WHERE state = 'notified'",
    "UPDATE night SET places = places + 1 WHERE state = 'notified'",
    "UPDATE night SET freeze_at = freeze_at - interval '1 hour' "
    "WHERE state = 'notified'",
    "UPDATE night SET commitment = '' WHERE state = 'notified'",
    "UPDATE night SET signature_value = '' WHERE state = 'notified'",
    "UPDATE night SET beacon_round = beacon_round + 1 WHERE state = 'notified'",
    "UPDATE night SET randomness = sha256('mine') WHERE state = 'notified'",
    "UPDATE night SET state = 'planned' WHERE state = 'notified'",
    "UPDATE night SET state = 'revealed' WHERE state = 'notified'",
    "UPDATE night SET state = 'published', pool = '', nonces = '' "
    "WHERE state = 'planned'",
    "UPDATE night SET published_at = now() WHERE state = 'notified'",
    "INSERT INTO night (prefecture, held_on, state, freeze_at, pool, nonces) "
    "VALUES ('isere', '2030-01-01', 'revealed', now(), '', '')",
    "UPDATE entry SET result = 'served' WHERE result <> 'served'",
    "UPDATE entry SET ticket = sha256('low'), rank = 1",
    "INSERT INTO entry (night_id, registration_id, label, band, result) "
    "SELECT n.id, r.id, sha256('x'), 0, 'served' FROM night n, registration r "
    "WHERE n.state = 'notified' AND r.id NOT IN (SELECT registration_id FROM entry)",
    "INSERT INTO draw SELECT id, '', 1, 0, 0, now() FROM night WHERE state = 'planned'",
    "INSERT INTO transcript SELECT id, '', sha256('') FROM night "
    "WHERE state = 'planned'",
    "INSERT INTO offer (id, night_id, registration_id, slot_id, state, made_at, "
    "confirm_by) SELECT gen_random_uuid(), n.id, r.id, s.id, 'confirmed', now(), "
    "now() FROM night n, registration r, slot s WHERE n.state = 'notified' "
    "AND r.id NOT IN (SELECT registration_id FROM offer) LIMIT 1",
    "INSERT INTO offer (id, night_id, registration_id, slot_id, state, made_at, "
    "confirm_by) SELECT gen_random_uuid(), n.id, r.id, s.id, 'awaiting', now(), "
    "now() FROM night n, registration r, slot s WHERE n.state = 'planned' LIMIT 1",
    "INSERT INTO offer_place SELECT o.id, p.id FROM offer o JOIN place p "
    "ON p.slot_id <> o.slot_id JOIN offer_place h ON h.place_id = p.id "
    "WHERE h.given_back_at IS NOT NULL AND h.offer_id <> o.id LIMIT 1",
    "INSERT INTO offer_place SELECT o.id, p.id FROM offer o JOIN place p "
    "ON p.slot_id = o.slot_id JOIN offer_place h ON h.place_id = p.id "
    "WHERE h.given_back_at IS NOT NULL AND h.offer_id <> o.id LIMIT 1",
    "UPDATE offer SET state = 'awaiting' WHERE state = 'confirmed'",
    "UPDATE offer SET state = 'confirmed' WHERE state = 'cancelled'",
    "UPDATE offer_place SET given_back_at = NULL WHERE given_back_at IS NOT NULL",
    'UPDATE ruleset SET content = content || \'{"version": "mine"}\'',
    "UPDATE ruleset SET effective_on = effective_on + 1",
]
"""What the account has a right to, once: these rows have moved already."""

CAUGHT_BY_CONSTRAINTS = [
    "INSERT INTO audit SELECT * FROM audit LIMIT 1",
    "INSERT INTO draw SELECT * FROM draw",
    "INSERT INTO transcript SELECT * FROM transcript",
    "INSERT INTO night OVERRIDING SYSTEM VALUE SELECT * FROM night "
    "WHERE state = 'planned'",
    "INSERT INTO signing_key VALUES (sha256('mine'), now())",
]
"""What is there is not written a second time."""

_NEW_OFFER = (
    "INSERT INTO offer (id, night_id, registration_id, slot_id, state, made_at, "
    "confirm_by) SELECT gen_random_uuid(), n.id, "
)
_ALIKE = (
    "pool = t.pool, nonces = t.nonces, pool_sha256 = t.pool_sha256, "
    "ruleset_version = t.ruleset_version, frozen_at = t.frozen_at"
)
_COMMITTED = (
    "committed_at = t.committed_at, commitment = t.commitment, "
    "commitment_sha256 = t.commitment_sha256, signature_key = t.signature_key, "
    "signature_value = t.signature_value, beacon_chain = t.beacon_chain, "
    "beacon_round = t.beacon_round, beacon_due_at = t.beacon_due_at, "
    "publishes = t.publishes"
)
_REVEALED = (
    "revealed_at = t.revealed_at, beacon_signature = t.beacon_signature, "
    "randomness = t.randomness"
)

_MOVE = (
    "UPDATE night SET state = '{state}', {columns} FROM night t "
    "WHERE night.held_on = '2026-01-05' AND t.state = 'notified'"
)


def _moved(state: str, columns: str) -> str:
    return _MOVE.replace("{state}", state).replace("{columns}", columns)


FORGED_NIGHT = [
    "INSERT INTO night (prefecture, held_on, state, freeze_at) "
    "VALUES ('isere', '2026-01-05', 'planned', '2026-01-05 19:00Z')",
    "INSERT INTO entry (night_id, registration_id, label, band) "
    "SELECT f.id, e.registration_id, e.label, e.band FROM night f, entry e "
    "WHERE f.held_on = '2026-01-05'",
    _moved("frozen", _ALIKE),
    _moved("committed", _COMMITTED),
    _moved("revealed", _REVEALED),
    "UPDATE entry SET ticket = t.ticket, rank = t.rank, result = t.result, "
    "tier = t.tier, through = t.through, cut_off = t.cut_off FROM entry t "
    "JOIN night n ON n.id = t.night_id AND n.state = 'notified' "
    "WHERE entry.label = t.label AND entry.ticket IS NULL",
    "INSERT INTO draw SELECT f.id, d.outcome, d.served, d.unserved, d.free_places, "
    "d.drawn_at FROM night f, draw d WHERE f.held_on = '2026-01-05'",
    _NEW_OFFER + "o.registration_id, o.slot_id, 'awaiting', now(), now() "
    "FROM night n, offer o WHERE n.held_on = '2026-01-05' AND o.state = 'cancelled'",
    _moved("drawn", "drawn_at = now()"),
    "INSERT INTO transcript SELECT f.id, t.gzipped, t.sha256 "
    "FROM night f, transcript t WHERE f.held_on = '2026-01-05'",
    _moved("published", "published_at = now()"),
]

OF_THE_NINTH = "id NOT IN (SELECT registration_id FROM entry)"
"""Who came after the night."""

PLANTED = {
    "UPDATE registration SET waiting_since_on = '2020-01-01' WHERE {of the ninth}": (
        "waits since before it was made"
    ),
    "UPDATE registration SET state = 'served' WHERE {of the ninth}": (
        "a served registration without"
    ),
    "UPDATE registration SET state = 'withdrawn', released_at = now() "
    "WHERE {of the ninth}": "a withdrawn registration that nobody withdrew",
    "UPDATE registration SET state = 'lapsed', released_at = now() "
    "WHERE {of the ninth}": "a lapsed registration",
    "UPDATE registration SET displaced_on = current_date WHERE {of the ninth}": (
        "a registration displaced by nobody"
    ),
    "UPDATE registration SET state = 'joined', released_at = now(), joined_to = "
    "(SELECT registration_id FROM entry LIMIT 1) WHERE {of the ninth}": (
        "a registration joined to another person's"
    ),
    "UPDATE offer SET state = 'confirmed', answered_at = now() "
    "WHERE state = 'awaiting'": "a confirmed place that nobody confirmed",
    "INSERT INTO date_check (id, registration_id, permit_expires_on, seen, state, "
    "checked_by, checked_at) SELECT gen_random_uuid(), r.id, current_date, 'original', "
    "'standing', a.id, now() FROM registration r, agent a LIMIT 1": (
        "a date that no agent saw"
    ),
    "INSERT INTO slot (prefecture, code, site, starts_at, minutes, motifs, "
    "published_at, published_by) SELECT 'isere', 'mine', site, starts_at, minutes, "
    "motifs, now(), published_by FROM slot LIMIT 1": "a slot that no agent published",
    "INSERT INTO signing_key VALUES (sha256('mine'), '2020-01-01', '2030-01-01')": (
        "the signing keys do not follow one another"
    ),
}
"""What the account may write, since the program does: by what the audit says."""

REWRITTEN = {
    "UPDATE offer SET registration_id = (SELECT id FROM registration "
    "WHERE id NOT IN (SELECT registration_id FROM entry)) WHERE state = 'confirmed'": (
        "its draw gave no such place"
    ),
    "UPDATE offer SET slot_id = (SELECT max(id) FROM slot) "
    "WHERE slot_id <> (SELECT max(id) FROM slot)": "its draw gave no such place",
    _NEW_OFFER + "e.registration_id, s.id, 'awaiting', now(), now() FROM night n "
    "JOIN entry e ON e.night_id = n.id AND e.result <> 'served', slot s LIMIT 1": (
        "its draw gave no such place"
    ),
    "UPDATE entry SET result = 'served' WHERE result <> 'served'": "was not drawn so",
    "UPDATE entry SET band = band + 1": "was not drawn so",
    "UPDATE entry SET label = sha256(label)": "is not in its pool",
    "DELETE FROM entry WHERE result <> 'served'": "of its pool is gone",
    "UPDATE draw SET outcome = outcome || ' '": "drawn again, it gives something else",
    "DELETE FROM draw": "drawn again, it gives something else",
    "UPDATE night SET pool = pool || ' ' WHERE state = 'notified'": (
        "its pool is not the one that was frozen"
    ),
    "UPDATE night SET signature_value = sha512(pool) WHERE state = 'notified'": (
        "drawn again, it gives something else"
    ),
    "UPDATE night SET randomness = sha256(randomness) WHERE state = 'notified'": (
        "drawn again, it gives something else"
    ),
    "UPDATE night SET signature_key = sha256('mine') WHERE state = 'notified'": (
        "signed with a key that was not in use"
    ),
    "UPDATE transcript SET sha256 = sha256('x')": "another digest",
    "DELETE FROM transcript": "its transcript is not what this night published",
}
"""What only the owner can write, its triggers switched off."""
