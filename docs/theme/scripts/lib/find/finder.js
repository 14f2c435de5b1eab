/**
 * Asks the matcher about a text or a file. One question at a time: a new one stops the last.
 */

/** Somebody stopped the question, or asked another one. */
export class StoppedError extends Error {}

/** The question has no answer; `reason` is "failed" (no error texts) or "unreadable". */
export class NoAnswerError extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

export class Finder {
  #worker = null;
  #asked = 0;
  #stop = null;

  /** @param {string} index the address of the error texts */
  constructor(index) {
    this.index = index;
  }

  /** Have everything there before the first question. */
  prepare() {
    if (this.#worker) return;
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.#worker.postMessage({ index: this.index });
  }

  /**
   * @param {string | Blob} source
   * @param {(part: number) => void} progress from 0 to 1
   */
  ask(source, progress = () => {}) {
    this.stop();
    this.prepare();
    const [worker, ask] = [this.#worker, (this.#asked += 1)];
    return new Promise((resolve, reject) => {
      const settle = (settled, value) => {
        this.#stop = null;
        settled(value);
      };
      this.#stop = () => settle(reject, new StoppedError());
      worker.onmessage = ({ data }) => {
        if (data.ask !== ask) return;
        if (data.answer) settle(resolve, data.answer);
        else if (data.failed) settle(reject, new NoAnswerError(data.failed));
        else progress(data.progress);
      };
      worker.onerror = () => {
        this.#worker = null;
        settle(reject, new NoAnswerError("failed"));
      };
      worker.postMessage({ ask, source });
    });
  }

  /** Give up the question that is being answered, if any. */
  stop() {
    if (!this.#stop) return;
    this.#worker.terminate();
    this.#worker = null;
    this.#stop();
  }
}
