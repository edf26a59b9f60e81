// The article as the page knows it: its text, what was found in it, and what it is held against. Places count UTF-16
// units here; `request` and `take…` are where they become code points and back.

import { editBetween, isAnother, moved, partsAfter, stretched } from "./edits.js";
import { asInField, converters, inPoints, inUnits, wellFormed } from "./offsets.js";

// In this tab's session storage, so that a reload loses nothing and the next tab sees nothing.
const KEPT = "article";
const KEPT_FILE = "article-file";

const OWN_FACT = "fact:"; // how ids begin that the server gives to facts without one

/** A text of the server's, which counts code points, as a field keeps it; with lists of what lies at places of it. */
function inField(given, ...lists) {
  const { text, place } = asInField(wellFormed(given));
  const places = converters(given);
  const moved = (thing) => {
    const { start, end } = inUnits(thing, places);
    return { ...thing, start: place(start), end: place(end) };
  };
  return { text, lists: lists.map((list) => list.map(moved)) };
}

/** Texts of the facts that a finding rests on. */
export function factsOf(finding) {
  return finding.evidence.filter(({ kind }) => kind === "fact").map(({ text }) => text);
}

export class Article {
  text = "";
  title = null;
  name = null;
  file = null; // that it was opened from, to be given back: {name, content, isWord, canMark, canCorrect}
  notes = []; // what there is to know of the file
  parts = [];
  units = [];
  sourceLanguage = null;
  source = "";
  sourceParts = [];
  sourceNotes = [];
  facts = "";
  retired = new Set(); // texts of facts that were taken out of `facts` as out of date
  factsRead = new Map(); // text of a fact that came from a file -> all that the file says of it
  asOf = "";
  findings = [];
  sentences = [];
  decided = [];
  modelHash = ""; // of the model that made the last report
  hiddenHere = new Set(); // dismissed on a server that keeps no decisions
  setAside = []; // findings whose fact was called out of date there

  /** Another text in place of this one, as a person edits it. True where anything changed. */
  edit(text) {
    const edit = editBetween(this.text, text);
    if (!edit) return false;
    if (isAnother(edit, this.text)) {
      if (this.units.length) this.sourceLanguage = null; // it was theirs
      Object.assign(this, { title: null, name: null, notes: [], parts: [], units: [] });
      this.holdFile(null);
    }
    this.parts = partsAfter(this.parts, edit, this.text, text);
    this.units = this.units.map((unit) => stretched(unit, edit));
    for (const list of ["findings", "decided", "setAside"]) {
      this[list] = this[list].map((finding) => moved(finding, edit)).filter(Boolean);
    }
    this.sentences = this.sentences
      .map((sentence) => moved(sentence, edit) ?? { ...stretched(sentence, edit), verdict: "pending", reason: null })
      .filter((sentence) => sentence.end > sentence.start);
    this.text = text;
    if (!text.trim()) this.forget();
    return true;
  }

  /** A document that was read from a file. */
  open(document, name) {
    this.forget();
    const { text, lists } = inField(document.text, document.parts, document.units);
    this.text = text;
    this.title = document.title;
    this.name = name;
    this.notes = [...document.notes, ...document.omitted.map((what) => `Not checked: ${what}`)];
    [this.parts, this.units] = lists;
    this.sourceLanguage = document.source_language;
    this.asOf = document.published ?? "";
  }

  /** The original in a file, instead of the units that came with the article. */
  openSource({ source, source_language: language, source_parts: parts, notes, omitted }) {
    const { text, lists } = inField(source, parts);
    this.source = text;
    [this.sourceParts] = lists;
    this.sourceLanguage = language;
    this.sourceNotes = [...notes, ...omitted.map((what) => `Not used: ${what}`)];
    this.units = [];
  }

  /** Another original, as a person edits it; its language is told anew. */
  editSource(text) {
    const edit = editBetween(this.source, text);
    if (edit) this.sourceParts = partsAfter(this.sourceParts, edit, this.source, text);
    this.source = text;
    this.sourceLanguage = null;
    this.sourceNotes = [];
  }

  /** Nothing of what was found before, nor where it came from. */
  forget() {
    Object.assign(this, { title: null, name: null, notes: [], parts: [], units: [] });
    Object.assign(this, { findings: [], sentences: [], decided: [], setAside: [] });
    this.holdFile(null);
  }

  /** Keep the file that the article was opened from, also over a reload where the browser has room for it. */
  holdFile(file) {
    this.file = file;
    try {
      if (file) sessionStorage.setItem(KEPT_FILE, JSON.stringify(file));
      else sessionStorage.removeItem(KEPT_FILE);
    } catch {
      sessionStorage.removeItem(KEPT_FILE);
    }
  }

  /** The facts that a finding rests on leave this article's own list. */
  retire(finding) {
    const old = factsOf(finding);
    const lines = this.facts.split("\n");
    for (const line of lines) if (old.includes(line.trim())) this.retired.add(line.trim());
    this.facts = lines.filter((line) => !old.includes(line.trim())).join("\n");
  }

  /** They come back into it; those that were written into another tab's list too, for no one else has them. */
  restore(finding) {
    const known = this.facts.split("\n").map((line) => line.trim());
    const own = finding.evidence.filter(({ kind, id, text }) => kind === "fact" && (this.retired.has(text) || id.startsWith(OWN_FACT)));
    const missing = own.map(({ text }) => text).filter((text) => !known.includes(text));
    for (const text of missing) this.retired.delete(text);
    this.facts = [...(this.facts.trim() ? [this.facts.trimEnd()] : []), ...new Set(missing)].join("\n");
    this.setAside = this.setAside.filter(({ fingerprint }) => fingerprint !== finding.fingerprint);
  }

  /** What the API is asked: see CheckRequest. */
  request(maxAlerts) {
    const text = wellFormed(this.text);
    const places = converters(text);
    const units = this.units.filter((unit) => unit.end > unit.start).map((unit) => inPoints(unit, places));
    const source = units.length ? null : wellFormed(this.source) || null;
    const sourcePlaces = converters(source ?? "");
    return {
      text,
      title: this.title,
      parts: this.parts.map((part) => inPoints(part, places)),
      units,
      source,
      source_language: this.sourceLanguage,
      source_parts: source ? this.sourceParts.map((part) => inPoints(part, sourcePlaces)) : [],
      facts: this.factList(),
      as_of: this.asOf || null,
      max_alerts: maxAlerts,
    };
  }

  factList() {
    const lines = this.facts.split("\n").map((line) => wellFormed(line).trim()).filter((line) => line && !line.startsWith("#"));
    return [...new Set(lines)].map((line) => this.factsRead.get(line) ?? line);
  }

  /** News of a check under way: it speaks for the sentences that it has judged; the rest stays as it was. */
  takeProgress(event) {
    const places = converters(this.text);
    const sentences = event.sentences.map((sentence) => inUnits(sentence, places));
    const reached = sentences.length ? sentences[sentences.length - 1].end : 0;
    const findings = this.#shown(event.findings.map((finding) => inUnits(finding, places)));
    const known = new Set(findings.map((finding) => finding.fingerprint));
    const before = this.findings.filter((finding) => finding.start >= reached && !known.has(finding.fingerprint));
    this.findings = [...findings, ...before].sort((one, other) => other.confidence - one.confidence);
    this.sentences = [...sentences, ...this.sentences.filter((sentence) => sentence.start >= reached)];
  }

  /** The end of a check: what it says is all there is. */
  takeReport(report) {
    const places = converters(this.text);
    this.findings = this.#shown(report.findings.map((finding) => inUnits(finding, places)));
    this.sentences = report.sentences.map((sentence) => inUnits(sentence, places));
    this.modelHash = report.signature.model_hash;
    const here = report.findings.filter((finding) => this.hiddenHere.has(finding.fingerprint));
    const hidden = [...report.decided, ...here.map((finding) => ({ ...finding, decision: null }))];
    const told = new Set([...report.findings, ...hidden].map(({ fingerprint }) => fingerprint));
    const aside = this.setAside.filter(({ fingerprint }) => !told.has(fingerprint));
    this.decided = [...hidden.map((finding) => inUnits(finding, places)), ...aside];
  }

  /** The sentence around a place; where sentences are not known yet, its line. */
  sentenceAt(place) {
    const found = this.sentences.find((sentence) => sentence.start <= place && place < sentence.end);
    if (found) return found;
    const start = this.text.lastIndexOf("\n", place - 1) + 1;
    const end = this.text.indexOf("\n", place);
    return { start, end: end < 0 ? this.text.length : end };
  }

  /**
   * Each sentence with its `state`: "alert", "hidden" (an alert that is not shown), or its verdict. What the model holds
   * for contradicted without being sure enough of it for an alert is "doubtful", for nobody is to take it for one.
   */
  get states() {
    const holds = (findings, { start, end }) => findings.some((finding) => finding.start < end && start < Math.max(finding.end, finding.start + 1));
    return this.sentences.map((sentence) => {
      const { verdict } = sentence;
      if (verdict === "pending") return { ...sentence, state: verdict };
      if (holds(this.findings, sentence)) return { ...sentence, state: "alert" };
      if (holds(this.decided, sentence)) return { ...sentence, state: "hidden" };
      return { ...sentence, state: verdict === "contradicted" ? "doubtful" : verdict };
    });
  }

  /** What a person calls the article. */
  get called() {
    return this.title ?? this.name ?? this.text.trim().split("\n", 1)[0].slice(0, 80);
  }

  keep() {
    const { text, title, name, notes, parts, units, facts, asOf, setAside } = this;
    const { sourceLanguage, source, sourceParts, sourceNotes } = this;
    const lists = { factsRead: [...this.factsRead], retired: [...this.retired], hiddenHere: [...this.hiddenHere] };
    const own = { text, title, name, notes, parts, units, facts, asOf, setAside };
    const kept = { ...own, sourceLanguage, source, sourceParts, sourceNotes, ...lists };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch { /* too large for the browser: then a reload starts anew */ }
  }

  /** What was kept before a reload. */
  recall() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      if (!kept) return;
      const lists = { factsRead: new Map(kept.factsRead), retired: new Set(kept.retired), hiddenHere: new Set(kept.hiddenHere) };
      Object.assign(this, kept, lists);
      this.file = JSON.parse(sessionStorage.getItem(KEPT_FILE) ?? "null");
    } catch {
      sessionStorage.removeItem(KEPT);
      sessionStorage.removeItem(KEPT_FILE);
    }
  }

  #shown(findings) {
    return findings.filter((finding) => !this.hiddenHere.has(finding.fingerprint));
  }
}
