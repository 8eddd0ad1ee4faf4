// The tags editor: rows added and removed.
function add(button) {
  const row = button.closest("[data-tags]").querySelector("[data-tag-new]").cloneNode(true);
  row.querySelectorAll("input").forEach((input) => { input.value = ""; });
  button.before(row);
  row.querySelector("input").focus();
}

function remove(button) {
  const row = button.closest(".tags__row");
  if (row.parentElement.querySelectorAll(".tags__row").length > 1) row.remove();
  else row.querySelectorAll("input").forEach((input) => { input.value = ""; });
}

export function startTags() {
  document.addEventListener("click", (event) => {
    const adding = event.target.closest("[data-tag-add]");
    const removing = event.target.closest("[data-tag-remove]");
    if (adding) add(adding);
    else if (removing) remove(removing);
  });
}
