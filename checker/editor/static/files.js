// Files in and out: opened with a button or dropped on the field they are for; saved from the export menu.

import { exportAs, readDocument, readFacts } from "./client.js";
import { wellFormed } from "./offsets.js";

const FILE = document.getElementById("file");
const LARGEST = Number(document.body.dataset.largestBody);

/** Let files be opened, dropped and saved. `changed` is called when the article or what it is held against is another. */
export function offerFiles(article, { changed, trouble, announce, request }) {
  const read = { article: openArticle, source: openSource, facts: openFacts };

  async function open(kind, file) {
    trouble("");
    if (file.size > LARGEST) return trouble(`${file.name} is larger than ${Math.round(LARGEST / 1e6)} MB; split it.`);
    announce(`Reading ${file.name} …`);
    try {
      await read[kind](file);
      changed();
      announce(`${file.name} is read.`);
    } catch (problem) {
      trouble(problem.message);
    }
    return undefined;
  }

  async function openArticle(file) {
    const document = await readDocument(file);
    article.open(document, file.name);
    const told = [...document.notes, ...document.omitted.map((what) => `Not checked: ${what}`)];
    if (told.length) setTimeout(() => trouble(told.join(" · ")), 0);
  }

  async function openSource(file) {
    const document = await readDocument(file);
    article.source = wellFormed(document.text);
    article.sourceLanguage = document.language;
    article.units = [];
  }

  async function openFacts(file) {
    const { facts, skipped } = await readFacts(file);
    for (const fact of facts) article.factsRead.set(fact.text, fact);
    const known = article.facts.trim();
    article.facts = [...(known ? [known] : []), ...facts.map(({ text }) => text)].join("\n");
    const note = skipped.length ? `Not used: ${skipped.map(({ what, reason }) => `${what}: ${reason}`).join(" · ")}` : "";
    document.getElementById("facts-note").textContent = note;
  }

  let wanted = "article";
  for (const kind of Object.keys(read)) {
    document.getElementById(`open-${kind}`).addEventListener("click", () => {
      wanted = kind;
      FILE.value = "";
      FILE.click();
    });
  }
  FILE.addEventListener("change", () => FILE.files[0] && open(wanted, FILE.files[0]));
  takeDrops(open);
  offerExports(request, trouble, announce);
}

/** A file that misses a field is meant for the article; it must never make the browser leave the page. */
function takeDrops(open) {
  const hasFile = (event) => event.dataTransfer?.types.includes("Files");
  const target = (event) => event.target.closest?.("[data-drop]") ?? document.getElementById("paper");
  const mark = (element) => {
    for (const each of document.querySelectorAll(".dropping")) if (each !== element) each.classList.remove("dropping");
    element?.classList.add("dropping");
  };
  addEventListener("dragover", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    mark(target(event));
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && mark(null));
  addEventListener("drop", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    mark(null);
    const file = event.dataTransfer.files[0];
    if (file) open(target(event).dataset.drop, file);
  });
}

function offerExports(request, trouble, announce) {
  const menu = document.getElementById("export");
  for (const button of menu.querySelectorAll("[data-export]")) {
    button.addEventListener("click", async () => {
      menu.open = false;
      trouble("");
      try {
        save(await exportAs(button.dataset.export, request()));
        announce("Saved.");
      } catch (problem) {
        trouble(problem.message);
      }
    });
  }
  document.getElementById("copy").addEventListener("click", async () => {
    menu.open = false;
    try {
      await navigator.clipboard.writeText(request().text);
      announce("Copied.");
    } catch {
      trouble("The browser does not let the page copy; use Export, Clean text.");
    }
  });
  addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

function save({ blob, name }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
