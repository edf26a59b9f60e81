// Comfort only; without it the page shows everything. Filters and sorts the findings, sorts tables, and follows links
// from charts to the findings they stand for. Text of articles is only ever set as text.
"use strict";
(() => {
  for (const button of document.querySelectorAll("button.sort")) {
    button.disabled = false;
    button.addEventListener("click", () => sortTable(button.closest("th")));
  }

  const number = (text) => Number(text.replaceAll(",", ""));

  function sortTable(head) {
    const place = head.cellIndex;
    const numeric = head.classList.contains("count");
    const up = head.ariaSort ? head.ariaSort === "descending" : !numeric;
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.ariaSort = up ? "ascending" : "descending";
    const body = head.closest("table").tBodies[0];
    const text = (row) => row.cells[place].textContent.trim();
    const order = numeric ? (a, b) => number(text(a)) - number(text(b)) : (a, b) => text(a).localeCompare(text(b));
    body.append(...[...body.rows].sort((a, b) => (up ? order(a, b) : order(b, a))));
  }

  const form = document.querySelector("form.filter");
  if (!form) return;
  const list = document.querySelector(".entries");
  const entries = [...list.children];
  const only = form.querySelector("button.only");
  const orders = {
    confidence: (a, b) => b.dataset.confidence - a.dataset.confidence,
    rank: (a, b) => b.dataset.rank - a.dataset.rank || b.dataset.confidence - a.dataset.confidence,
    day: (a, b) => b.dataset.day.localeCompare(a.dataset.day),
  };
  let chosen = null; // one document or repeated error that a link asked for
  form.hidden = false;

  function fits(entry, selects, words, least) {
    return (
      selects.every((select) => !select.value || entry.dataset[select.name] === select.value) &&
      (!chosen || entry.dataset[chosen.key] === chosen.option) &&
      entry.dataset.confidence >= least &&
      (!words || entry.textContent.toLowerCase().includes(words))
    );
  }

  function update() {
    const selects = [...form.querySelectorAll("select")].filter((select) => select.name !== "order");
    const words = form.elements.words.value.trim().toLowerCase();
    const least = form.elements.confidence.value / 100;
    form.querySelector("output").textContent = `${form.elements.confidence.value}%`;
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = !fits(entry, selects, words, least);
      shown += !entry.hidden;
    }
    form.querySelector(".shown").textContent = `${shown} of ${entries.length} shown`;
    document.querySelector(".none").hidden = shown > 0;
  }

  function reorder() {
    const order = orders[form.elements.order.value];
    list.append(...(order ? [...entries].sort(order) : entries));
  }

  function choose(key, option, name) {
    chosen = option ? { key, option } : null;
    only.hidden = !chosen;
    only.textContent = chosen ? `${name} ✕` : "";
  }

  form.addEventListener("input", update);
  form.elements.order.addEventListener("change", reorder);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => (choose(null), reorder(), update())));
  only.addEventListener("click", () => (choose(null), update()));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-key]");
    if (!link) return;
    const { key, option } = link.dataset;
    form.reset();
    setTimeout(() => {
      const select = form.elements[key];
      if (select) select.value = option;
      else choose(key, option, link.textContent);
      update();
    });
  });
  update();
})();
