// Talks to the server's API. All requests go to where the page came from.

const API = "/api/v1";

/** What the server said when it could not do what was asked; `retryAfter` in seconds where it is worth asking again. */
export class Problem extends Error {
  constructor(message, status, retryAfter = null) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** A name for this tab, so that two tabs take turns. */
function tab() {
  let name = sessionStorage.getItem("tab");
  if (!name) {
    name = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    sessionStorage.setItem("tab", name);
  }
  return name;
}

async function post(path, body, { type = "application/json", signal } = {}) {
  let answer;
  try {
    answer = await fetch(API + path, {
      method: "POST",
      headers: { "Content-Type": type, "X-Checker-Client": tab() },
      body,
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("The server does not answer. Is it still running?", 0, 5);
  }
  if (answer.status === 401) location.assign("/login");
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

async function problemOf(answer) {
  let message = `The server answered ${answer.status}.`;
  try {
    message = (await answer.json()).error ?? message;
  } catch { /* no JSON: the status has to do */ }
  const wait = Number(answer.headers.get("Retry-After"));
  return new Problem(message, answer.status, wait > 0 ? wait : null);
}

/** Check an article; `onEvent` gets each event but the last, whose report is returned. */
export async function checkAsStream(request, onEvent, signal) {
  const answer = await post("/check/stream", JSON.stringify(request), { signal });
  for await (const event of lines(answer.body)) {
    if (event.event === "report") return event.report;
    if (event.event === "problem") throw new Problem(event.error, event.status, event.retry_after);
    onEvent(event);
  }
  throw new Problem("The connection was cut before the check was done.", 0, 2);
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const pieces = (rest + value).split("\n");
    rest = pieces.pop();
    for (const piece of pieces) if (piece.trim()) yield JSON.parse(piece);
  }
  if (rest.trim()) yield JSON.parse(rest);
}

const OCTETS = { type: "application/octet-stream" };

/** The article in a file. */
export async function readDocument(file) {
  return (await post(`/documents?name=${encodeURIComponent(file.name)}`, file, OCTETS)).json();
}

/** The original in a file. */
export async function readSource(file) {
  return (await post(`/sources?name=${encodeURIComponent(file.name)}`, file, OCTETS)).json();
}

/** The facts in a file. */
export async function readFacts(file) {
  return (await post(`/facts?name=${encodeURIComponent(file.name)}`, file, OCTETS)).json();
}

/** Keep a decision about a finding. */
export async function decide(decision) {
  return (await post("/decisions", JSON.stringify(decision))).json();
}

/** The article's report as a file to be saved: `{blob, name}`. */
export async function exportAs(format, request) {
  const answer = await post(`/export/${format}`, JSON.stringify(request));
  const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "article";
  return { blob: await answer.blob(), name: decodeURIComponent(name) };
}
