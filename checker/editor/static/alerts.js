// The list of alerts: each a card that opens with its evidence beside the article's own words. Cards are kept while the
// list changes, so that whoever is in one stays there.

import { converters } from "./offsets.js";
import { categoryName, confidenceWords, evidenceName } from "./wording.js";

const CARD = document.getElementById("card");
const QUOTE = document.getElementById("quote");

/** Shows findings in `list`; `actions` are what the buttons do, each called with the finding. */
export class Alerts {
  #list;
  #actions;
  #cards = new Map(); // fingerprint -> its element and what it shows

  constructor(list, actions) {
    this.#list = list;
    this.#actions = actions;
  }

  /** Show `findings` in this order; the card of `current` is open. */
  show(article, findings, current) {
    const wanted = new Set(findings.map((finding) => finding.fingerprint));
    for (const [key, { element }] of this.#cards) {
      if (!wanted.has(key)) {
        element.remove();
        this.#cards.delete(key);
      }
    }
    findings.forEach((finding, index) => {
      const card = this.#card(finding);
      if (this.#list.children[index] !== card.element) this.#list.insertBefore(card.element, this.#list.children[index] ?? null);
      this.#fill(card, article, finding, finding.fingerprint === current);
    });
  }

  /** Put the keyboard on a card and bring it into view. */
  focus(fingerprint, { quietly = false } = {}) {
    const element = this.#cards.get(fingerprint)?.element;
    if (!element) return;
    if (!quietly) element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }

  #card(finding) {
    const known = this.#cards.get(finding.fingerprint);
    if (known) return known;
    const element = CARD.content.firstElementChild.cloneNode(true);
    const card = { element, finding, shown: "" };
    const body = element.querySelector(".body");
    const head = element.querySelector(".head");
    body.id = `body-${finding.fingerprint}-${this.#list.id}`;
    head.setAttribute("aria-controls", body.id);
    head.addEventListener("click", () => this.#actions.toggle(card.finding));
    element.dataset.fingerprint = finding.fingerprint;
    this.#cards.set(finding.fingerprint, card);
    return card;
  }

  #fill(card, article, finding, open) {
    card.finding = finding;
    const { element } = card;
    const place = article.sentenceAt(finding.start);
    const own = article.text.slice(place.start, place.end);
    const shown = JSON.stringify([finding, own, open]);
    if (shown === card.shown) return;
    card.shown = shown;
    const part = (name) => element.querySelector(`.${name}`);
    element.className = `card ${finding.severity}`;
    element.classList.toggle("open", open);
    if (open) element.setAttribute("aria-current", "true");
    else element.removeAttribute("aria-current");
    part("head").setAttribute("aria-expanded", String(open));
    part("severity").textContent = `${finding.severity}, ${categoryName(finding.category)}`;
    part("words").textContent = finding.text || "(nothing)";
    const best = finding.suggestions[0];
    part("arrow").hidden = part("best").hidden = best === undefined;
    part("best").textContent = best === "" ? "(delete)" : (best ?? "");
    part("sure").textContent = confidenceWords(finding.confidence);
    part("body").hidden = !open;
    if (!open) return;
    part("message").textContent = finding.message;
    part("figures").textContent = figures(finding);
    const quotes = evidenceQuotes(finding);
    part("pair").hidden = !quotes.length;
    part("own").replaceChildren(ownQuote(finding, own, finding.start - place.start));
    part("others").replaceChildren(...quotes);
    part("actions").replaceChildren(...this.#buttons(finding));
  }

  #buttons(finding) {
    return this.#actions.buttons(finding).map(({ label, keys, first, run }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.classList.toggle("first", Boolean(first));
      if (keys) button.setAttribute("aria-keyshortcuts", keys);
      button.addEventListener("click", run);
      return button;
    });
  }
}

function figures(finding) {
  const sure = `${confidenceWords(finding.confidence)} (${finding.confidence.toFixed(2)})`;
  const decision = finding.decision;
  if (decision === undefined) return `How sure: ${sure}.`;
  if (decision === null) return `How sure: ${sure}. Hidden in this tab.`;
  const why = decision.reason ? `: ${decision.reason}` : "";
  const who = decision.by ? ` by ${decision.by}` : "";
  const what = decision.kind === "left_as_is" ? "Left as it is" : decision.kind === "fact_out_of_date" ? "Fact out of date" : "Not an error";
  return `How sure: ${sure}. ${what}, ${new Date(decision.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}${who}${why}`;
}

/** The article's own sentence, with the suspect words marked. */
function ownQuote(finding, own, start) {
  return quote("This article", marked(own, start, start + finding.end - finding.start, `mark ${finding.severity}`));
}

/** Each piece of evidence, with the words marked that contradict; the words themselves need no quote. */
function evidenceQuotes(finding) {
  return finding.evidence
    .filter(({ kind }) => kind !== "language")
    .map((evidence) => {
      const { text, span } = evidence;
      const { toUnits } = converters(text);
      return quote(evidenceName(evidence), span ? marked(text, toUnits(span.start), toUnits(span.end), "evidence") : [text]);
    });
}

function quote(name, words) {
  const figure = QUOTE.content.firstElementChild.cloneNode(true);
  figure.querySelector("figcaption").textContent = name;
  figure.querySelector("blockquote").append(...words);
  return figure;
}

function marked(text, start, end, name) {
  const mark = document.createElement("mark");
  mark.className = name;
  mark.textContent = text.slice(start, end);
  return [text.slice(0, start), mark, text.slice(end)];
}
