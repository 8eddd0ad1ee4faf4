// The matrix of a class: where the pointer rests on a letter, the task and its state in words.
// The titles stand once, in the column's heading, and not in each of its cells.
export function startMatrix() {
  document.body.addEventListener("pointerover", (event) => {
    const letter = event.target.closest(".matrix__table p > *");
    if (!letter || letter.title) return;
    const cell = letter.closest("td");
    const tasks = cell.closest("table").tHead.rows[0].cells[cell.cellIndex].dataset.tasks ?? "";
    const title = tasks.split("\n")[[...letter.parentElement.children].indexOf(letter)];
    const usual = letter.matches("b") ? "solved" : "open";
    const state = letter.className.replace("is-", "") || usual;
    letter.title = title ? `${title}: ${state}` : state;
  });
}
