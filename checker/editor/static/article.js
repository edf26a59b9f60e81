// The article as the page knows it: its text, what was found in it, and what it is held against. Places count UTF-16
// units here; `request` and `take…` are where they become code points and back.

import { editBetween, moved, partsAfter, stretched } from "./edits.js";
import { converters, inPoints, inUnits, wellFormed } from "./offsets.js";

const KEPT = "article"; // in this tab's session storage, so that a reload loses nothing and the next tab sees nothing

export class Article {
  text = "";
  title = null;
  name = null;
  parts = [];
  units = [];
  sourceLanguage = null;
  source = "";
  facts = "";
  factsRead = new Map(); // text of a fact that came from a file -> all that the file says of it
  asOf = "";
  findings = [];
  sentences = [];
  decided = [];
  modelHash = ""; // of the model that made the last report
  hiddenHere = new Set(); // dismissed on a server that keeps no decisions

  /** Another text in place of this one, as a person edits it. True where anything changed. */
  edit(text) {
    const edit = editBetween(this.text, text);
    if (!edit) return false;
    this.parts = partsAfter(this.parts, edit, this.text, text);
    this.units = edit.start === 0 && edit.end === this.text.length ? [] : this.units.map((unit) => stretched(unit, edit));
    this.findings = this.findings.map((finding) => moved(finding, edit)).filter(Boolean);
    this.sentences = this.sentences
      .map((sentence) => moved(sentence, edit) ?? { ...stretched(sentence, edit), verdict: "pending", reason: null })
      .filter((sentence) => sentence.end > sentence.start);
    this.text = text;
    if (!text.trim()) this.forget();
    return true;
  }

  /** A document that was read from a file. */
  open(document, name) {
    const text = wellFormed(document.text).replaceAll("\r\n", "\n").replaceAll("\r", "\n");
    const same = text === document.text; // else places of parts and units would be off, and are not used
    const places = converters(text);
    this.forget();
    this.text = text;
    this.title = document.title;
    this.name = name;
    this.parts = same ? document.parts.map((part) => inUnits(part, places)) : [];
    this.units = same ? document.units.map((unit) => inUnits(unit, places)) : [];
    this.sourceLanguage = document.source_language;
    this.asOf = document.published ?? "";
  }

  /** Nothing of what was found before, nor where it came from. */
  forget() {
    Object.assign(this, { title: null, name: null, parts: [], units: [], findings: [], sentences: [], decided: [] });
  }

  /** What the API is asked: see CheckRequest. */
  request(maxAlerts) {
    const text = wellFormed(this.text);
    const places = converters(text);
    const units = this.units.filter((unit) => unit.end > unit.start).map((unit) => inPoints(unit, places));
    return {
      text,
      title: this.title,
      parts: this.parts.map((part) => inPoints(part, places)),
      units,
      source: units.length ? null : wellFormed(this.source) || null,
      source_language: this.sourceLanguage,
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
    this.decided = [...report.decided, ...here.map((finding) => ({ ...finding, decision: null }))];
  }

  /** The sentence around a place; where sentences are not known yet, its line. */
  sentenceAt(place) {
    const found = this.sentences.find((sentence) => sentence.start <= place && place < sentence.end);
    if (found) return found;
    const start = this.text.lastIndexOf("\n", place - 1) + 1;
    const end = this.text.indexOf("\n", place);
    return { start, end: end < 0 ? this.text.length : end };
  }

  /** What a person calls the article. */
  get called() {
    return this.title ?? this.name ?? this.text.trim().split("\n", 1)[0].slice(0, 80);
  }

  keep() {
    const { text, title, name, parts, units, sourceLanguage, source, facts, asOf } = this;
    const factsRead = [...this.factsRead];
    const kept = { text, title, name, parts, units, sourceLanguage, source, facts, asOf, factsRead, hiddenHere: [...this.hiddenHere] };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch { /* too large for the browser: then a reload starts anew */ }
  }

  /** What was kept before a reload. */
  recall() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      if (!kept) return;
      Object.assign(this, kept, { factsRead: new Map(kept.factsRead), hiddenHere: new Set(kept.hiddenHere) });
    } catch {
      sessionStorage.removeItem(KEPT);
    }
  }

  #shown(findings) {
    return findings.filter((finding) => !this.hiddenHere.has(finding.fingerprint));
  }
}
