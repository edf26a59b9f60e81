// What became of each sentence, and how many were not checked: silence about a sentence is not called fine.

import { count, verdictCounts, verdictName } from "./wording.js";

const SHORT = 90; // characters of a sentence in the list

/** Show counts, remarks (null: as they were) and, where it is open, the list; `go` is called with a chosen sentence. */
export function showSentences(article, remarks, go) {
  const { sentences } = article;
  const counts = document.getElementById("counts");
  counts.textContent = sentences.length
    ? `${count(sentences.length, "sentence")}: ${verdictCounts(sentences).join(", ")}.`
    : "Nothing is checked yet.";
  if (remarks !== null) {
    document.getElementById("remarks").replaceChildren(...remarks.map((remark) => {
      const item = document.createElement("li");
      item.textContent = remark;
      return item;
    }));
  }
  const holder = document.getElementById("sentence-list");
  holder.hidden = !sentences.length;
  holder.ontoggle = () => holder.open && list(article, go);
  if (holder.open) list(article, go);
}

function list(article, go) {
  const wanted = article.sentences.map(({ start, end, verdict, reason }) => {
    const text = article.text.slice(start, end).replaceAll(/\s+/g, " ");
    return { start, end, verdict, reason, text: text.length > SHORT ? `${text.slice(0, SHORT).trimEnd()} …` : text };
  });
  const place = document.getElementById("sentences");
  const shown = JSON.stringify(wanted);
  if (place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  place.replaceChildren(...wanted.map((sentence) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const state = document.createElement("span");
    button.type = "button";
    button.className = "plain";
    button.textContent = sentence.text;
    button.addEventListener("click", () => go(sentence));
    state.className = `state ${sentence.verdict}`;
    state.textContent = verdictName(sentence);
    item.append(button, " ", state);
    return item;
  }));
}
