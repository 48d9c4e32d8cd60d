// One form is filled in: every change is kept, sealed under the PIN; what is finished is sealed to
// the server and the draft goes in the same step.
import * as own from "./own.js"
import { hex, random } from "./bytes.js"
import { twinOf } from "./practice.js"
import * as queue from "./queue.js"
import * as store from "./store.js"
import { begin, button, h, heading, inset, p, row, say, show } from "./ui.js"
import { clock, language, ofForms, t, titleOf } from "./words.js"

const SERVICES = "services.csv"
let open = null

/** Close the form that is open; what was typed lies in its draft. */
export async function closeForm() {
  const closing = open
  open = null
  if (!closing) return
  if (closing.view && !closing.done) closing.keep(closing.view.draft())
  await closing.saving
  closing.view?.close()
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
export async function fill(app, form, { draft = null, thread = hex(random(8)), practice = draft?.practice ?? "" } = {}) {
  await closeForm()
  const isWanted = begin()
  const kept = await own.form(form.name)
  const asOf = kept && (await listed(app, form, kept))
  if (!isWanted()) return null
  if (!kept) return show(heading("no_form"), p("no_form_words"), button("back", app.go.home))
  const host = h("div", { class: "notes-form" }, p("opening"))
  const later = button("stop_keep", app.go.home, { kind: "secondary" })
  const marked = practice ? h("p", { class: "notes-practice" }, t("practice_mark")) : null
  show(marked, asOf, host, h("div", { class: "notes-later" }, later))
  const here = { view: null, saving: Promise.resolve(), done: false }
  open = here
  const id = draft?.id ?? hex(random(8))
  const about = { id, form: form.name, title: titleOf(form), thread: draft?.thread ?? thread, practice }
  here.keep = ({ xml, files = [] }) => save(here, about, xml, files)
  try {
    const { openForm } = await drawer()
    here.view = await openForm(host, {
      ...kept,
      xform: practice ? twinOf(kept.xform, practice) : kept.xform,
      language: language(),
      words: ofForms,
      draft: draft && { xml: draft.xml, files: draft.files },
      onLanguage: app.follow,
      onChange: (xml, files) => here.keep({ xml, files }),
      onFinish: (answers) => finish(app, about, here, answers),
      onStop: (answers) => stop(app, about, here, answers),
    })
  } catch (reason) {
    console.error(reason?.name ?? "stopped") // no values: a console is read by whoever holds the phone
    if (open === here) notOpened(app, () => fill(app, form, { draft, thread, practice }))
  }
  if (open !== here) here.view?.close() // left while it opened
}

/** How old the list of services is that a form chooses from: when this phone last asked for it. */
async function listed(app, form, kept) {
  const met = app.own.forms.find(({ name }) => name === form.name)?.met
  return met && (await kept.media(SERVICES)) ? p("services_of", { at: clock(met) }) : null
}

/** A part of the app is not here yet, or the form cannot be read: what was begun stays. */
function notOpened(app, again) {
  open = null
  show(
    heading("cannot_open"),
    p("form_not_opened"),
    row(button("try_again", again), button("back", app.go.home, { kind: "secondary" })),
  )
}

/** One after another, and none after the form is finished: a draft never comes back. */
function save(here, about, xml, files) {
  here.saving = here.saving
    .then(() => (here.done ? null : own.keepDraft({ ...about, xml, files })))
    .catch(() => say("not_saved"))
}

async function finish(app, about, here, { xml, files = [] }) {
  here.done = true
  await here.saving
  try {
    await queue.finish({ key: app.own.key, xml, files, thread: about.thread, draft: about.id })
  } catch (reason) {
    here.done = false
    here.keep({ xml, files })
    say("not_sealed")
    throw reason
  }
  here.view?.close()
  open = null
  say("sealed")
  show(
    heading("sealed_heading"),
    inset(about.practice ? "practice_sealed" : "sealed_words"),
    row(
      button("done", app.go.home),
      about.practice ? null : button("same_person", () => another(app, about.thread), { kind: "secondary" }),
    ),
  )
  app.tend()
}

/** The person wants to stop: what was said is sent, or thrown away with all that was kept of it. */
async function stop(app, about, here, { reason, ...answers }) {
  if (reason !== "discard") return finish(app, about, here, answers)
  here.done = true
  await here.saving
  await store.remove("drafts", about.id)
  here.view?.close()
  open = null
  await app.go.home()
  say("thrown_away")
}

function another(app, thread) {
  show(
    heading("same_person"),
    p("same_person_words"),
    app.own.forms.map((form) => {
      const made = button("notes", () => fill(app, form, { thread }), { kind: "secondary", size: "big" })
      made.textContent = titleOf(form)
      return made
    }),
    button("done", app.go.home, { kind: "secondary" }),
  )
}
