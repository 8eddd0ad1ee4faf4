// The matrix of a class: where the pointer rests on a letter, the task and its state in words.
// The titles stand once, in the column's heading, and not in each of its cells.
export function startMatrix() {
  document.body.addEventListener("htmx:afterSettle", raiseWaiting);
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

// Who asks for help rises to the top, the longest wait first, unless somebody is in the table.
function raiseWaiting() {
  const table = document.querySelector(".matrix__table[data-rising]");
  if (!table || table.matches(":hover, :focus-within")) return;
  const links = [...document.querySelectorAll("#matrix-waiting [data-raises]")];
  const rows = links.map((link) => document.getElementById(link.dataset.raises)).filter(Boolean);
  const body = table.tBodies[0];
  if (rows.some((row, place) => row !== body.rows[place])) body.prepend(...rows);
}
