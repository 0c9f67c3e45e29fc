// Check one published night in the browser: no network, no library, nothing kept.
//
// A third reading of spec/draw-v1.md, after service.draw.verify and the stand-alone
// file: same checks, same names, same order, same outcomes (the tests hold the three
// against one another). Only Ed25519 is left to Web Crypto. SHA-256 is written here,
// because one beacon round can be millions of hashes deep and Web Crypto answers one
// at a time; on each file it is compared with Web Crypto's, where there is one.

const SPEC = "tour-de-role/draw/1";
const TIERS = ["in_time", "late"];
const DEEPEST = 100;
const LONGEST_CHAIN = 10_000_000;
const LONGEST_SHOWN = 80;
const TURN_MS = 40; // how long the page may be kept waiting

const utf8 = new TextEncoder();

/** The file is no transcript: where, and the word that says why. */
export class Refused extends Error {
  constructor(place, why) {
    super(`${place}: ${why}`);
    this.place = place;
    this.why = why;
  }
}

class Different extends Error {
  constructor(...said) {
    super(said[0]);
    this.said = said;
  }
}

class NotMade extends Different {}

// --- Reading: strict JSON (section 1) ------------------------------------------
const SPACE = /[ \t\n\r]*/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const DIGITS = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;
const ESCAPES = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const LONE = /[\ud800-\udfff]/u;

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  whole() {
    const value = this.value(0);
    if (this.next() !== undefined) this.refuse("json");
    return value;
  }

  refuse(why) {
    throw new Refused(`@${this.at}`, why);
  }

  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found ? found[0] : "";
  }

  /** The next character that is not space, still to be read. */
  next() {
    this.take(SPACE);
    return this.text[this.at];
  }

  expect(character) {
    if (this.next() !== character) this.refuse("json");
    this.at += 1;
  }

  value(depth) {
    const first = this.next();
    if (first === '"') return this.string();
    if (first === "{" || first === "[") {
      if (depth > DEEPEST) this.refuse("deep");
      return first === "{" ? this.object(depth) : this.array(depth);
    }
    for (const [word, value] of [["true", true], ["false", false], ["null", null]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    const isNumber = /[-0-9]/.test(first ?? "");
    const number = Number(this.take(DIGITS) || this.refuse(isNumber ? "number" : "json"));
    if (!Number.isSafeInteger(number)) this.refuse("number");
    return number + 0; // no minus zero
  }

  object(depth) {
    const members = Object.create(null); // so that "__proto__" is a key like others
    this.expect("{");
    if (this.next() !== "}") {
      do {
        if (this.next() !== '"') this.refuse("json");
        const key = this.string();
        if (key in members) this.refuse("repeated-key");
        this.expect(":");
        members[key] = this.value(depth + 1);
      } while (this.more());
    }
    this.expect("}");
    return members;
  }

  array(depth) {
    const items = [];
    this.expect("[");
    if (this.next() !== "]") {
      do items.push(this.value(depth + 1));
      while (this.more());
    }
    this.expect("]");
    return items;
  }

  more() {
    if (this.next() !== ",") return false;
    this.at += 1;
    return true;
  }

  string() {
    this.at += 1;
    let read = this.take(PLAIN);
    const isPlain = this.text[this.at] === '"';
    while (this.text[this.at] === "\\") read += this.escape() + this.take(PLAIN);
    if (this.text[this.at] !== '"') this.refuse("json");
    this.at += 1;
    if (!isPlain && LONE.test(read)) this.refuse("surrogate");
    return read;
  }

  escape() {
    const kind = this.text[this.at + 1];
    this.at += 2;
    if (kind === '"' || kind === "\\" || kind === "/") return kind;
    if (kind in ESCAPES) return ESCAPES[kind];
    const digits = this.text.slice(this.at, this.at + 4);
    if (kind !== "u" || !/^[0-9a-fA-F]{4}$/.test(digits)) this.refuse("json");
    this.at += 4;
    return String.fromCharCode(parseInt(digits, 16));
  }
}

/** Read a file's bytes; whatever has no canonical bytes is refused. */
export function parse(bytes) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused("", "utf8");
  }
  return new Reader(text).whole();
}

/** Write a value the one way everybody writes it (RFC 8785). */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort(); // by UTF-16 code units
  return `{${keys.map((k) => `${JSON.stringify(k)}:${canonical(value[k])}`).join(",")}}`;
}

// --- The shape of a transcript, and the rules of a pool (sections 1, 2, 6, 7) ---
// A function tests one value; an object has exactly these members; [shape] is an
// array of that; Any(shape) an object with any keys.
class Any {
  constructor(shape) {
    this.shape = shape;
  }
}
const matches = (pattern) => (value) => typeof value === "string" && pattern.test(value);
const from = (least, most = Number.MAX_SAFE_INTEGER) => (value) =>
  typeof value === "number" && least <= value && value <= most;
const text = (value) => typeof value === "string";
const rule = (value) => value === SPEC;
const hash = matches(/^[0-9a-f]{64}$/);
const octets = matches(/^[0-9a-f]*$/);
const anything = () => true;
const isObject = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const REGISTRATION = {
  label: hash, class: text, band: from(0), waited_days: from(0), quotas: [text],
  size: from(1, 8),
};
const POOL = {
  spec: rule, draw: text, ruleset: new Any(anything),
  slots: [{ slot: text, starts_at: text, places: from(0) }],
  classes: new Any({ in_time: [text], late: [text] }),
  quotas: [{ quota: text, places: from(0) }], registrations: [REGISTRATION],
};
const ALWAYS = {
  spec: rule,
  commitment: {
    spec: rule, draw: text, ruleset_sha256: hash, slots_sha256: hash,
    classes_sha256: hash, quotas_sha256: hash,
    registrations: { count: from(0), root: hash },
    beacon: { chain: text, round: from(1) },
    previous: (value) => value === null || hash(value),
  },
  signature: { key: hash, value: matches(/^[0-9a-f]{128}$/) },
  beacon: {
    // Not ([0-9a-f]{2})*: a group that repeats remembers each time.
    chain: text, round: from(1), randomness: hash,
    signature: (value) => octets(value) && value.length % 2 === 0,
  },
  result: {
    tickets: new Any(hash),
    allocations: [{ label: text, slot: text, tier: text, through: text }],
    unserved: [{ label: text, reason: text }],
    free: [{ slot: text, places: from(0) }],
  },
};
const LINE = {
  spec: rule, commitment_sha256: hash, registration: REGISTRATION, nonce: hash,
  index: from(0), path: [hash],
};
const acknowledgement = (version) => (value) =>
  value === `tour-de-role/acknowledgement/${version}`;
const day = (value) => typeof value === "string" && isDay(value);
const ACKNOWLEDGED = {
  spec: acknowledgement(1), reference: text, received_at: text, first_night_on: day,
  prefecture: text, motif: text, signature: ALWAYS.signature,
};
const WITH_LABEL_KEY = {
  ...ACKNOWLEDGED, spec: acknowledgement(2), label_key: hash, first_label_on: day,
};
const { spec, commitment, signature } = ALWAYS;
const STATEMENT = { spec, commitment, signature }; // what witnesses receive
const ANNULMENT = "tour-de-role/annulment/1";
const ANNULLED = {
  ...STATEMENT, spec: (value) => value === ANNULMENT, annulment_signature: ALWAYS.signature,
  annulled: {
    at: matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/), reason: text,
    luck_was_known: (value) => typeof value === "boolean",
  },
};
const FULL = { ...ALWAYS, pool: new Any(anything), nonces: new Any(hash) };
const REDUCED = { ...ALWAYS, leaves: [hash] };

function walk(value, shape, place) {
  const refuse = (why, where = place) => {
    throw new Refused(where, why);
  };
  if (typeof shape === "function") {
    if (!shape(value)) refuse("value");
  } else if (Array.isArray(shape)) {
    if (!Array.isArray(value)) refuse("array");
    value.forEach((each, index) => walk(each, shape[0], `${place}[${index}]`));
  } else {
    if (!isObject(value)) refuse("object");
    const members = shape instanceof Any ? {} : shape;
    const below = (key) => (place ? `${place}.${key}` : key);
    for (const key of Object.keys(members)) {
      if (!(key in value)) refuse("missing", below(key));
    }
    for (const [key, each] of Object.entries(value)) {
      if (shape instanceof Any) walk(each, shape.shape, below(key));
      else if (!Object.hasOwn(shape, key)) refuse("unknown", below(key));
      else walk(each, shape[key], below(key));
    }
  }
}

/** Order by code points, as the rule's lists are; not by UTF-16 code units. */
function before(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  if (at === one.length) return at < other.length;
  if (at === other.length) return false;
  const high = (unit) => (unit >= 0xd800 && unit <= 0xdfff ? 0x10000 + unit : unit);
  return high(one.charCodeAt(at)) < high(other.charCodeAt(at));
}
const byCodePoints = (one, other) => before(other, one) - before(one, other);

function checkRising(values, place, isBefore = before) {
  for (let at = 1; at < values.length; at += 1) {
    if (!isBefore(values[at - 1], values[at])) {
      throw new Refused(`${place}[${at}]`, "order");
    }
  }
}

function isDay(written) {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(written);
  if (!parts || parts[1] === "0000") return false;
  const [year, month, day] = parts.slice(1).map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1];
}
const isMoment = (written) =>
  isDay(written.slice(0, 10)) && /^T([01][0-9]|2[0-3]):[0-5][0-9]$/.test(written.slice(10));

/** Check every rule of section 1; the first one broken is refused. */
function checkPool(pool) {
  walk(pool, POOL, "pool");
  const named = /^[a-z0-9-]+\/(.{10})$/.exec(pool.draw);
  if (!named || !isDay(named[1])) throw new Refused("pool.draw", "date");
  pool.slots.forEach((slot, index) => {
    if (!isMoment(slot.starts_at)) throw new Refused(`pool.slots[${index}]`, "moment");
  });
  checkRising(pool.slots, "pool.slots", (a, b) =>
    a.starts_at === b.starts_at ? before(a.slot, b.slot) : a.starts_at < b.starts_at);
  const positions = new Map(pool.slots.map((slot, index) => [slot.slot, index]));
  if (positions.size < pool.slots.length) throw new Refused("pool.slots", "repeated");
  for (const [name, lists] of Object.entries(pool.classes)) {
    checkLists(lists, positions, `pool.classes.${name}`);
  }
  const quotas = new Set(pool.quotas.map((quota) => quota.quota));
  if (quotas.size < pool.quotas.length) throw new Refused("pool.quotas", "repeated");
  const rows = pool.registrations;
  checkRising(rows.map((row) => row.label), "pool.registrations");
  rows.forEach((row, index) => {
    const place = `pool.registrations[${index}]`;
    const isKnown = row.class in pool.classes && row.quotas.every((q) => quotas.has(q));
    if (!isKnown) throw new Refused(place, "reference");
    checkRising(row.quotas, `${place}.quotas`);
  });
}

function checkLists(lists, positions, place) {
  for (const tier of TIERS) {
    if (!lists[tier].every((name) => positions.has(name))) {
      throw new Refused(`${place}.${tier}`, "reference");
    }
    const order = lists[tier].map((name) => positions.get(name));
    checkRising(order, `${place}.${tier}`, (a, b) => a < b);
  }
  const late = new Set(lists.late);
  if (lists.in_time.some((name) => late.has(name))) throw new Refused(place, "both");
}

// --- SHA-256 (FIPS 180-4), HKDF (RFC 5869), tree (RFC 9162) ---------------------
// The constants are what the standard says: roots of the first primes.
const [START, ROUNDS] = (() => {
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
  const bits = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  const roots = primes.slice(0, 8).map((p) => bits(Math.sqrt(p)));
  return [Int32Array.from(roots), Int32Array.from(primes, (p) => bits(Math.cbrt(p)))];
})();
const schedule = new Int32Array(64);

function mix(state, view, at) {
  const w = schedule;
  for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15], y = w[i - 2];
    const s = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const t = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = w[i - 16] + s + w[i - 7] + t;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3];
  let e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const s = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
    const t = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (t + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0;
    d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

/** Return the SHA-256 of some bytes. */
export function sha256(bytes) {
  const padded = new Uint8Array((((bytes.length + 8) >>> 6) + 1) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0);
  const state = START.slice();
  for (let at = 0; at < padded.length; at += 64) mix(state, view, at);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setInt32(4 * index, word));
  return new Uint8Array(digest.buffer);
}

const OCTETS = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));
function hex(bytes) {
  let digits = "";
  for (const octet of bytes) digits += OCTETS[octet];
  return digits;
}
function bytesOf(digits) {
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  }
  return bytes;
}
function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
const hashOf = (value) => sha256(utf8.encode(canonical(value)));

/** Return HMAC-SHA-256 under one key of at most 64 bytes. */
function hmacUnder(key) {
  const padded = (fill) => Uint8Array.from({ length: 64 }, (_, i) => (key[i] ?? 0) ^ fill);
  const [outer, inner] = [padded(0x5c), padded(0x36)];
  return (message) => sha256(joined(outer, sha256(joined(inner, message))));
}

const leafOf = (registration, nonce) =>
  sha256(joined([0], bytesOf(nonce), utf8.encode(canonical(registration))));

function rootOf(leaves) {
  if (leaves.length === 0) return sha256(new Uint8Array());
  let level = leaves;
  while (level.length > 1) {
    const above = [];
    for (let at = 0; at < level.length; at += 2) {
      const isAlone = at + 1 === level.length;
      above.push(isAlone ? level[at] : sha256(joined([1], level[at], level[at + 1])));
    }
    level = above;
  }
  return level[0];
}

/** Return the root that a path leads to, null if it has a wrong length. */
function rootFrom(leaf, index, size, path) {
  if (size === 1) return path.length ? null : leaf;
  if (!path.length) return null;
  let split = 1;
  while (split * 2 < size) split *= 2;
  const last = path[path.length - 1];
  const isLeft = index < split;
  const half = isLeft ? [index, split] : [index - split, size - split];
  const below = rootFrom(leaf, ...half, path.slice(0, -1));
  return below && sha256(isLeft ? joined([1], below, last) : joined([1], last, below));
}

// --- A page that stays alive ----------------------------------------------------
class Turns {
  constructor() {
    this.since = performance.now();
  }

  async rest() {
    if (performance.now() - this.since < TURN_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.since = performance.now();
  }
}

async function ticketsOf(labels, digest, randomness, turns) {
  const expand = hmacUnder(hmacUnder(digest)(bytesOf(randomness)));
  const found = new Map();
  for (const label of labels) {
    found.set(label, hex(expand(utf8.encode(`${SPEC}/ticket/${label}\x01`))));
    await turns.rest();
  }
  return found;
}

// --- When a round exists: arithmetic on its chain's name, nobody's claim ----------
const QUICKNET = "drand/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";
const LOCAL = /^local\/([0-9a-f]{64})\/([0-9]{1,12})\/([0-9]{1,6})\/([0-9]{1,8})$/;
const LAST_S = 250_000_000_000; // in the year 9892: every calendar knows the days before

/** The Unix time from which a round exists, null where nobody here knows its chain. */
function existsFrom({ chain, round }) {
  const local = LOCAL.exec(chain);
  if (!local && chain !== QUICKNET) return null;
  const [zero, period] = local ? local.slice(2, 4).map(Number) : [1_692_803_364, 3];
  const at = zero + round * period; // exact up to LAST_S, and far beyond
  return at < LAST_S ? at : null;
}

const written = (at) => new Date(at * 1000).toISOString().slice(0, 19).replace("T", " ");
const instant = (at) => (at === null ? "?" : `${written(at)} UTC`);

/**
 * Whether a round comes after its night's date began: in Paris, at 22:00 UTC at the
 * earliest. A local chain's, which proves nothing anyway, may come a week before.
 */
function isOfNight(at, draw, chain) {
  const ahead = 7_200 + (chain.startsWith("local/") ? 7 * 86_400 : 0);
  const named = /^[a-z0-9-]+\/([0-9]{4}-[0-9]{2}-[0-9]{2})$/.exec(draw);
  return named !== null && written(at + ahead).slice(0, 10) >= named[1];
}

async function isLocalRound(chain, round, signature, turns) {
  const parts = LOCAL.exec(chain);
  if (!parts || signature.length !== 64) return false;
  if (round > Math.min(Number(parts[4]), LONGEST_CHAIN)) return false;
  const link = utf8.encode("tour-de-role/local-chain/1/link/");
  let value = bytesOf(signature);
  for (let step = 0; step < round; step += 1) {
    value = sha256(joined(link, value));
    if (step % 1024 === 0) await turns.rest();
  }
  return hex(value) === parts[1];
}

// --- Ed25519: Web Crypto, where the browser knows it ----------------------------
// RFC 8032, section 7.1, test 1: tells "does not know" from "does not hold".
const KNOWN_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const KNOWN_SIGNATURE =
  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac" +
  "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

// Keys and spellings that libraries judge differently are refused before any is asked:
// under the eight points of small order anything is signed, and a number beyond the
// field is another spelling of one within it (RFC 8032, sections 5.1.3 and 5.1.7).
const FIELD = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const ORDER_EIGHT = littleEndian(
  bytesOf("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));
const SMALL = new Set([0n, 1n, FIELD - 1n, ORDER_EIGHT, FIELD - ORDER_EIGHT]);

function littleEndian(bytes) {
  return BigInt(`0x${hex([...bytes].reverse())}`);
}

function isProper(key, signature) {
  const [y, r] = [key, signature.slice(0, 32)].map((it) => littleEndian(it) % 2n ** 255n);
  const isDoubled = signature[31] >= 128 && (r === 1n || r === FIELD - 1n);
  return y < FIELD && !SMALL.has(y) && r < FIELD && !isDoubled
    && littleEndian(signature.slice(32)) < ORDER;
}

async function holds(key, message, signature) {
  if (!isProper(bytesOf(key), bytesOf(signature))) return false;
  const algorithm = { name: "Ed25519" };
  const read = await crypto.subtle.importKey("raw", bytesOf(key), algorithm, false, ["verify"]);
  return crypto.subtle.verify(algorithm, read, bytesOf(signature), message);
}

let known;
function knowsEd25519() {
  known ??= holds(KNOWN_KEY, new Uint8Array(), KNOWN_SIGNATURE).catch(() => false);
  return known;
}

// --- The draw, slowly and plainly (sections 4 and 5) ----------------------------
// Singles of one class and tier have one list of slots: they are counted, not named.
class Night {
  constructor(pool, tickets, turns) {
    const at = new Map(pool.slots.map((slot, index) => [slot.slot, index]));
    this.pool = pool;
    this.tickets = tickets;
    this.turns = turns;
    this.rows = new Map(pool.registrations.map((row) => [row.label, row]));
    this.lists = new Map(); // group → slots, by number, in slot order
    for (const [name, lists] of Object.entries(pool.classes)) {
      for (const tier of TIERS) {
        this.lists.set(`${tier} ${name}`, lists[tier].map((slot) => at.get(slot)));
      }
    }
    this.left = pool.slots.map((slot) => slot.places); // neither pinned nor settled
    this.here = pool.slots.map(() => new Map()); // group → how many sit there for now
    this.sitting = pool.slots.map(() => 0);
    this.served = new Map();
    this.slotOf = new Map();
    this.hopeless = new Set(); // who is served never leaves: refused once is for ever
  }

  groupOf(label, tier) {
    return `${tier} ${this.rows.get(label).class}`;
  }

  async decide() {
    for (const quota of this.pool.quotas) await this.quotaPass(quota.quota, quota.places);
    const turns = [];
    for (const [label, row] of this.rows) {
      TIERS.forEach((tier, rank) => turns.push([row.band, rank, this.tickets.get(label), label]));
    }
    turns.sort((a, b) => a[0] - b[0] || a[1] - b[1] || order(a[2], b[2]) || order(a[3], b[3]));
    for (const [, rank, , label] of turns) {
      this.offer(label, TIERS[rank], "open");
      await this.turns.rest();
    }
    for (const [, rank, , label] of turns) {
      if (this.slotOf.has(label) || this.served.get(label)?.[0] !== TIERS[rank]) continue;
      this.settle(label, this.groupOf(label, TIERS[rank]));
      await this.turns.rest();
    }
    return this;
  }

  async quotaPass(quota, places) {
    const named = [...this.rows.values()].filter((row) => row.quotas.includes(quota));
    const ticket = (row) => this.tickets.get(row.label);
    named.sort((a, b) => b.waited_days - a.waited_days || order(ticket(a), ticket(b))
      || order(a.label, b.label));
    let rest = places;
    for (const tier of TIERS) {
      for (const row of named) {
        if (row.size <= rest && this.offer(row.label, tier, quota)) rest -= row.size;
        await this.turns.rest();
      }
    }
  }

  offer(label, tier, through) {
    const group = this.groupOf(label, tier);
    const { size } = this.rows.get(label);
    if (this.served.has(label) || this.hopeless.has(`${size} ${group}`)) return false;
    const slots = this.lists.get(group);
    const done = size === 1
      ? this.seat(group, slots)
      : slots.some((slot) => this.pin(label, slot, size));
    if (done) this.served.set(label, [tier, through]);
    else this.hopeless.add(`${size} ${group}`);
    return done;
  }

  add(group, slot, count) {
    const now = (this.here[slot].get(group) ?? 0) + count;
    if (now) this.here[slot].set(group, now);
    else this.here[slot].delete(group);
    this.sitting[slot] += count;
  }

  /** Seat one of a group in one of these slots, moving others along as needed. */
  seat(group, slots, dead = new Set()) {
    const came = new Map();
    for (const slot of slots) if (!dead.has(slot)) came.set(slot, null);
    const met = new Set();
    for (const slot of came.keys()) { // goes on through what is added below
      if (this.sitting[slot] < this.left[slot]) {
        this.moveAlong(came, slot, group);
        return true;
      }
      for (const mover of this.here[slot].keys()) {
        if (met.has(mover)) continue;
        met.add(mover);
        for (const next of this.lists.get(mover)) {
          if (!came.has(next) && !dead.has(next)) came.set(next, [slot, mover]);
        }
      }
    }
    for (const slot of came.keys()) dead.add(slot);
    return false;
  }

  moveAlong(came, free, group) {
    let slot = free;
    for (let step = came.get(slot); step; step = came.get(slot)) {
      this.add(step[1], slot, 1);
      this.add(step[1], step[0], -1);
      [slot] = step;
    }
    this.add(group, slot, 1);
  }

  /** Take a family's places out of a slot, if who sits there can sit elsewhere. */
  pin(label, slot, size) {
    const key = `pin ${size} ${slot}`;
    if (this.left[slot] < size || this.hopeless.has(key)) return false;
    this.left[slot] -= size;
    while (this.sitting[slot] > this.left[slot]) {
      const [group] = this.here[slot].keys();
      this.add(group, slot, -1);
      if (!this.seat(group, this.lists.get(group))) {
        this.add(group, slot, 1); // back; whoever moved sits well elsewhere
        this.left[slot] += size;
        this.hopeless.add(key);
        return false;
      }
    }
    this.slotOf.set(label, this.pool.slots[slot].slot);
    return true;
  }

  /** Give a single the first slot that leaves all others placed. */
  settle(label, group) {
    const slots = this.lists.get(group);
    this.add(group, slots.find((slot) => this.here[slot].has(group)), -1);
    const dead = new Set();
    const slot = slots.find((one) => this.seat(group, [one], dead));
    this.add(group, slot, -1);
    this.left[slot] -= 1;
    this.slotOf.set(label, this.pool.slots[slot].slot);
  }

  /** Say why each of the others was not served. */
  reasons() {
    const others = [...this.rows.values()].filter((row) => !this.served.has(row.label));
    const most = new Map(); // class → places of its largest slot
    for (const name of new Set(others.map((row) => row.class))) {
      const slots = TIERS.flatMap((tier) => this.lists.get(`${tier} ${name}`));
      most.set(name, slots.reduce((top, at) => Math.max(top, this.pool.slots[at].places), 0));
    }
    return others.map((row) => ({
      label: row.label,
      reason: most.get(row.class) >= row.size ? "places_taken" : "no_suitable_place",
    }));
  }

  free() {
    const slots = this.pool.slots.map(({ slot }, at) => ({ slot, places: this.left[at] }));
    return slots.filter((slot) => slot.places);
  }
}

const order = (a, b) => (a < b ? -1 : Number(a > b)); // of hex digits

// --- The checks (sections 7 and 8) ----------------------------------------------
const shown = (value) => {
  const written = typeof value === "string" ? value : JSON.stringify(value) ?? "∅";
  return written.length > LONGEST_SHOWN ? `${written.slice(0, LONGEST_SHOWN)}…` : written;
};

function same(published, computed, what) {
  if (canonical(published ?? null) !== canonical(computed ?? null)) {
    throw new Different("differs", what, shown(published), shown(computed));
  }
}

function sameForAll(published, computed) {
  const labels = [...new Set([...published.keys(), ...computed.keys()])];
  for (const label of labels.sort(byCodePoints)) {
    same(published.get(label), computed.get(label), shown(label));
  }
}

// A key that is no point of the curve signs nothing.
const isShown = (signature, message) =>
  holds(signature.key, message, signature.value).catch(() => false);

/** Whether a commitment is signed by the key shown. */
function isSigned({ commitment, signature }) {
  return isShown(signature, joined(utf8.encode(`${SPEC}/commitment/`), hashOf(commitment)));
}

const isAnnulment = (found) => isObject(found) && found.spec === ANNULMENT;

/** Check what stands for a night that was given up in public: there is no draw. */
async function verifyAnnulment(found) {
  walk(found, ANNULLED, "");
  const { annulment_signature: second, ...said } = found;
  const signed = (signature, isTrue) => async () => {
    if (!(await knowsEd25519())) throw new NotMade("no-ed25519");
    if (!(await isTrue())) throw new Different("not-signed", signature.key);
    return ["key", signature.key];
  };
  const message = utf8.encode(`${ANNULMENT}/${canonical(said)}`);
  const givenUp = signed(second, () => isShown(second, message));
  const { at, reason, luck_was_known: wasKnown } = found.annulled;
  return [
    await lookAt("signature", signed(found.signature, () => isSigned(found))),
    await lookAt("annulled", async () => {
      await givenUp();
      const draw = shown(found.commitment.draw);
      if (wasKnown) throw new NotMade("annulled-known", draw, at, shown(reason));
      throw new NotMade("annulled-before", draw, at, shown(reason));
    }),
  ];
}

class Published {
  constructor(found, turns) {
    this.found = found;
    this.turns = turns;
    this.digest = hashOf(found.commitment);
    this.unruly = null;
    if (!("pool" in found)) return;
    try {
      checkPool(found.pool);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.unruly = error;
    }
  }

  pool() {
    if (!("pool" in this.found)) throw new NotMade("no-pool");
    if (this.unruly) throw new NotMade("bad-pool");
    return this.found.pool;
  }

  tickets() {
    const { found } = this;
    const labels = "pool" in found
      ? this.pool().registrations.map((row) => row.label)
      : Object.keys(found.result.tickets);
    this.computed ??= ticketsOf(labels, this.digest, found.beacon.randomness, this.turns);
    return this.computed;
  }

  async night() {
    const pool = this.pool();
    this.decided ??= new Night(pool, await this.tickets(), this.turns).decide();
    return this.decided;
  }

  lookAtPool() {
    if (this.unruly) throw new Different("unruly", shown(this.unruly.place), this.unruly.why);
    const pool = this.pool();
    const places = pool.slots.reduce((sum, slot) => sum + BigInt(slot.places), 0n);
    return ["pool", pool.registrations.length, String(places)];
  }

  lookAtCommitment() {
    const pool = this.pool();
    const { commitment } = this.found;
    same(commitment.draw, pool.draw, "draw");
    for (const part of ["ruleset", "slots", "classes", "quotas"]) {
      same(commitment[`${part}_sha256`], hex(hashOf(pool[part])), `${part}_sha256`);
    }
    same(commitment.registrations.count, pool.registrations.length, "count");
    return ["digest", hex(this.digest)];
  }

  async lookAtRoot() {
    const committed = this.found.commitment.registrations;
    const leaves = await this.leaves();
    same(committed.count, leaves.length, "count");
    same(committed.root, hex(rootOf(leaves)), "root");
    return ["leaves", leaves.length, committed.root];
  }

  async leaves() {
    if ("leaves" in this.found) return this.found.leaves.map(bytesOf);
    const { registrations } = this.pool();
    const { nonces } = this.found;
    const labels = registrations.map((row) => row.label);
    same(Object.keys(nonces).sort(byCodePoints), labels, "nonces");
    const leaves = [];
    for (const row of registrations) {
      leaves.push(leafOf(row, nonces[row.label]));
      await this.turns.rest();
    }
    return leaves;
  }

  async lookAtSignature() {
    if (!(await knowsEd25519())) throw new NotMade("no-ed25519");
    const { key } = this.found.signature;
    if (!(await isSigned(this.found))) throw new Different("not-signed", key);
    return ["key", key];
  }

  lookAtOrder() {
    const { beacon: named, draw } = this.found.commitment;
    same(this.found.beacon.chain, named.chain, "chain");
    same(this.found.beacon.round, named.round, "round");
    const at = existsFrom(named);
    if (at === null) throw new NotMade("round-unknown", named.round, shown(named.chain));
    if (!isOfNight(at, draw, named.chain)) {
      throw new Different("round-before", named.round, instant(at), shown(draw));
    }
    return ["round", named.round, instant(at)];
  }

  lookAtRandomness() {
    const { signature, randomness } = this.found.beacon;
    same(randomness, hex(sha256(bytesOf(signature))), "randomness");
    return ["hash", randomness];
  }

  async lookAtBeacon() {
    const { chain, round, signature } = this.found.beacon;
    if (!chain.startsWith("local/")) throw new NotMade("no-bls", shown(chain), round);
    const isItsValue = await isLocalRound(chain, round, signature, this.turns);
    if (!isItsValue) throw new Different("not-local");
    return ["local"];
  }

  async lookAtTickets() {
    const tickets = await this.tickets();
    sameForAll(new Map(Object.entries(this.found.result.tickets)), tickets);
    return ["tickets", tickets.size];
  }

  lookAtCounts() {
    const { result, commitment } = this.found;
    const labelsOf = (answers) => answers.map((one) => one.label);
    const ordered = (labels) => [...labels].sort(byCodePoints);
    const served = labelsOf(result.allocations);
    const left = labelsOf(result.unserved);
    same(served, ordered(new Set(served)), "allocations");
    same(left, ordered(new Set(left)), "unserved");
    same(ordered([...served, ...left]), ordered(Object.keys(result.tickets)), "labels");
    same(commitment.registrations.count, served.length + left.length, "count");
    return ["counts", served.length, left.length];
  }

  given(part) {
    return new Map(this.found.result.allocations.map((one) => [one.label, part(one)]));
  }

  async lookAtServed() {
    const { served } = await this.night();
    sameForAll(this.given((one) => [one.tier, one.through]), served);
    return ["served", served.size];
  }

  async lookAtDates() {
    const { slotOf } = await this.night();
    sameForAll(this.given((one) => one.slot), slotOf);
    return ["slots", slotOf.size];
  }

  async lookAtReasons() {
    const reasons = (await this.night()).reasons();
    same(this.found.result.unserved, reasons, "unserved");
    return ["reasons", reasons.length];
  }

  async lookAtFree() {
    const free = (await this.night()).free();
    same(this.found.result.free, free, "free");
    return ["free", String(free.reduce((sum, slot) => sum + BigInt(slot.places), 0n))];
  }
}

const LOOKS = [
  ["pool", "lookAtPool"],
  ["commitment", "lookAtCommitment"],
  ["root", "lookAtRoot"],
  ["signature", "lookAtSignature"],
  ["order", "lookAtOrder"],
  ["randomness", "lookAtRandomness"],
  ["beacon", "lookAtBeacon"],
  ["tickets", "lookAtTickets"],
  ["counts", "lookAtCounts"],
  ["served", "lookAtServed"],
  ["dates", "lookAtDates"],
  ["reasons", "lookAtReasons"],
  ["free", "lookAtFree"],
];
export const CHECKS = [...LOOKS.map(([name]) => name), "witness", "previous"];

async function lookAt(name, look) {
  try {
    return { name, outcome: "passed", said: await look() };
  } catch (error) {
    if (error instanceof NotMade) return { name, outcome: "not made", said: error.said };
    if (error instanceof Different) return { name, outcome: "failed", said: error.said };
    throw error;
  }
}

/**
 * Check everything that a transcript gives material for.
 *
 * @param {Uint8Array} bytes The file, full or reduced.
 * @param {(name: string) => void} onCheck Told the name of each check as it begins.
 * @returns {Promise<{name: string, outcome: string, said: unknown[]}[]>} Always the
 *   same checks in the same order; `said` is a word of the page (verifier_words.py) and what fills it.
 * @throws {Refused} The file is no transcript.
 */
export async function verify(bytes, onCheck = () => {}) {
  const turns = new Turns();
  const found = parse(bytes);
  if (isAnnulment(found)) return verifyAnnulment(found);
  const isReduced = isObject(found) && "leaves" in found;
  walk(found, isReduced ? REDUCED : FULL, "");
  const published = new Published(found, turns);
  const checks = [];
  for (const [name, method] of LOOKS) {
    onCheck(name);
    await turns.rest();
    checks.push(await lookAt(name, () => published[method]()));
  }
  const due = instant(existsFrom(found.commitment.beacon));
  checks.push({ name: "witness", outcome: "not made", said: ["witness", due] });
  checks.push({ name: "previous", outcome: "not made", said: ["previous"] });
  return checks;
}

/**
 * Check one registration's own line against a published night.
 *
 * @param {Uint8Array} bytes The line: record, nonce and inclusion path.
 * @param {Uint8Array} night The transcript, full or reduced.
 * @throws {Refused} One of them is not what it is given for.
 */
export async function verifyLine(bytes, night) {
  const [own, found] = [parse(bytes), parse(night)];
  walk(own, LINE, "");
  walk(found, isObject(found) && "leaves" in found ? REDUCED : FULL, "");
  const { commitment, result, beacon } = found;
  const { label } = own.registration;
  const digest = hashOf(commitment);
  const inclusion = () => {
    const { count, root } = commitment.registrations;
    if (own.index >= count) throw new Different("beyond", own.index, count);
    const leaf = leafOf(own.registration, own.nonce);
    const reached = rootFrom(leaf, own.index, count, own.path.map(bytesOf));
    same(root, reached && hex(reached), "root");
    return ["leaf", own.index + 1, count];
  };
  const ticket = async () => {
    const drawn = await ticketsOf([label], digest, beacon.randomness, new Turns());
    same(result.tickets[label], drawn.get(label), "ticket");
    return ["own-ticket", drawn.get(label)];
  };
  const answer = () => {
    const answers = [...result.allocations, ...result.unserved];
    const own = answers.filter((one) => one.label === label);
    same(1, own.length, "answers");
    const [{ slot, tier, reason }] = own;
    return slot === undefined ? ["own-reason", shown(reason)] : ["own-slot", shown(slot), shown(tier)];
  };
  return [
    await lookAt("night", () => {
      same(own.commitment_sha256, hex(digest), "commitment");
      return ["own-night", commitment.draw];
    }),
    await lookAt("inclusion", inclusion),
    await lookAt("ticket", ticket),
    await lookAt("answer", answer),
  ];
}

/** Return the label that a registration's key gives in a night (ADR 0030). */
function labelOf(own, draw) {
  if (!("label_key" in own)) throw new NotMade("ack-no-key");
  const cut = draw.indexOf("/");
  const night = cut < 0 ? "" : draw.slice(cut + 1);
  if (before(night, own.first_label_on)) throw new NotMade("ack-later", own.first_label_on);
  return hex(hmacUnder(bytesOf(own.label_key))(utf8.encode(`tour-de-role/label/1/${draw}`)));
}

/**
 * Check a signed acknowledgement against a published night: was its person in it?
 *
 * @param {Uint8Array} bytes The acknowledgement, of version 1 or 2.
 * @param {Uint8Array} night The transcript, full or reduced.
 * @param {Uint8Array | null} line The line given for this person's, if there is one.
 * @throws {Refused} One of them is not what it is given for.
 */
export async function verifyAcknowledgement(bytes, night, line = null) {
  const [own, found] = [parse(bytes), parse(night)];
  walk(own, isObject(own) && "label_key" in own ? WITH_LABEL_KEY : ACKNOWLEDGED, "");
  walk(found, isObject(found) && "leaves" in found ? REDUCED : FULL, "");
  const { draw } = found.commitment;
  const { signature, ...said } = own;
  const [where] = draw.split("/", 1);
  const signed = async () => {
    if (!(await knowsEd25519())) throw new NotMade("no-ed25519");
    const message = utf8.encode(`${own.spec}/${canonical(said)}`);
    const isSigned = await holds(signature.key, message, signature.value).catch(() => false);
    if (!isSigned) throw new Different("not-signed", signature.key);
    return ["ack-signed", shown(own.reference), shown(own.received_at)];
  };
  const sameKey = () => {
    if (signature.key !== found.signature.key) throw new NotMade("ack-other-key", signature.key);
    return ["ack-key", signature.key];
  };
  const promised = () => {
    if (where !== own.prefecture) throw new Different("ack-prefecture", shown(own.prefecture));
    if (before(draw.slice(where.length + 1), own.first_night_on)) {
      throw new Different("ack-first", own.first_night_on);
    }
    return ["ack-promised", own.first_night_on];
  };
  const present = () => {
    const label = labelOf(own, draw);
    if (!(label in found.result.tickets)) {
      throw new Different("ack-absent", label, own.first_night_on);
    }
    return ["ack-present", label];
  };
  const checks = [
    await lookAt("acknowledgement", signed),
    await lookAt("key", sameKey),
    await lookAt("promised", promised),
    await lookAt("present", present),
  ];
  if (line === null) return checks;
  const given = parse(line);
  walk(given, LINE, "");
  const mine = () => {
    const [label, stands] = [labelOf(own, draw), given.registration.label];
    if (stands !== label) throw new Different("ack-not-mine", stands, label);
    return ["ack-mine", label];
  };
  return [...checks, await lookAt("mine", mine)];
}

/**
 * Keep of a transcript what its chain is made of.
 *
 * @throws {Refused} The file is no transcript.
 */
export function linkOf(bytes) {
  const found = parse(bytes);
  const shape = isObject(found) && "leaves" in found ? REDUCED : FULL;
  walk(found, isAnnulment(found) ? ANNULLED : shape, "");
  return linkFrom(found);
}

function linkFrom({ commitment, signature }) {
  const cut = commitment.draw.lastIndexOf("/");
  return {
    prefecture: commitment.draw.slice(0, Math.max(cut, 0)),
    day: commitment.draw.slice(cut + 1),
    draw: shown(commitment.draw),
    digest: hex(hashOf(commitment)),
    previous: commitment.previous,
    key: signature.key,
    at: existsFrom(commitment.beacon),
  };
}

/** By prefecture, then day, then digest: the order of a chain. */
const chainOrder = (a, b) =>
  byCodePoints(a.prefecture, b.prefecture) || byCodePoints(a.day, b.day) || order(a.digest, b.digest);

/**
 * Check that nights follow one another, prefecture by prefecture, in whatever order
 * they are given.
 *
 * @returns {Promise<{name: string, outcome: string, said: unknown[]}[]>} A check
 *   `previous` for each different commitment, then one check `keys`.
 */
export async function verifyChain(links) {
  const byDigest = new Map(links.map((link) => [link.digest, link]));
  const nights = [...byDigest.values()].sort(chainOrder);
  const checks = [];
  for (const night of nights) {
    const chain = nights.filter((one) => one.prefecture === night.prefecture);
    checks.push(await lookAt("previous", () => stepOf(chain, night)));
  }
  const keys = [...new Set(links.map((link) => link.key))].sort();
  const signed = () => {
    if (keys.length !== 1) throw new NotMade("keys-many", keys.length, keys.join(", "));
    return ["keys-one", keys[0]];
  };
  return [...checks, await lookAt("keys", signed)];
}

function stepOf(chain, night) {
  const twins = chain.filter((one) => one.day === night.day);
  if (twins.length > 1) throw new Different("chain-twins", night.draw, twins.length);
  const at = chain.indexOf(night);
  if (at === 0) {
    if (night.previous) throw new NotMade("chain-before", night.draw);
    return ["chain-first", night.draw];
  }
  const before = chain[at - 1];
  if (night.previous === before.digest) return ["chain-names", night.draw, before.draw];
  if (!night.previous) throw new Different("chain-none", night.draw, before.draw);
  const named = chain.findIndex((one) => one.digest === night.previous);
  if (named < 0) throw new Different("chain-gap", night.draw, before.draw);
  if (named > at) throw new Different("chain-later", night.draw, chain[named].draw);
  throw new Different("chain-other", night.draw, chain[named].draw, before.draw);
}

/**
 * Read a signed commitment as witnesses receive it.
 *
 * @returns The link of its night; null where this browser cannot check who signed it.
 * @throws {Refused} It is none, or nobody signed it.
 */
export async function keptOf(bytes) {
  const found = parse(bytes);
  walk(found, STATEMENT, "");
  if (!(await knowsEd25519())) return null;
  if (!(await isSigned(found))) throw new Refused("signature", "nobody");
  return linkFrom(found);
}

const isOneNight = (one, other) =>
  one.prefecture === other.prefecture && one.day === other.day;

/**
 * Check a night against the commitments that somebody kept: the check `witness`. Only
 * what the night's own key signed says anything against it.
 *
 * @param {object[]} kept As `keptOf` returns them, of any nights.
 * @param {object} night As `linkOf` returns it.
 */
export function verifyKept(kept, night) {
  return lookAt("witness", () => {
    if (kept.includes(null)) throw new NotMade("no-ed25519");
    const ofNight = kept.filter((one) => isOneNight(one, night));
    const others = ofNight.filter((one) => one.key === night.key && one.digest !== night.digest);
    if (others.length) throw new Different("kept-other", others[0].digest, night.digest);
    const foreign = ofNight.find((one) => one.key !== night.key);
    if (foreign) throw new NotMade("kept-foreign", foreign.draw, foreign.key);
    if (!ofNight.length) throw new NotMade("kept-none", night.draw);
    return ["kept-same", night.digest, instant(night.at)];
  });
}

/**
 * Check that every commitment kept became a night: the check `withheld`. What is of
 * another prefecture, or of days before the first night given, is not asked about.
 *
 * @param {number} now Unix time: a round still to come withholds nothing.
 */
export function verifyWithheld(kept, nights, now) {
  return lookAt("withheld", () => {
    if (kept.includes(null)) throw new NotMade("no-ed25519");
    const chainOf = (one) => nights.filter((night) => night.prefecture === one.prefecture);
    const asked = kept.filter((one) =>
      chainOf(one).some((night) => byCodePoints(night.day, one.day) <= 0));
    const gone = asked.filter((one) => !nights.some((night) => isOneNight(one, night)));
    const due = gone.filter((one) => !(one.at > now)).sort(chainOrder);
    const accused = due.filter((one) => chainOf(one).some((night) => night.key === one.key));
    const told = (links) => [...new Set(links.map((one) => `${one.draw} (${instant(one.at)})`))];
    if (accused.length) throw new Different("withheld", told(accused).join(", "));
    if (due.length) throw new NotMade("kept-foreign", told(due).join(", "), due[0].key);
    if (gone.length) throw new NotMade("kept-ahead", told(gone).join(", "));
    if (!asked.length) throw new NotMade("kept-of-others");
    return ["kept-all", asked.length];
  });
}

/** Return the file's SHA-256, or null where Web Crypto computes another one. */
export async function fingerprint(bytes) {
  const own = hex(sha256(bytes));
  if (!globalThis.crypto?.subtle) return own;
  const theirs = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  return own === theirs ? own : null;
}
