// When a check is asked for: a moment after the last key, never two at once, and again by itself where the server is full.

import { checkAsStream, Problem } from "./client.js";

const AFTER_TYPING = 600; // milliseconds

export class Checking {
  #timer = 0;
  #running = null;
  #told;

  /** `told` is told what happens: `started`, `progress(event)`, `done(report)`, `failed(problem)`; `request` makes one. */
  constructor(request, told) {
    this.request = request;
    this.#told = told;
  }

  get running() {
    return this.#running !== null;
  }

  /** Check soon; whatever runs is about another text by now, and ends. */
  soon(delay = AFTER_TYPING) {
    this.stop();
    this.#timer = setTimeout(() => this.#run(), delay);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
  }

  async #run() {
    const request = this.request();
    if (!request) return;
    const own = new AbortController();
    this.#running = own;
    this.#told.started();
    try {
      const report = await checkAsStream(request, (event) => own === this.#running && this.#told.progress(event), own.signal);
      if (own !== this.#running) return;
      this.#running = null;
      this.#told.done(report);
    } catch (error) {
      if (own !== this.#running) return;
      this.#running = null;
      if (error.name === "AbortError") return;
      const problem = error instanceof Problem ? error : new Problem(`The page failed: ${error.message}`, 0);
      this.#told.failed(problem);
      if (problem.retryAfter) this.#timer = setTimeout(() => this.#run(), problem.retryAfter * 1000);
    }
  }
}
