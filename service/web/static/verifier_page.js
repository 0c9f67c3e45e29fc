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
const { verify, verifyLine, fingerprint, Refused } = await import(box.dataset.module);

let last = null; // the transcript on the table
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

function lineOf({ name, outcome, said }) {
  const item = element("li");
  item.dataset.resultat = outcome;
  item.append(
    mark(outcome),
    element("span", "r", word(outcome)),
    element("span", "visually-hidden", " : "),
    element("span", "", titleOf(name)),
    element("p", "", inWords(said)),
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

async function check(file) {
  last = file;
  asked += 1;
  const mine = asked;
  clear();
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
  try {
    const checks = await verify(bytes, (name) => {
      if (mine === asked) status.textContent = titleOf(name);
    });
    if (own.files.length) {
      const line = new Uint8Array(await own.files[0].arrayBuffer());
      checks.push(...(await verifyLine(line, bytes)));
    }
    if (mine === asked) show(file.name, digest, checks);
  } catch (error) {
    if (mine !== asked) return;
    const isRefusal = error instanceof Refused;
    const reason = isRefusal ? ["refused", error.place, error.why] : ["too-large"];
    say(word("refused-title"), inWords(reason), true);
  }
  if (mine === asked) status.textContent = "";
}

function show(name, digest, checks) {
  const count = (outcome) => checks.filter((one) => one.outcome === outcome).length;
  const counts = [count("passed"), count("failed"), count("not made")];
  const first = checks.find((one) => one.outcome === "failed");
  results.replaceChildren(...checks.map(lineOf));
  const title = first ? word("one-fails", titleOf(first.name)) : word("all-hold", counts[0]);
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
  if (input.files.length) check(input.files[0]);
});
own.addEventListener("change", () => {
  if (last) check(last);
});
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
  if (event.dataTransfer.files.length) check(event.dataTransfer.files[0]);
});
document.querySelector("#sans-script").hidden = true;
box.hidden = false;
