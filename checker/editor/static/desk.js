// The page put together: the article, the alerts, the keys and the files.

import { Alerts } from "./alerts.js";
import { Article, factsOf } from "./article.js";
import { Checking } from "./checking.js";
import { decide } from "./client.js";
import { Dismissal } from "./dismissal.js";
import { offerExports } from "./exports.js";
import { offerFiles } from "./files.js";
import { Hidden } from "./hidden.js";
import { listenToKeys } from "./keys.js";
import * as paper from "./paper.js";
import { showSentences } from "./sentences.js";
import { count } from "./wording.js";

const MOST_AT_ONCE = 12; // alerts that "show less certain" adds
const MOST = 200; // that the server takes
const NARROW = matchMedia("(max-width: 60rem)"); // then an alert that is opened from the text covers what is below it
const TEXT_ABOVE_SHEET = 0.42; // of the window's height
const LONGEST_NAME = 500; // of an article, in a decision
const NOTHING_YET = "Paste or drop an article to check it.";
const SAYS_NO_MORE_THAN = 1000; // characters of a message for screen readers

const $ = (id) => document.getElementById(id);
const field = $("article");
const keepsDecisions = "keepsDecisions" in document.body.dataset;

const article = new Article();
const undoable = [];
let lastKept = Promise.resolve(); // the decision that is being sent; the newest counts, so they go one after the other
let current = null; // fingerprint of the open alert
let maxAlerts = Number(document.body.dataset.mostAlerts);
let headline = "";

const alerts = new Alerts($("alerts"), { toggle, buttons });
const hidden = new Hidden(article, reopen);
const dismissal = new Dismissal();

const checking = new Checking(() => (article.text.trim() ? article.request(maxAlerts) : null), {
  started: () => say("Checking …", { progress: 0 }),
  progress: (event) => {
    if (event.event === "waiting") {
      say(event.waiting ? `Waiting for a turn: ${count(event.waiting, "article")} in the queue …` : "Checking …");
      return;
    }
    article.takeProgress(event);
    say(`Checking: ${event.judged} of ${count(event.total, "sentence")}`, { progress: event.judged / Math.max(1, event.total) });
    show();
  },
  done: (report) => {
    article.takeReport(report);
    const here = report.findings.filter(({ fingerprint }) => article.hiddenHere.has(fingerprint)).length;
    headline = here ? `${report.headline}, ${here} of them hidden` : report.headline;
    say(headline, { aloud: true });
    show(report.remarks);
  },
  failed: (problem) => {
    const again = problem.retryAfter ? ` It is tried again in ${count(problem.retryAfter, "second")}.` : "";
    say("Not checked.");
    trouble(problem.message + again);
  },
});

function say(text, { progress = null, aloud = false } = {}) {
  trouble("");
  $("result").textContent = text;
  $("progress").hidden = progress === null;
  $("progress").value = progress ?? 0;
  if (aloud) announce(text);
}

function announce(text) {
  $("announcer").textContent = text.slice(0, SAYS_NO_MORE_THAN);
}

function trouble(text) {
  $("trouble").textContent = text;
  $("trouble").hidden = !text;
}

/** Findings that are sure enough for the choice of the person. */
function shown() {
  const least = Number($("least").value);
  return article.findings.filter((finding) => finding.confidence >= least);
}

function show(remarks = null) {
  const findings = shown();
  paper.draw(article, { findings, current, showStates: $("show-states").checked });
  alerts.show(article, findings, current);
  hidden.show();
  $("no-alerts").hidden = findings.length > 0;
  $("no-alerts").textContent = article.findings.length
    ? `${count(article.findings.length, "alert")} less certain than you chose.`
    : checking.running || !headline ? "No alerts yet." : headline;
  $("more").hidden = article.findings.length < maxAlerts || maxAlerts >= MOST;
  $("alerts-title").textContent = findings.length ? `Alerts (${findings.length})` : "Alerts";
  document.title = findings.length ? `(${findings.length}) checker` : "checker";
  showSentences(article, remarks, (sentence) => paper.edit(sentence));
}

function toggle(finding) {
  open(current === finding.fingerprint ? null : finding.fingerprint);
}

function open(fingerprint, { focus = false, fromText = false } = {}) {
  current = fingerprint;
  show();
  document.body.classList.toggle("peek", fromText && fingerprint !== null);
  if (fingerprint === null) return;
  if (fromText && NARROW.matches) return paper.reveal(TEXT_ABOVE_SHEET);
  alerts.focus(fingerprint, { quietly: !focus });
  if (!fromText) paper.reveal();
}

/** The next or the one before, in the order of the list. */
function step(by) {
  if (hidden.isCurrent) return hidden.step(by);
  const findings = shown();
  if (!findings.length) return announce("No alerts.");
  const at = findings.findIndex((finding) => finding.fingerprint === current);
  const next = at < 0 ? (by > 0 ? 0 : findings.length - 1) : Math.min(findings.length - 1, Math.max(0, at + by));
  open(findings[next].fingerprint, { focus: true });
}

/** The open alert, or the one that the keyboard is on; none where that is among the hidden ones. */
function currentFinding() {
  if (hidden.isCurrent) return null;
  const focused = document.activeElement?.closest?.("#alerts .card")?.dataset.fingerprint;
  const wanted = focused ?? current;
  return shown().find((finding) => finding.fingerprint === wanted) ?? null;
}

/** After a finding is dealt with: on to the one that took its place in the list. */
function leave(finding) {
  const rest = shown();
  const at = rest.findIndex((each) => each.fingerprint === finding.fingerprint);
  const others = rest.filter((each) => each.fingerprint !== finding.fingerprint);
  const next = others[Math.min(Math.max(at, 0), others.length - 1)] ?? null;
  article.findings = article.findings.filter((each) => each.fingerprint !== finding.fingerprint);
  open(next?.fingerprint ?? null, { focus: true });
  if (!next) $("alerts-title").focus();
}

function apply(finding, number = 0) {
  const suggestion = finding?.suggestions[number];
  if (suggestion === undefined) return announce("There is no suggestion.");
  const place = article.findings.find((each) => each.fingerprint === finding.fingerprint) ?? finding;
  keepDecision("accepted", place, { replacement: suggestion }); // first, for it notes the sentence as it was
  leave(finding);
  paper.replace(place, suggestion);
  undoable.push({ from: place.start, was: finding.text, now: suggestion, finding });
  announce(`Replaced by ${suggestion || "nothing"}.`);
}

async function dismiss(finding) {
  if (!finding) return;
  const answer = await dismissal.ask(finding);
  if (answer) await giveUp(finding, answer);
}

/** The fact is left out of this article's own list too, where it came from there. */
async function outOfDate(finding) {
  if (!finding) return;
  if (!factsOf(finding).length) return announce("This alert rests on no fact.");
  article.retire(finding);
  fillFacts();
  if (!keepsDecisions) article.setAside.push({ ...finding, decision: null });
  await giveUp(finding, { kind: "fact_out_of_date", by: dismissal.by });
}

async function giveUp(finding, answer) {
  leave(finding);
  undoable.push({ finding });
  if (keepsDecisions) await keepDecision(answer.kind, finding, answer);
  else article.hiddenHere.add(finding.fingerprint);
  announce("Dismissed.");
  recheck(0);
}

async function reopen(finding) {
  if (!finding) return;
  article.hiddenHere.delete(finding.fingerprint);
  article.restore(finding);
  fillFacts();
  if (!hidden.leave(finding)) $("alerts-title").focus();
  if (keepsDecisions) await keepDecision("reopened", finding);
  announce("The alert is back.");
  recheck(0);
}

async function keepDecision(kind, finding, { by = dismissal.by, reason = null, replacement = null } = {}) {
  if (!keepsDecisions) return;
  const { decision, ...plain } = finding;
  const { start, end } = article.sentenceAt(finding.start);
  const sentence = article.text.slice(start, end);
  const made = {
    kind,
    finding: plain,
    sentence,
    article: article.called.slice(0, LONGEST_NAME),
    model_hash: article.modelHash,
    by: by || null,
    reason: reason || null,
    replacement,
  };
  lastKept = lastKept.then(() => decide(made));
  try {
    await lastKept;
  } catch (problem) {
    lastKept = Promise.resolve();
    trouble(`The decision was not kept: ${problem.message}`);
  }
}

/** The last thing that was done from an alert: a suggestion that was used, or an alert that was dismissed. */
function undo() {
  const last = undoable.pop();
  if (!last) return announce("There is nothing to undo.");
  if (last.now === undefined) return reopen(last.finding);
  const place = nearest(last.now, last.from);
  if (place < 0) return announce("The text has changed since; it cannot be undone.");
  paper.replace({ start: place, end: place + last.now.length }, last.was);
  keepDecision("reopened", last.finding);
  announce("Undone.");
}

/** Where `words` stand in the text, the place nearest to `from`; -1 for nowhere. */
function nearest(words, from) {
  const after = article.text.indexOf(words, from);
  const before = article.text.lastIndexOf(words, from);
  if (after < 0 || before < 0) return Math.max(after, before);
  return after - from < from - before ? after : before;
}

function buttons(finding) {
  const uses = finding.suggestions.map((suggestion, number) => ({
    label: suggestion ? `Use “${suggestion}”` : "Delete the words",
    keys: number ? String(number + 1) : "Enter",
    first: !number,
    run: () => apply(finding, number),
  }));
  const fact = finding.evidence.some(({ kind }) => kind === "fact");
  return [
    ...uses,
    { label: "Not an error …", keys: "x", run: () => dismiss(finding) },
    ...(fact ? [{ label: "Fact is out of date", keys: "o", run: () => outOfDate(finding) }] : []),
    { label: "Edit the words", keys: "e", run: () => paper.edit(finding) },
    { label: "Close", run: () => open(null) },
  ];
}

/** The list of hidden alerts, and back to the others. */
function toggleHidden() {
  if (!article.decided.length) return announce("No alert is hidden.");
  if (!hidden.toggle()) toAlerts();
}

function toAlerts() {
  if (shown().length) open(current ?? shown()[0].fingerprint, { focus: true });
  else $("alerts-title").focus();
}

function fillFacts() {
  $("facts").value = article.facts;
  describeEvidence();
}

function recheck(delay) {
  article.keep();
  if (article.text.trim()) checking.soon(delay);
  else {
    checking.stop();
    headline = "";
    say(NOTHING_YET);
    show([]);
  }
}

/** What is in the fields, after it was set from elsewhere. */
function fill() {
  field.value = article.text;
  for (const [id, value] of [["source", article.source], ["facts", article.facts], ["as-of", article.asOf]]) $(id).value = value;
  describeEvidence();
  show([]);
}

function describeEvidence() {
  const facts = article.factList().length;
  const parts = [];
  if (article.units.length) parts.push("the original in the file");
  else if (article.source.trim()) parts.push("the original");
  if (facts) parts.push(count(facts, "fact"));
  $("against-summary").textContent = ["the article itself", ...parts].join(", ");
  const units = article.units.length ? [`${count(article.units.length, "unit")} came with the article's file.`] : article.sourceNotes;
  $("source-note").textContent = units.join(" · ");
  $("file-notes").replaceChildren(...article.notes.map((note) => {
    const item = document.createElement("li");
    item.textContent = note;
    return item;
  }));
}

function listen() {
  field.addEventListener("input", (event) => {
    const pasted = event.inputType === "insertFromPaste" || event.inputType === "insertFromDrop";
    if (!article.edit(field.value)) return;
    show();
    describeEvidence();
    recheck(pasted ? 0 : undefined);
  });
  for (const [id, name] of [["source", "source"], ["facts", "facts"], ["as-of", "asOf"]]) {
    $(id).addEventListener("input", () => {
      if (name === "source") article.editSource($(id).value);
      else article[name] = $(id).value;
      describeEvidence();
      recheck();
    });
  }
  $("least").addEventListener("change", () => show());
  $("show-states").addEventListener("change", () => show());
  $("more").addEventListener("click", () => {
    maxAlerts = Math.min(MOST, maxAlerts + MOST_AT_ONCE);
    recheck(0);
  });
  $("show-help").addEventListener("click", () => $("help").showModal());
  paper.onPlace((place) => {
    const found = shown().find((finding) => finding.start <= place && place <= finding.end);
    if (found) open(found.fingerprint, { fromText: true });
  });
  offerFiles(article, {
    reading: (name) => say(`Reading ${name} …`, { aloud: true }),
    changed: () => { fill(); recheck(0); },
    failed: (message) => { say(headline || NOTHING_YET); trouble(message); },
    announce,
  });
  offerExports(article, { request: () => article.request(maxAlerts), trouble, announce });
  listenToKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => (hidden.isCurrent ? reopen(hidden.current) : apply(currentFinding())),
    1: () => apply(currentFinding(), 0),
    2: () => apply(currentFinding(), 1),
    3: () => apply(currentFinding(), 2),
    x: () => dismiss(currentFinding()),
    o: () => outOfDate(currentFinding()),
    e: () => currentFinding() && paper.edit(currentFinding()),
    h: toggleHidden,
    r: () => (hidden.isCurrent ? reopen(hidden.current) : announce("Press h for the hidden alerts.")),
    u: undo,
    s: () => $("show-states").click(),
    "?": () => $("help").showModal(),
  }, toAlerts);
}

article.recall();
listen();
fill();
recheck(0);
