// The article on the page: a text area to write in, over a mirror of the same text that draws the underlines. The
// mirror gives the height, so that nothing scrolls within, and both break their lines alike.

const FIELD = document.getElementById("article");
const MIRROR = document.getElementById("mirror");

/** Draw underlines of `findings` and, if wanted, the states of sentences; `current` is a fingerprint. */
export function draw(article, { findings, current, showStates }) {
  const pieces = cut(article, findings, showStates);
  MIRROR.replaceChildren(...pieces.map((piece) => drawn(piece, current)), document.createTextNode("\n\u200b"));
  MIRROR.classList.toggle("with-states", showStates);
}

/** Stretches of text under the same findings and sentence. */
function cut(article, findings, showStates) {
  const { text } = article;
  const sentences = showStates ? article.states : article.states.filter(({ state }) => state === "pending");
  const edges = new Set([0, text.length]);
  for (const { start, end } of [...findings, ...sentences]) edges.add(start).add(end);
  const points = [...edges].filter((point) => point <= text.length).sort((one, other) => one - other);
  const spans = [...findings].sort((one, other) => one.end - one.start - (other.end - other.start));
  let at = 0;
  return points.slice(0, -1).map((start, index) => {
    const end = points[index + 1];
    while (at < sentences.length && sentences[at].end <= start) at += 1;
    const sentence = sentences[at]?.start <= start ? sentences[at] : null;
    const finding = spans.find((span) => span.start <= start && end <= span.end) ?? null;
    return { text: text.slice(start, end), finding, sentence };
  });
}

function drawn({ text, finding, sentence }, current) {
  if (!finding && !sentence) return document.createTextNode(text);
  const piece = document.createElement("span");
  piece.textContent = text;
  if (sentence) piece.classList.add("sentence", sentence.state);
  if (finding) {
    piece.classList.add("mark", finding.severity);
    piece.classList.toggle("current", finding.fingerprint === current);
  }
  return piece;
}

/** Write `text` over a stretch as if a person did, so that the browser can undo it. */
export function replace({ start, end }, text) {
  const back = document.activeElement;
  FIELD.focus({ preventScroll: true });
  FIELD.setSelectionRange(start, end);
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done) {
    FIELD.setRangeText(text, start, end, "end");
    FIELD.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  if (back && back !== FIELD) back.focus({ preventScroll: true });
}

/** Put the cursor on a stretch and bring it into view. */
export function edit({ start, end }) {
  FIELD.focus();
  FIELD.setSelectionRange(start, end);
  reveal();
}

/** Bring the current mark into view where it is not; `share` of the window's height, from the top, is free for it. */
export function reveal(share = 1) {
  const mark = MIRROR.querySelector(".current");
  if (!mark) return;
  const { top, bottom } = mark.getBoundingClientRect();
  if (top < 90 * share || bottom > innerHeight * share - 60) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: top - (innerHeight * share) / 3, behavior: calm ? "auto" : "smooth" });
  }
}

/** Call `then` with the place of the cursor when a person clicks or moves into the text. */
export function onPlace(then) {
  const tell = () => FIELD.selectionStart === FIELD.selectionEnd && then(FIELD.selectionStart);
  FIELD.addEventListener("click", tell);
  FIELD.addEventListener("keyup", (event) => event.key.startsWith("Arrow") && tell());
}
