// Comfort only; every link works without it. A click marks the alert in both columns and moves only what is out of
// sight; n and p step through the alerts in the order of the cards.
"use strict";
(() => {
  const cards = [...document.querySelectorAll(".card")];
  let current = -1;

  const select = (card, focus) => {
    document.querySelectorAll(".current").forEach((element) => element.classList.remove("current"));
    current = cards.indexOf(card);
    card.classList.add("current");
    document.querySelectorAll(`article [href="#${card.id}"]`).forEach((mark) => mark.classList.add("current"));
    if (focus) card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };

  const showMark = (card) =>
    document.querySelector(`article [href="#${card.id}"]`)?.scrollIntoView({ block: "center" });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    if (target.classList.contains("card")) {
      event.preventDefault();
      select(target, true);
    } else if (link.closest(".card")) {
      event.preventDefault();
      select(link.closest(".card"), false);
      target.parentElement.scrollIntoView({ block: "center" });
      target.parentElement.classList.add("current");
    }
  });

  document.addEventListener("keydown", (event) => {
    const step = { n: 1, p: -1 }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey || !cards.length) return;
    const next = Math.min(cards.length - 1, Math.max(0, current + step));
    select(cards[next], true);
    showMark(cards[next]);
  });
})();
