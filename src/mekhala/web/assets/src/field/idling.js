// Nobody touched it for ten minutes: it locks. A phone's clock may be set right meanwhile, by years,
// and the browser's own stands still while the phone sleeps: the one that went further counts.
import { say } from "./ui.js"

const MINUTE = 60_000
const IDLE = 10 * MINUTE
const WARNED = 2 * MINUTE // before

let told = { date: 0, tick: 0 }
let isWarned = false

export function stir() {
  told = { date: Date.now(), tick: performance.now() }
  if (isWarned) say("")
  isWarned = false
}

const idle = () => Math.max(Math.abs(Date.now() - told.date), performance.now() - told.tick)

export function watch({ isIn, lock }) {
  for (const kind of ["pointerdown", "keydown", "input"]) {
    document.addEventListener(kind, stir, { passive: true, capture: true })
  }
  setInterval(() => {
    if (!isIn()) return
    if (idle() >= IDLE) lock()
    else if (idle() >= IDLE - WARNED) warn()
  }, 5_000)
}

function warn() {
  isWarned = true
  say("locks_soon")
}
