/**
 * A field into which people paste logs.
 *
 * A text that is too long for a field would stop the tab: the field then shows its beginning and
 * the whole is kept here. A field of one line loses line ends: they are kept here as well.
 */

const LONGEST = 100_000;
const SHOWN = 2000;

export class Field {
  #whole = "";
  #shown = "";

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} field
   * @param {(text: string, isLong: boolean) => void} pasted called once the text is there
   */
  constructor(field, pasted) {
    this.field = field;
    field.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text.length > LONGEST) {
        event.preventDefault();
        this.put(text);
        pasted(text, true);
        return;
      }
      const alone = field.selectionEnd - field.selectionStart === field.value.length;
      setTimeout(() => {
        if (alone) this.#keep(text);
        pasted(this.text, false);
      });
    });
  }

  /** What stands in the field, with all that it does not show. */
  get text() {
    return this.#whole && this.field.value === this.#shown ? this.#whole : this.field.value;
  }

  /** Whether the field shows the beginning only. */
  get isLong() {
    return this.text.length > LONGEST;
  }

  /** Put a text into the field. */
  put(text) {
    this.field.value = text.length > LONGEST ? `${text.slice(0, SHOWN)}…` : text;
    this.#keep(text);
  }

  #keep(text) {
    this.#whole = text;
    this.#shown = this.field.value;
  }
}
