/**
 * Folds the long runs of releases that all say the same.
 *
 * A page holds them open, for readers without scripts. This makes a button of
 * the line that counts them and hides the rows that follow it; paper shows all.
 */

function fold(note) {
  const rows = note.closest("tbody").nextElementSibling;
  const button = document.createElement("button");
  button.type = "button";
  button.className = note.className;
  button.textContent = note.textContent;
  const show = (open) => {
    rows.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(rows.hidden));
  show(false);
  note.replaceWith(button);
}

for (const note of document.querySelectorAll(".cv-fold .cv-unfold")) fold(note);
