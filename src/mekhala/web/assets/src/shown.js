// What was shown once does not stay: a name leaves the page after a minute, when the tab is hidden,
// and before it is printed. What is printed is noted under the serial that stands on the paper.
const SHOWN_MS = 60_000

export function closeWhatWasShown(page) {
  const shown = [...page.querySelectorAll("[data-shown-once]")]
  if (!shown.length) return
  function close() {
    for (const element of shown.splice(0)) {
      const words = page.createElement("p")
      words.className = "govuk-body"
      words.setAttribute("role", "status")
      words.textContent = element.dataset.shownOnce
      element.replaceWith(words)
    }
  }
  window.setTimeout(close, SHOWN_MS)
  page.addEventListener("visibilitychange", () => page.visibilityState === "hidden" && close())
  window.addEventListener("beforeprint", close)
  window.addEventListener("pagehide", close)
}

export function notePrinting(page) {
  const mark = page.querySelector("[data-serial]")
  const token = page.querySelector("[name=csrfmiddlewaretoken]")
  if (!mark || !token) return
  window.addEventListener("beforeprint", () => {
    const told = new URLSearchParams({ serial: mark.dataset.serial, path: window.location.pathname })
    fetch(mark.dataset.printedUrl, {
      method: "POST", body: told, headers: { "X-CSRFToken": token.value }, keepalive: true,
    }).catch(() => {})
  })
}
