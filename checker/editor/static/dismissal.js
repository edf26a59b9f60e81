// Asks why an alert is not wanted. The name is remembered in this browser, for every decision says who made it.

const DIALOG = document.getElementById("dismiss");
const FORM = document.getElementById("dismiss-form");
const NAME = "checker-name";

export class Dismissal {
  #resolve = null;

  constructor() {
    FORM.elements.by.value = localStorage.getItem(NAME) ?? "";
    document.getElementById("dismiss-cancel").addEventListener("click", () => DIALOG.close("cancel"));
    DIALOG.addEventListener("close", () => this.#answer());
  }

  get by() {
    return localStorage.getItem(NAME);
  }

  /** What the person says: `{kind, reason, by}`, or null where the dialog is left without an answer. */
  ask(finding) {
    document.getElementById("dismiss-words").textContent = `“${finding.text}”: ${finding.message}`;
    FORM.elements.kind.value = "not_an_error";
    FORM.elements.reason.value = "";
    DIALOG.returnValue = "";
    DIALOG.showModal();
    return new Promise((resolve) => { this.#resolve = resolve; });
  }

  #answer() {
    const { kind, reason, by } = FORM.elements;
    const name = by.value.trim();
    if (name) localStorage.setItem(NAME, name);
    else localStorage.removeItem(NAME);
    const wanted = DIALOG.returnValue === "dismiss";
    this.#resolve?.(wanted ? { kind: kind.value, reason: reason.value.trim(), by: name } : null);
    this.#resolve = null;
  }
}
