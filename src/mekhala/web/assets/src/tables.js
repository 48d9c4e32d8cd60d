// On a phone a table of words stands row under row, each cell below the name of its column. A table
// of figures keeps its columns, to be compared, and scrolls; so does every table without scripts.
const OF_FIGURES = ":not(:has(tbody td:not(.govuk-table__cell--numeric)))"
const ROLES = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "tbody th": "rowheader" }

export function standRowsUnderRows(scope) {
  for (const table of scope.querySelectorAll(".scroll-region > .govuk-table")) {
    if (table.matches(`.mekhala-stack, ${OF_FIGURES}`) || table.querySelector("[colspan], [rowspan]")) continue
    const heads = [...table.querySelectorAll("thead tr:only-child > *")].map((head) => head.textContent.trim())
    if (heads.length) stack(table, heads)
  }
}

function stack(table, heads) {
  for (const cell of table.querySelectorAll("tbody td")) cell.dataset.label = heads[cell.cellIndex] ?? ""
  table.setAttribute("role", "table") // a table whose parts are blocks is still told as one
  for (const [part, role] of Object.entries(ROLES)) {
    for (const each of table.querySelectorAll(part)) each.setAttribute("role", role)
  }
  table.classList.add("mekhala-stack")
}
