// The page around verifier.js: takes a file, shows each check. Words come from the
// page itself, in its language; nothing leaves this device.

const LARGEST_FILE = 300_000_000;
const box = document.querySelector("#verifier");
const status = document.querySelector("#etat");
const verdict = document.querySelector("#verdict");
const results = document.querySelector("#resultats");
const input = document.querySelector("#fichier");
const drop = document.querySelector("#depot");
const save = document.querySelector("#enregistrer");
const own = document.querySelector("#ligne");
const signed = document.querySelector("#accuse");
const kept = document.querySelector("#gardes");
const {
  verify, verifyLine, verifyAcknowledgement, linkOf, verifyChain, keptOf, verifyKept,
  verifyWithheld, fingerprint, Refused,
} = await import(box.dataset.module);

let last = null; // the transcripts on the table
let asked = 0; // a file dropped meanwhile takes over
let report = "";

const word = (key, ...filling) => {
  const said = document.querySelector("#mots").content.querySelector(`[data-mot="${key}"]`);
  return said.textContent.replace(/\{([0-9])\}/g, (_, at) => String(filling[at]));
};
const titleOf = (name) =>
  document.querySelector(`[data-controle="${name}"] .controle`).textContent;

/** What was found, in words; the reason inside a refusal is itself a word. */
function inWords([key, ...filling]) {
  if (key !== "unruly" && key !== "refused") return word(key, ...filling);
  const [place, why] = filling;
  return word(key, place, word(why));
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function mark(outcome) {
  const id = `dessin-${outcome.replace(" ", "-")}`;
  return document.querySelector(`#${id}`).content.firstElementChild.cloneNode(true);
}

const lineOf = ({ name, outcome, said }) => itemOf(outcome, titleOf(name), inWords(said));

function itemOf(outcome, title, text) {
  const item = element("li");
  item.dataset.resultat = outcome;
  item.append(
    mark(outcome),
    element("span", "r", word(outcome)),
    element("span", "visually-hidden", " : "),
    element("span", "", title),
    element("p", "", text),
  );
  return item;
}

function say(title, text, isBad) {
  verdict.hidden = false;
  verdict.classList.toggle("verdict--fail", isBad);
  verdict.querySelector("h2").textContent = title;
  verdict.querySelector("p").textContent = text;
  verdict.focus();
}

function clear() {
  verdict.hidden = true;
  save.hidden = true;
  results.replaceChildren();
}

function take(files) {
  last = [...files];
  asked += 1;
  clear();
  if (last.length === 1) check(last[0], asked);
  else checkAll(last, asked);
}

async function bytesOf(file) {
  if (file.size > LARGEST_FILE) throw new RangeError(file.name);
  return new Uint8Array(await file.arrayBuffer());
}

const reasonOf = (error) =>
  inWords(error instanceof Refused ? ["refused", error.place, error.why] : ["too-large"]);

/** Read what somebody kept; null, and a word about it, when one file is none. */
async function readKept() {
  const links = [];
  for (const file of kept.files) {
    try {
      links.push(await keptOf(await bytesOf(file)));
    } catch (error) {
      say(word("refused-kept", file.name), reasonOf(error), true);
      return null;
    }
  }
  return links;
}

/** Make the check that one file alone does not allow. */
async function witnessed(checks, links, night) {
  if (!links.length) return checks;
  const made = await verifyKept(links, night);
  if (!checks.some((one) => one.name === made.name)) return [...checks, made];
  return checks.map((one) => (one.name === made.name ? made : one));
}

/** Several nights: one line each, read one at a time, then their chain. */
async function checkAll(files, mine) {
  const [rows, links] = [[], []];
  const received = await readKept();
  if (received === null) return;
  for (const file of files) {
    status.textContent = `${word("reading")} : ${file.name}`;
    try {
      const bytes = await bytesOf(file);
      const link = linkOf(bytes);
      const checks = await witnessed(await verify(bytes), received, link);
      links.push(link);
      rows.push({ ...nightRow(checks), title: `${link.draw} (${file.name})` });
    } catch (error) {
      rows.push({ outcome: "failed", title: file.name, text: reasonOf(error) });
    }
    if (mine !== asked) return;
  }
  const chain = await verifyChain(links);
  if (received.length) chain.push(await verifyWithheld(received, links, Date.now() / 1000));
  rows.push(...chain.map(({ name, outcome, said }) => ({ outcome, title: titleOf(name), text: inWords(said) })));
  if (mine !== asked) return;
  status.textContent = "";
  showAll(rows, links.length);
}

function nightRow(checks) {
  const first = checks.find((one) => one.outcome === "failed");
  if (first) return { outcome: "failed", text: `${titleOf(first.name)} : ${inWords(first.said)}` };
  const annulled = checks.find((one) => one.name === "annulled");
  if (annulled) return { outcome: annulled.outcome, text: inWords(annulled.said) };
  const passed = checks.filter((one) => one.outcome === "passed").length;
  const unmade = checks.filter((one) => one.outcome === "not made" && one.name !== "previous");
  const names = unmade.map((one) => titleOf(one.name)).join(" ; ");
  return { outcome: "passed", text: word("night-holds", passed, names || "0") };
}

function showAll(rows, nights) {
  results.replaceChildren(...rows.map(({ outcome, title, text }) => itemOf(outcome, title, text)));
  const first = rows.find((one) => one.outcome === "failed");
  const title = first ? word("chain-fails", first.title) : word("chain-holds", nights);
  say(title, first ? first.text : word("chain-sums", nights), Boolean(first));
  const lines = rows.map((one) => `${word(one.outcome)} : ${one.title} : ${one.text}`);
  report = [title, ...lines, ""].join("\n");
  save.hidden = false;
}

/** The bytes of the file in a field; null when there is none. */
async function given(field) {
  const [file] = field.files;
  return file ? new Uint8Array(await file.arrayBuffer()) : null;
}

async function check(file, mine) {
  if (file.size > LARGEST_FILE) {
    say(word("refused-title"), word("too-large"), true);
    return;
  }
  status.textContent = word("reading");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const digest = await fingerprint(bytes);
  if (digest === null) {
    say(word("refused-title"), word("sha-differs"), true);
    return;
  }
  const received = await readKept();
  if (received === null) return;
  try {
    const made = await verify(bytes, (name) => {
      if (mine === asked) status.textContent = titleOf(name);
    });
    const checks = await witnessed(made, received, linkOf(bytes));
    const line = await given(own);
    if (line) checks.push(...(await verifyLine(line, bytes)));
    const paper = await given(signed);
    if (paper) checks.push(...(await verifyAcknowledgement(paper, bytes, line)));
    if (mine === asked) show(file.name, digest, checks);
  } catch (error) {
    if (mine !== asked) return;
    say(word("refused-title"), reasonOf(error), true);
  }
  if (mine === asked) status.textContent = "";
}

/** A night that holds is not accused when a person's own papers do not go with it. */
function wordOfFailure(name) {
  const isOfPapers = document.querySelector(`[data-papiers] [data-controle="${name}"]`);
  const title = titleOf(name);
  return isOfPapers ? word("papers-fail", title) : word("one-fails", title);
}

function show(name, digest, checks) {
  const count = (outcome) => checks.filter((one) => one.outcome === outcome).length;
  const counts = [count("passed"), count("failed"), count("not made")];
  const first = checks.find((one) => one.outcome === "failed");
  results.replaceChildren(...checks.map(lineOf));
  const title = first ? wordOfFailure(first.name) : word("all-hold", counts[0]);
  const sums = word("sums", ...counts, name, digest);
  say(title, sums, Boolean(first));
  const lines = checks.map((one) => `${word(one.outcome)} : ${titleOf(one.name)} (${one.name}) : ${inWords(one.said)}`);
  report = [title, sums, ...lines, ""].join("\n");
  save.hidden = false;
}

save.addEventListener("click", () => {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([report], { type: "text/plain" }));
  link.download = "verification.txt";
  link.click();
  URL.revokeObjectURL(link.href);
});
input.addEventListener("change", () => {
  if (input.files.length) take(input.files);
});
for (const field of [own, signed, kept]) {
  field.addEventListener("change", () => {
    if (last) take(last);
  });
}
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  });
}
document.addEventListener("dragleave", () => drop.classList.remove("is-over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("is-over");
  if (event.dataTransfer.files.length) take(event.dataTransfer.files);
});
document.querySelector("#sans-script").hidden = true;
box.hidden = false;
