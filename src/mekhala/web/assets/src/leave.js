// "Leave this page". The GOV.UK script sets location.href, and so leaves the page one Back away;
// location.replace takes it out of the tab's history. Without scripts the link works as a link.
const PRESSES = 3
const WITHIN_MS = 5000

function leave(link) {
  document.documentElement.hidden = true
  window.location.replace(link.href)
}

export function watchTheWayOut(page) {
  const link = page.querySelector("[data-leave-page]")
  if (!link) return
  link.addEventListener("click", (event) => {
    event.preventDefault()
    leave(link)
  })
  watchShift(() => leave(link), page)
}

/** Act on three presses of Shift, one after another, with no other key between them. */
export function watchShift(act, page = document) {
  let presses = []
  page.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = []
      return
    }
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp]
    if (presses.length >= PRESSES) act()
  })
}
