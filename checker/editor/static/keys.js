// Single keys work wherever nobody is typing; in the text Escape leads out of it.

const TYPING = "textarea, select, input:not([type=checkbox]):not([type=radio])";

/** Let `keys` do what they say; `leaveText` is called where Escape is pressed in the article. */
export function listenToKeys(keys, leaveText) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    const at = event.target;
    if (event.key === "Escape" && at.id === "article") {
      event.preventDefault();
      leaveText();
      return;
    }
    if (at.matches?.(TYPING)) return;
    if (event.key === "Enter" && at.closest?.("button, summary, a, input")) return; // they have their own meaning for it
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  });
}
