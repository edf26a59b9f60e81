// What became of each sentence, and how many were not checked: silence about a sentence is not called fine.

import { count, stateCounts, stateName } from "./wording.js";

const SHORT = 90; // characters of a sentence in the list

/** Show counts, remarks (null: as they were) and, where it is open, the list; `go` is called with a chosen sentence. */
export function showSentences(article, remarks, go) {
  const sentences = article.states;
  const counts = document.getElementById("counts");
  counts.textContent = sentences.length
    ? `${count(sentences.length, "sentence")}: ${stateCounts(sentences).join(", ")}.`
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
  const show = () => holder.open && list(article.text, sentences, go);
  holder.ontoggle = show;
  show();
}

function list(whole, sentences, go) {
  const wanted = sentences.map(({ start, end, state, reason }) => {
    const text = whole.slice(start, end).replaceAll(/\s+/g, " ");
    return { start, end, state, reason, text: text.length > SHORT ? `${text.slice(0, SHORT).trimEnd()} …` : text };
  });
  const place = document.getElementById("sentences");
  const shown = JSON.stringify(wanted);
  if (place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  place.replaceChildren(...wanted.map((sentence) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const label = document.createElement("span");
    button.type = "button";
    button.className = "plain";
    button.textContent = sentence.text;
    button.addEventListener("click", () => go(sentence));
    label.className = `state ${sentence.state}`;
    label.textContent = stateName(sentence);
    item.append(button, " ", label);
    return item;
  }));
}
