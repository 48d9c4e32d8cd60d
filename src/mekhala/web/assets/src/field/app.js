// The app: one address, one page, views inside it. Nothing enters the history, nothing is read from
// an address, and what the officer typed is on the screen only while the PIN has it open.
import { WORKER, workerAddress } from "./trusted.js" // first: what follows writes through it
import * as entering from "./entering.js"
import * as filling from "./filling.js"
import * as homes from "./home.js"
import { watchShift } from "../leave.js"
import * as idling from "./idling.js"
import { leave } from "./leaving.js"
import * as others from "./others.js"
import * as own from "./own.js"
import * as queue from "./queue.js"
import { queueView } from "./queue_view.js"
import { NoNetwork, Stalled } from "./server.js"
import * as store from "./store.js"
import * as ui from "./ui.js"
import * as vault from "./vault.js"
import { language, setLanguage } from "./words.js"

const NEWS = 15 * 60_000 // how often the server is asked what is new

// `own` stays in memory when the app locks itself: it may still send, and read nothing.
const app = { own: null, view: null, drawn: null, asked: 0, sending: null, locking: null, timer: null }

const go = {
  home: () => at("home"),
  forms: () => at("forms"),
  queue: () => at("queue"),
  call: () => at("call"),
  practice: () => at("practice"),
  practise: (form) => at("form", () => filling.fill(app, form, { practice: form.id })),
  fill: (form, draft) => at("form", () => filling.fill(app, form, { draft })),
  throwAway: (draft) => at("throw_away", () => ui.stand(() => homes.throwAway(go, draft))),
  sendNow: () => tend({ now: true }),
}
Object.assign(app, { go, tend, follow })

const VIEWS = {
  home: async () => homes.home(go, app.own, await waiting()),
  forms: () => homes.forms(go, app.own),
  practice: () => homes.practice(go, app.own),
  call: () => homes.call(go, app.own),
  queue: () => queueView(go, go.sendNow, app.own),
}

async function at(view, act = () => draw(view)) {
  if (!(await filling.closeForm()) || !vault.isOpen()) return null
  ui.begin()
  ui.say("")
  app.view = view
  app.drawn = null
  return act()
}

/** Show a view when all it tells is gathered, unless another was asked for meanwhile. */
async function draw(view, show = ui.show) {
  const isWanted = ui.begin()
  const shown = await VIEWS[view]()
  if (!isWanted()) return
  if (app.drawn === view) show(...shown)
  else ui.show(...shown)
  app.drawn = view
}

/** Whether the PIN has it open and it was entered: not while the server is still asked. */
const isIn = () => vault.isOpen() && app.view !== null

async function turn(code) {
  await app.locking
  setLanguage(code)
  ui.speak({ locked: !isIn() })
  ui.say("")
  if (isIn()) await learn({ language: code })
  if (!isIn()) return vault.isOpen() ? null : enter()
  if (filling.isFilling()) return filling.turnTo(code)
  return VIEWS[app.view] ? draw(app.view) : ui.standAnew() // what is not here yet comes in it
}

/** The language was changed inside a form: the frame follows. */
async function follow(code) {
  if (code === language()) return
  setLanguage(code)
  ui.speak({ locked: !isIn() })
  if (isIn()) await learn({ language: code })
}

/** Keep what is new; where there is no room for it, it holds till the app is closed. */
async function learn(changes) {
  app.own = await own.keep(changes).catch(() => app.own && { ...app.own, ...changes })
}

/** What to show to somebody who has not given a PIN yet. */
async function enter() {
  app.view = null
  ui.begin()
  if (!(await own.isEnrolled())) return entering.enrolling(begun)
  if ((await own.silence()) === "over") return empty("emptied_silent")
  return entering.asking(opened, (how) => (how === "gone" ? enter() : empty("emptied_pin")))
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
  if (!vault.isOpen()) return // another page emptied the phone meanwhile
  ui.speak({ locked: false })
  idling.stir()
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
      await ended(app.own)
      return false
    }
    if (!(reason instanceof NoNetwork || reason instanceof Stalled)) throw reason
  }
  if ((await own.silence()) === "fine") return true
  forget()
  entering.silent(enter)
  return false
}

/** Close what the PIN opened, here and, by hand, on every page; what was loaded for sending stays. */
function lock({ everywhere = false } = {}) {
  if (everywhere) others.tell({ word: "lock" })
  app.locking ??= locked().finally(() => {
    app.locking = null
  })
  return app.locking
}

/** Nothing stays on the screen while the last of it is kept. */
async function locked() {
  const closing = filling.closeForm({ atOnce: true })
  outside()
  const isKept = await closing
  vault.close()
  await enter()
  if (!isKept) ui.say("not_saved")
}

/** Whatever the PIN opened is off the screen. */
function outside() {
  app.view = app.drawn = null
  ui.begin()
  ui.show()
  setLanguage("")
  ui.speak({ locked: true })
  ui.say("")
}

function forget() {
  filling.drop()
  outside()
  vault.close()
  app.own = null
}

async function empty(why) {
  forget()
  await store.wipe()
  others.tell({ word: "emptied", why })
  await entering.emptied(why, enter)
}

/** The phone of this name was ended. Where another page set it up anew only this one is closed. */
async function ended(known) {
  if (await own.isNow(known)) return empty("emptied_ended")
  forget()
  return enter()
}

const HEARD = {
  lock: () => vault.isOpen() && lock(),
  emptied: (why) => {
    forget()
    return entering.emptied(why, enter)
  },
  learnt: async () => {
    if (isIn()) app.own = await own.load()
  },
}

/** Send what waits and ask what is new. One at a time; says once what came of the whole batch. */
function tend({ now = false, isBack = false } = {}) {
  if (now && app.sending) return app.sending.then(() => tend({ now })) // what is asked for is done
  app.sending ??= tended({ now, isBack }).finally(() => {
    app.sending = null
  })
  return app.sending
}

async function tended({ now, isBack }) {
  clearTimeout(app.timer)
  const known = app.own
  if (!known) return
  const before = await waiting()
  const became = await sentAndMet(known, { now, isBack })
  if (became === "ended") return ended(known)
  const left = await waiting()
  if (before && !left) ui.say("all_sent")
  else if (now && left) ui.say("some_wait", { count: left })
  const next = became === "broken" ? NEWS : await queue.nextIn()
  app.timer = next === null ? null : setTimeout(tend, Math.min(next, NEWS))
}

const waiting = async () => (await queue.rows()).filter(queue.isWaiting).length

/** "done", "ended", or "broken" where the phone itself failed, for want of room say: tried later. */
async function sentAndMet(known, how) {
  try {
    if ((await queue.send(known, redraw, how)) === "ended") return "ended"
    if (isIn() && (how.now || Math.abs(Date.now() - app.asked) > NEWS)) {
      await meet()
      app.asked = Date.now()
      await redraw()
    }
  } catch (reason) {
    if (reason instanceof own.Ended) return "ended"
    if (reason instanceof NoNetwork || reason instanceof Stalled) return "done"
    console.error(reason?.name ?? "stopped")
    return "broken"
  }
  return "done"
}

/** Ask what is new and keep it as it comes, beside what changed here meanwhile; the Card first. */
async function meet() {
  const isCard = ({ id }) => id === homes.CARD
  await own.contact(async (news) => {
    if (!vault.isOpen()) throw new Stalled() // locked meanwhile: asked again when it is open
    const isNew = news.forms?.some(isCard) && !app.own.forms.some(isCard)
    const isCalled = JSON.stringify(news.numbers) !== JSON.stringify(app.own.numbers)
    app.own = await own.keep(news)
    if (isNew && app.view === "home") await redraw()
    if (isCalled && app.view === "call") await draw("call", ui.renew)
  }, isCard)
  others.tell({ word: "learnt" })
}

async function redraw() {
  if (["queue", "home", "forms", "practice"].includes(app.view) && isIn()) await draw(app.view, ui.renew)
}

/** Ask for the worker until it holds the app and answers here: a network may go in the middle. */
async function holdApp(wait = 5_000) {
  const workers = navigator.serviceWorker
  if (!workers) return
  await workers.register(workerAddress(), { scope: WORKER.replace("worker.js", "") }).catch(() => {})
  setTimeout(() => workers.controller || holdApp(Math.min(wait * 2, NEWS)), wait)
}

async function start() {
  ui.frame({ onleave: leave, onlanguage: turn, onlock: () => lock({ everywhere: true }) })
  ui.speak({ locked: true })
  watchShift(leave)
  idling.watch({ isIn, lock })
  others.hear(HEARD)
  window.addEventListener("online", () => tend({ isBack: true }))
  document.addEventListener("visibilitychange", () => document.hidden || tend({ isBack: true }))
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
