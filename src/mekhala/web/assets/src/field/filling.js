// One form is filled in: every change is kept, sealed under the PIN; what is finished is sealed to
// the server and the draft goes in the same step.
import * as own from "./own.js"
import { hex, random } from "./bytes.js"
import { hold } from "./holding.js"
import { twinOf } from "./practice.js"
import * as queue from "./queue.js"
import * as store from "./store.js"
import { begin, button, h, heading, inset, p, row, say, show, stand } from "./ui.js"
import { clock, language, ofForms, t, titleOf } from "./words.js"

const SERVICES = "services.csv"
let open = null

/**
 * Close the form that is open; what was typed lies in its draft. Returns whether it does: where it
 * cannot be kept the form stays, unless it goes `atOnce`, off the screen before it is kept.
 */
export async function closeForm({ atOnce = false } = {}) {
  const closing = open
  if (!closing) return true
  if (closing.view && !closing.done) closing.keep(closing.view.draft())
  if (atOnce) shut(closing)
  await closing.saving
  if (closing.failed && !atOnce) return false
  shut(closing)
  return !closing.failed
}

/** Close the form and keep nothing more of it: the phone was emptied. */
export function drop() {
  if (!open) return
  open.done = true
  shut(open)
}

/** Take the form off the screen; another page may have it when what is being kept of it is kept. */
function shut(here) {
  if (open === here) open = null
  here.view?.close()
  here.saving.then(here.letGo)
}

/** What draws a form, as large as all the rest: asked for ahead, for the network may go. */
const drawer = () => import("./form.js")
export const fetchAhead = () => drawer().catch(() => null)

export const isFilling = () => open !== null
export const turnTo = (code) => open?.view?.setLanguage(code, ofForms(code))

/**
 * `form`: {name, title}; `draft`: what was begun; `thread`: whom it is about, as a random mark;
 * `practice`: the id of the form it is a twin of, where it is filled to learn.
 */
export async function fill(app, form, { draft: begun = null, thread = hex(random(8)), practice = begun?.practice ?? "" } = {}) {
  const isWanted = begin()
  const id = begun?.id ?? hex(random(8))
  const letGo = await held(form.name, id)
  if (!letGo) return isWanted() && stand(() => elsewhere(app))
  const { draft, kept, asOf } = await read(app, form, begun).catch(() => ({})) // locked meanwhile, say
  if (!isWanted() || !kept || (begun && !draft)) letGo()
  if (!isWanted()) return null
  if (begun && !draft) return app.go.home() // finished or thrown away there
  if (!kept) return stand(() => [heading("no_form"), p("no_form_words"), button("back", app.go.home)])
  const host = h("div", { class: "notes-form" }, p("opening"))
  const later = button("stop_keep", app.go.home, { kind: "secondary" })
  const marked = practice ? h("p", { class: "notes-practice" }, t("practice_mark")) : null
  show(marked, asOf, host, h("div", { class: "notes-later" }, later))
  const here = { view: null, saving: Promise.resolve(), done: false, failed: false, letGo }
  open = here
  const about = { id, form: form.name, title: titleOf(form), thread: draft?.thread ?? thread, practice }
  here.keep = ({ xml, files = [] }) => save(here, about, xml, files)
  const begunIn = language()
  try {
    const { openForm } = await drawer()
    here.view = await openForm(host, {
      ...kept,
      xform: practice ? twinOf(kept.xform, practice) : kept.xform,
      language: begunIn,
      words: ofForms,
      draft: draft && { xml: draft.xml, files: draft.files },
      onLanguage: app.follow,
      onChange: (xml, files) => here.keep({ xml, files }),
      onFinish: (answers) => finish(app, about, here, answers),
      onStop: (answers) => stop(app, about, here, answers),
    })
    if (language() !== begunIn) turnTo(language()) // turned while it opened
  } catch (reason) {
    console.error(reason?.name ?? "stopped") // no values: a console is read by whoever holds the phone
    if (open === here) notOpened(app, here, () => fill(app, form, { draft: begun, thread, practice }))
  }
  if (open !== here) here.view?.close() // left while it opened
}

/** What is filled in, and the draft as it is now: another page may have gone on with it. */
async function read(app, form, begun) {
  const draft = begun && (await own.draft(begun.id))
  const kept = await own.form(form.name).catch(() => null)
  return { draft, kept, asOf: kept && (await listed(app, form, kept)) }
}

/** Hold the form, which many pages may fill in, and the draft, which one may; null if another does. */
async function held(form, id) {
  const draft = await hold(`draft-${id}`)
  const letGo = draft && (await hold(`form-${form}`, "shared"))
  return letGo && (() => [draft, letGo].forEach((one) => one()))
}

const elsewhere = (app) => [heading("elsewhere"), p("elsewhere_words"), button("back", app.go.home)]

/** How old the list of services is that a form chooses from: when this phone last asked for it. */
async function listed(app, form, kept) {
  const met = app.own.forms.find(({ name }) => name === form.name)?.met
  return met && (await kept.media(SERVICES)) ? p("services_of", { at: clock(met) }) : null
}

/** A part of the app is not here yet, or the form cannot be read: what was begun stays. */
function notOpened(app, here, again) {
  shut(here)
  stand(() => [
    heading("cannot_open"),
    p("form_not_opened"),
    row(button("try_again", again), button("back", app.go.home, { kind: "secondary" })),
  ])
}

/** One after another, and none after the form is finished: a draft never comes back. */
function save(here, about, xml, files) {
  here.saving = here.saving.then(() => saved(here, about, xml, files))
}

async function saved(here, about, xml, files) {
  if (here.done) return
  try {
    await own.keepDraft({ ...about, xml, files })
    if (here.failed) say("")
    here.failed = false
  } catch {
    here.failed = true
    say("not_saved")
  }
}

/** Whoever closes the form meanwhile waits for it, and what was pressed or locked then stands. */
async function finish(app, about, here, { xml, files = [] }) {
  const { key } = app.own
  here.done = true
  const finishing = here.saving.then(() =>
    queue.finish({ key, xml, files, thread: about.thread, draft: about.id }),
  )
  here.saving = finishing.catch(() => {
    here.done = false
    say("not_sealed")
    return saved(here, about, xml, files)
  })
  await here.saving
  if (!here.done) return
  const isHere = open === here
  shut(here)
  if (isHere) {
    say("sealed")
    stand(() => finished(app, about))
  }
  app.tend()
}

const finished = (app, { practice, thread }) => [
  heading("sealed_heading"),
  inset(practice ? "practice_sealed" : "sealed_words"),
  row(
    button("done", app.go.home),
    practice ? null : button("same_person", () => stand(() => another(app, thread)), { kind: "secondary" }),
  ),
]

/** The person wants to stop: what was said is sent, or thrown away with all that was kept of it. */
async function stop(app, about, here, { reason, ...answers }) {
  if (reason !== "discard") return finish(app, about, here, answers)
  here.done = true
  here.saving = here.saving.then(() => store.remove("drafts", about.id)).catch(() => {
    here.done = false
    say("not_thrown_away")
  })
  await here.saving
  const isHere = here.done && open === here
  if (here.done) shut(here)
  if (!isHere) return
  await app.go.home()
  say("thrown_away")
}

const another = (app, thread) => [
  heading("same_person"),
  p("same_person_words"),
  app.own.forms.map((form) => {
    const made = button("notes", () => fill(app, form, { thread }), { kind: "secondary", size: "big" })
    made.textContent = titleOf(form)
    return made
  }),
  button("done", app.go.home, { kind: "secondary" }),
]
