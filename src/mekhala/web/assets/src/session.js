// How long one stays signed in. The server's limit holds without this; here writing and moving
// count too, one is asked a minute before the end, and at the end the page is blanked.
const WARNED_BEFORE_MS = 60_000
const TOLD_EVERY_MS = 120_000
const SIGNS = ["keydown", "input", "pointerdown", "pointermove", "wheel", "touchstart"]

export function watchTheSession(page) {
  const dialog = page.querySelector("[data-idle-seconds]")
  if (!dialog) return
  const { idleSeconds, stillHereUrl, signInUrl } = dialog.dataset
  const idle = Number(idleSeconds) * 1000
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("mekhala-session") : null
  let last = Date.now() // when something was last done in any tab
  let told = last // when the server last heard of it
  let isOver = false

  function backHere() {
    return window.location.pathname + window.location.search
  }

  // The page goes before anything else does: whoever comes by next sees nothing.
  function blank() {
    isOver = true
    const signOut = page.querySelector("form[data-sign-out]")
    page.title = ""
    page.body.replaceChildren()
    return signOut
  }

  function leave(reason) {
    if (isOver) return
    blank()
    const query = new URLSearchParams({ next: backHere(), ended: reason })
    window.location.replace(`${signInUrl}?${query}`)
  }

  function signOut() {
    if (isOver) return
    const form = blank()
    tabs?.postMessage({ ended: "idle" })
    if (!form) return window.location.replace(signInUrl)
    for (const [name, value] of [["because", "idle"], ["next", backHere()]]) {
      const field = page.createElement("input")
      Object.assign(field, { type: "hidden", name, value })
      form.append(field)
    }
    form.hidden = true
    page.body.append(form)
    form.submit()
  }

  async function tell() {
    told = Date.now()
    try {
      const answer = await fetch(stillHereUrl, { method: "HEAD", cache: "no-store", redirect: "error" })
      if (answer.status === 401) leave(answer.headers.get("Mekhala-Ended") ?? "account")
    } catch {
      // No network: the server hears of it at the next sign of life, or its limit holds.
    }
  }

  function isDone() {
    if (dialog.open) return // only the button stays: a cat on the mouse does not
    last = Date.now()
    if (last - told >= TOLD_EVERY_MS) tell()
  }

  function stay() {
    if (dialog.open) dialog.close()
    last = Date.now()
    tabs?.postMessage({ active: last })
    tell()
  }

  let shared = last
  function tick() {
    if (isOver) return
    const now = Date.now()
    if (last > shared) {
      shared = last
      tabs?.postMessage({ active: last })
    }
    if (last > told && now - told >= TOLD_EVERY_MS) tell()
    if (now - last >= idle) signOut()
    else if (now - last >= idle - WARNED_BEFORE_MS && !dialog.open) dialog.showModal()
  }

  for (const sign of SIGNS) page.addEventListener(sign, isDone, { passive: true, capture: true })
  dialog.querySelector("[data-stay]").addEventListener("click", stay)
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault()
    stay()
  })
  tabs?.addEventListener("message", ({ data }) => {
    if (data.ended) leave(data.ended)
    if (data.active > last) {
      last = data.active
      shared = last
      if (dialog.open) dialog.close()
    }
  })
  for (const form of page.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", () => tabs?.postMessage({ ended: "signed_out" }))
  }
  page.addEventListener("visibilitychange", () => page.visibilityState === "visible" && tick())
  window.setInterval(tick, 1000)
}
