// Alerts that are not shown because somebody decided so. They can be looked at, and taken back.

import { Alerts } from "./alerts.js";

const HOLDER = document.getElementById("hidden");
const LIST = document.getElementById("hidden-list");
const COUNT = document.getElementById("hidden-count");

export class Hidden {
  #cards;
  #article;
  #open = null; // fingerprint

  /** `reopen` takes a decision back. */
  constructor(article, reopen) {
    this.#article = article;
    this.#cards = new Alerts(LIST, {
      toggle: ({ fingerprint }) => this.#show(this.#open === fingerprint ? null : fingerprint),
      buttons: (finding) => [{ label: "Bring the alert back", keys: "r", first: true, run: () => reopen(finding) }],
    });
  }

  show() {
    this.#cards.show(this.#article, this.#article.decided, this.#open);
    HOLDER.hidden = !this.#article.decided.length;
    COUNT.textContent = `(${this.#article.decided.length})`;
  }

  /** Whether the keyboard is in the list. */
  get isCurrent() {
    return HOLDER.open && HOLDER.contains(document.activeElement);
  }

  /** The alert that the keyboard is on, else the one that is open. */
  get current() {
    const wanted = document.activeElement?.closest?.("#hidden-list .card")?.dataset.fingerprint ?? this.#open;
    return this.#article.decided.find(({ fingerprint }) => fingerprint === wanted) ?? null;
  }

  /** Open the list and go to its first alert, or close it. False where there is nothing, or it is closed now. */
  toggle() {
    const closes = this.isCurrent;
    HOLDER.open = !closes && this.#article.decided.length > 0;
    if (HOLDER.open) this.#go(this.current ?? this.#article.decided[0]);
    return HOLDER.open;
  }

  /** To the next alert or the one before. */
  step(by) {
    const all = this.#article.decided;
    const at = all.findIndex(({ fingerprint }) => fingerprint === this.current?.fingerprint);
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
    if (next) this.#go(next);
  }

  /** An alert leaves the list; the keyboard goes on to the one that takes its place. False where there is none. */
  leave(finding) {
    const wasHere = this.isCurrent;
    const at = this.#article.decided.findIndex(({ fingerprint }) => fingerprint === finding.fingerprint);
    this.#article.decided = this.#article.decided.filter(({ fingerprint }) => fingerprint !== finding.fingerprint);
    this.show();
    const next = this.#article.decided[Math.min(Math.max(at, 0), this.#article.decided.length - 1)];
    if (wasHere && next) this.#go(next);
    return !wasHere || next !== undefined;
  }

  #go(finding) {
    this.#show(finding.fingerprint);
    this.#cards.focus(finding.fingerprint);
  }

  #show(fingerprint) {
    this.#open = fingerprint;
    this.show();
  }
}
