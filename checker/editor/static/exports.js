// Files out: the export menu. What was opened comes back in its own form where that is possible.

import { exportAs } from "./client.js";

const MENU = document.getElementById("export");
const MARKED = "marked";
const CORRECTED = "corrected";
const WORD = "docx";
const NOT_POSSIBLE = 422; // what the server says where a change cannot be written into the file

/** Let the article be saved; `request` makes what the API is asked. */
export function offerExports(article, { request, trouble, announce }) {
  for (const button of MENU.querySelectorAll("[data-export]")) {
    button.addEventListener("click", async () => {
      close();
      trouble("");
      announce("Preparing the file …");
      try {
        await saveAs(button.dataset.export);
        announce("Saved.");
      } catch (problem) {
        trouble(problem.message);
      }
    });
  }

  async function saveAs(format) {
    const own = format === MARKED || format === CORRECTED;
    const { name, content, isWord } = article.file ?? {};
    try {
      save(await exportAs(format, own ? { ...request(), file: { name, content } } : request()));
    } catch (problem) {
      if (problem.status !== NOT_POSSIBLE || format !== MARKED || !isWord) throw problem;
      save(await exportAs(WORD, request()));
      trouble(`Saved as a new Word file, without the looks of ${name}: ${problem.message.split("; ", 1)[0]}.`);
    }
  }

  MENU.querySelector("summary").addEventListener("click", () => offerTheFile(article.file)); // before it opens
  MENU.querySelector("#copy").addEventListener("click", async () => {
    close();
    try {
      await navigator.clipboard.writeText(request().text);
      announce("Copied.");
    } catch {
      trouble("The browser does not let the page copy; use Export, Clean text.");
    }
  });
  addEventListener("click", (event) => {
    if (MENU.open && !MENU.contains(event.target)) MENU.open = false;
  });
  MENU.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
}

/** The keyboard stays where the menu was. */
function close() {
  MENU.open = false;
  MENU.querySelector("summary").focus();
}

/** A Word file that was opened is the one that comes back with comments; there is no need of a second one. */
function offerTheFile(file) {
  const offer = (format, wanted, label) => {
    const button = MENU.querySelector(`[data-export=${format}]`);
    button.hidden = !wanted;
    if (label) button.textContent = label;
  };
  offer(CORRECTED, file?.canCorrect, `${file?.name} as corrected here`);
  offer(MARKED, file?.canMark, `${file?.name} with ${file?.isWord ? "comments" : "its alerts"}`);
  offer(WORD, !(file?.canMark && file.isWord));
}

function save({ blob, name }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
