// Every page works without this file. It adds comfort, and the third-key way out.
import "./trusted.js" // first: what follows writes into pages through it
import { createAll, initAll } from "govuk-frontend"
import { AddAnother, ButtonMenu, MultiSelect, SortableTable } from "@ministryofjustice/frontend"
import htmx from "htmx.org"
import { watchTheWayOut } from "./leave.js"
import { watchTheReview } from "./reviewing.js"
import { watchTheSession } from "./session.js"
import { closeWhatWasShown, notePrinting } from "./shown.js"
import { standRowsUnderRows } from "./tables.js"

// htmx keeps no copy of a page in the browser, evaluates no text and talks to our own origin only.
Object.assign(htmx.config, {
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  defaultSwapDelay: 0,
  defaultSettleDelay: 0,
})

function start(scope) {
  initAll({ scope })
  standRowsUnderRows(scope)
  for (const component of [AddAnother, ButtonMenu, MultiSelect, SortableTable]) {
    createAll(component, undefined, scope)
  }
}

document.body.classList.add("js-enabled", "govuk-frontend-supported")
start(document)
watchTheWayOut(document)
watchTheSession(document)
closeWhatWasShown(document)
notePrinting(document)
watchTheReview(document)

// After a swap: new parts come alive, and focus follows to the new heading if the server marked one.
document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  start(detail.elt)
  detail.elt.querySelector("[data-focus-after-swap]")?.focus()
})

// A page out of the browser's back cache may show what is closed by now.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload()
})

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}
