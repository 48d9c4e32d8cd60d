// Before the PIN: a code makes this browser a device, a PIN opens it, and what to do if neither can.
import * as own from "./own.js"
import * as queue from "./queue.js"
import { NoNetwork, Stalled } from "./server.js"
import { begin, button, field, h, heading, inset, p, show, summary } from "./ui.js"
import * as vault from "./vault.js"
import { language } from "./words.js"

const value = (id) => document.getElementById(id).value

async function left() {
  const count = (await queue.rows()).filter(({ state }) => state !== "received" && state !== "held").length
  return count ? inset("sealed_left", { count }) : null
}

function form(act, ...children) {
  const made = h("form", { novalidate: true, autocomplete: "off" }, children)
  let busy = false
  made.addEventListener("submit", async (event) => {
    event.preventDefault() // answered here: nothing leaves by a form
    if (busy) return
    busy = true
    made.setAttribute("aria-busy", "true")
    try {
      await act()
    } finally {
      busy = false
      made.removeAttribute("aria-busy")
    }
  })
  return made
}

/** What stands in the fields now: a view drawn anew in another language loses none of it. */
const typed = () => [...document.querySelectorAll("main input")].map(({ id, value }) => [id, value])
const refill = (was) => {
  for (const [id, written] of was) if (document.getElementById(id)) document.getElementById(id).value = written
}

const submit = (key) =>
  h("button", { class: "govuk-button notes-button", type: "submit" }, button(key, () => {}).textContent)

/** Ask for the code and a new PIN; `done(own)` when this browser is a device. */
export async function enrolling(done, faults = [], code = "") {
  const fault = (id) => faults.find(([of]) => of === id)?.[1]
  const isWanted = begin()
  const waiting = await left()
  if (!isWanted()) return
  const was = faults.length ? [["code", code]] : typed()
  show(
    heading("begin"),
    faults.length ? summary(faults) : null,
    waiting,
    p("begin_words"),
    form(
      () => enrol(done),
      field("code", "code", { hint: "code_hint", error: fault("code") }),
      field("pin", "new_pin", { hint: "new_pin_hint", type: "password", error: fault("pin"), complete: "new-password" }),
      field("again", "new_pin_again", { type: "password", error: fault("again"), complete: "new-password" }),
      submit("go_on"),
    ),
  )
  refill(was)
}

async function enrol(done) {
  const code = value("code")
  const pin = value("pin")
  const faults = []
  if (code.replace(/[^0-9a-z]/gi, "").length !== 8) faults.push(["code", "code_short"])
  if (pin.length < vault.SHORTEST) faults.push(["pin", "pin_short"])
  else if (vault.isGuessed(pin)) faults.push(["pin", "pin_guessed"])
  else if (pin !== value("again")) faults.push(["again", "pin_differs"])
  if (faults.length) return enrolling(done, faults, code)
  try {
    const made = await own.enrol(code, pin, language())
    if (made === "unknown") return enrolling(done, [["code", "code_unknown"]])
    if (made === "later") return enrolling(done, [["code", "code_later"]], code)
    return done(made)
  } catch (reason) {
    if (reason instanceof NoNetwork || reason instanceof Stalled) {
      return enrolling(done, [["code", "needs_network"]], code)
    }
    vault.close()
    return enrolling(done, [["code", "cannot_open_words"]], code)
  }
}

/** Ask for the PIN; `done()` when it opened, `wiped(how)` where nothing is left to open. */
export function asking(done, wiped, fault = "", vars = {}) {
  const was = fault ? [] : typed()
  show(
    heading("open"),
    fault ? summary([["pin", fault]]) : null,
    fault === "pin_wrong" ? inset("tries_left", vars) : null,
    form(
      () => tryPin(done, wiped),
      field("pin", "pin", { type: "password", error: fault, complete: "current-password" }),
      submit("open_it"),
    ),
  )
  refill(was)
  if (!fault) document.getElementById("pin").focus()
}

async function tryPin(done, wiped) {
  if (!value("pin")) return asking(done, wiped, "pin_missing") // no try: nothing was tried
  let opened
  try {
    opened = await vault.unlockWith(value("pin"))
  } catch {
    vault.close()
    return asking(done, wiped, "cannot_open_words") // a try that cannot be counted is none
  }
  if (opened === "wiped" || opened === "gone") return wiped(opened)
  if (!opened) return asking(done, wiped, "pin_wrong", { count: await vault.triesLeft() })
  return done()
}

/** Say why the phone is empty now, and what can be done. */
export async function emptied(why, again) {
  show(heading("emptied"), p(why), await left(), button("begin_again", again))
}

/** Long silent: only the server can open it now. */
export function silent(again) {
  show(heading("silent"), p("silent_words"), button("try_again", again))
}
