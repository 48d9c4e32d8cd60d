// The app: one address, one page, views inside it. Nothing enters the history, nothing is read from
// an address, and what the officer typed is on the screen only while the PIN has it open.
import { WORKER, workerAddress } from "./trusted.js" // first: what follows writes through it
import * as entering from "./entering.js"
import * as filling from "./filling.js"
import * as homes from "./home.js"
import { watchShift } from "../leave.js"
import { leave } from "./leaving.js"
import * as own from "./own.js"
import * as queue from "./queue.js"
import { queueView } from "./queue_view.js"
import { NoNetwork, Stalled } from "./server.js"
import * as store from "./store.js"
import * as ui from "./ui.js"
import * as vault from "./vault.js"
import { language, setLanguage } from "./words.js"

const MINUTE = 60_000
const IDLE = 10 * MINUTE
const WARNED = 2 * MINUTE // before
const NEWS = 15 * MINUTE // how often the server is asked what is new

// `own` stays in memory when the app locks itself: it may still send, and read nothing.
const app = { own: null, view: null, told: 0, asked: 0, sending: null, timer: null }

const go = {
  home: () => at("home"),
  forms: () => at("forms"),
  queue: () => at("queue"),
  call: () => at("call"),
  practice: () => at("practice"),
  practise: (form) => at("form", () => filling.fill(app, form, { practice: form.id })),
  fill: (form, draft) => at("form", () => filling.fill(app, form, { draft })),
  throwAway: (draft) => at("throw_away", () => ui.show(...homes.throwAway(go, draft))),
  sendNow: () => tend({ now: true }),
}
Object.assign(app, { go, tend, follow })

const VIEWS = {
  home: async () => homes.home(go, app.own, (await queue.rows()).filter(queue.isWaiting).length),
  forms: () => homes.forms(go, app.own),
  practice: () => homes.practice(go, app.own),
  call: () => homes.call(go, app.own),
  queue: () => queueView(go, go.sendNow, app.own),
}

async function at(view, act = () => draw(view)) {
  await filling.closeForm()
  ui.begin()
  ui.say("")
  app.view = view
  return act()
}

/** Show a view when all it tells is gathered, unless another was asked for meanwhile. */
async function draw(view) {
  const isWanted = ui.begin()
  const shown = await VIEWS[view]()
  if (isWanted()) ui.show(...shown)
}

async function turn(code) {
  setLanguage(code)
  ui.speak({ locked: !vault.isOpen() })
  ui.say("")
  if (vault.isOpen()) app.own = await own.keep({ ...app.own, language: code })
  if (filling.isFilling()) return filling.turnTo(code)
  if (VIEWS[app.view]) return draw(app.view)
  return vault.isOpen() ? go.home() : enter()
}

/** The language was changed inside a form: the frame follows. */
async function follow(code) {
  if (code === language()) return
  setLanguage(code)
  ui.speak({ locked: !vault.isOpen() })
  if (vault.isOpen()) app.own = await own.keep({ ...app.own, language: code })
}

/** What to show to somebody who has not given a PIN yet. */
async function enter() {
  app.view = null
  ui.begin()
  if (!(await own.isEnrolled())) return entering.enrolling(begun)
  if ((await own.silence()) === "over") return empty("emptied_silent")
  return entering.asking(opened, () => empty("emptied_pin"))
}

async function begun(made) {
  app.own = made
  await opened()
}

async function opened() {
  const how = await own.silence()
  app.own = await own.load()
  setLanguage(app.own.language)
  if (how === "locked" && !(await isStanding())) return
  ui.speak({ locked: false })
  stir()
  await go.home()
  filling.fetchAhead()
  tend()
}

/** After long silence the PIN alone does not open: the server has to say that the phone stands. */
async function isStanding() {
  try {
    await meet()
  } catch (reason) {
    if (reason instanceof own.Ended) {
      await empty("emptied_ended")
      return false
    }
    if (!(reason instanceof NoNetwork || reason instanceof Stalled)) throw reason
  }
  if ((await own.silence()) === "fine") return true
  forget()
  entering.silent(enter)
  return false
}

/** Close what the PIN opened. `sends`: what was loaded for sending stays. */
async function lock({ sends = true } = {}) {
  await filling.closeForm()
  vault.close()
  if (!sends) app.own = null
  setLanguage("")
  ui.speak({ locked: true })
  ui.say("")
  await enter()
}

function forget() {
  ui.begin()
  vault.close()
  app.own = null
  ui.speak({ locked: true })
}

async function empty(why) {
  await filling.closeForm()
  forget()
  await store.wipe()
  setLanguage("")
  ui.speak({ locked: true })
  app.view = null
  await entering.emptied(why, enter)
}

/** Send what waits and ask what is new. One at a time; says once what came of the whole batch. */
function tend({ now = false } = {}) {
  if (now && app.sending) return app.sending.then(() => tend({ now })) // what is asked for is done
  app.sending ??= tended(now).finally(() => {
    app.sending = null
  })
  return app.sending
}

async function tended(now) {
  clearTimeout(app.timer)
  if (!app.own) return
  const before = (await queue.rows()).filter(queue.isWaiting).length
  try {
    if ((await queue.send(app.own, redraw, { now })) === "ended") return empty("emptied_ended")
    if (vault.isOpen() && (now || Date.now() - app.asked > NEWS)) {
      await meet()
      app.asked = Date.now()
      await redraw()
    }
  } catch (reason) {
    if (reason instanceof own.Ended) return empty("emptied_ended")
    if (!(reason instanceof NoNetwork || reason instanceof Stalled)) throw reason
  }
  const left = (await queue.rows()).filter(queue.isWaiting).length
  if (before && !left) ui.say("all_sent")
  else if (now && left) ui.say("some_wait", { count: left })
  const next = await queue.nextIn()
  app.timer = next === null ? null : setTimeout(tend, Math.min(next, NEWS))
}

/** Ask what is new and keep it as it comes, beside what changed here meanwhile; the Card first. */
async function meet() {
  const isCard = ({ id }) => id === homes.CARD
  await own.contact(app.own, async (news) => {
    if (!vault.isOpen()) throw new Stalled() // locked meanwhile: asked again when it is open
    const isNew = news.forms.some(isCard) && !app.own.forms.some(isCard)
    const isCalled = JSON.stringify(news.numbers) !== JSON.stringify(app.own.numbers)
    app.own = await own.keep({ ...app.own, ...news })
    if (isNew && app.view === "home") await redraw()
    if (isCalled && app.view === "call") await draw("call")
  }, isCard)
}

async function redraw() {
  if (["queue", "home", "forms", "practice"].includes(app.view) && vault.isOpen()) await draw(app.view)
}

function stir() {
  app.told = Date.now()
}

function watchIdle() {
  for (const kind of ["pointerdown", "keydown", "input"]) {
    document.addEventListener(kind, stir, { passive: true, capture: true })
  }
  setInterval(() => {
    if (!vault.isOpen()) return
    const idle = Date.now() - app.told
    if (idle >= IDLE) lock()
    else if (idle >= IDLE - WARNED) ui.say("locks_soon")
  }, 5_000)
}

/** Ask for the worker until it holds the app and answers here: a network may go in the middle. */
async function holdApp(wait = 5_000) {
  const workers = navigator.serviceWorker
  if (!workers) return
  await workers.register(workerAddress(), { scope: WORKER.replace("worker.js", "") }).catch(() => {})
  setTimeout(() => workers.controller || holdApp(Math.min(wait * 2, NEWS)), wait)
}

async function start() {
  ui.frame({ onleave: leave, onlanguage: turn, onlock: () => lock() })
  ui.speak({ locked: true })
  watchShift(leave)
  watchIdle()
  window.addEventListener("online", () => tend())
  document.addEventListener("visibilitychange", () => document.hidden || tend())
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload())
  window.history.replaceState(null, "", "/f/")
  holdApp()
  await queue.restore().catch(() => {}) // the store itself is read all the same
  await enter()
  own
    .standing()
    .then((said) => (said === "ended" ? empty("emptied_ended") : null))
    .catch(() => {}) // no network: nothing is known
}

start().catch((reason) => {
  ui.show(ui.heading("cannot_open"), ui.p(reason instanceof store.NewerApp ? "newer_app" : "cannot_open_words"))
  console.error(reason?.name ?? "stopped") // no values: a console is read by whoever holds the phone
})
document.documentElement.dataset.language = language()
