// Files in: opened with a button, or dropped on the field that they are for.

import { readDocument, readFacts, readSource } from "./client.js";

const FILE = document.getElementById("file");
const LARGEST = Number(document.body.dataset.largestBody);
const LARGEST_HELD = (LARGEST * 3) / 4 - 1_500_000; // it goes back in Base64, beside the text

/** Let files be opened and dropped. `changed` is called when the article or what it is held against is another one. */
export function offerFiles(article, { reading, changed, failed, announce }) {
  const read = { article: openArticle, source: openSource, facts: openFacts };

  async function open(kind, file) {
    if (file.size > LARGEST) return failed(`${file.name} is larger than ${Math.round(LARGEST / 1e6)} MB; split it.`);
    reading(file.name);
    try {
      await read[kind](file);
      changed();
      announce(`${file.name} is read.`);
    } catch (problem) {
      failed(problem.message);
    }
    return undefined;
  }

  async function openArticle(file) {
    const document = await readDocument(file);
    article.open(document, file.name);
    const { can_mark: canMark, can_correct: canCorrect } = document;
    if (file.size > LARGEST_HELD) article.notes.push(`${file.name} is too large to be given back with its alerts; export the text.`);
    else if (canMark || canCorrect) {
      article.holdFile({ name: file.name, content: await base64(file), isWord: document.format === "docx", canMark, canCorrect });
    }
  }

  async function openSource(file) {
    article.openSource(await readSource(file));
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
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
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
