// After the PIN: three big buttons and the numbers to call; the forms; what was begun.
import * as own from "./own.js"
import * as store from "./store.js"
import { hold } from "./holding.js"
import { button, h, heading, inset, p, row, say } from "./ui.js"
import { basisOf, clock, t, titleOf } from "./words.js"

export const CARD = "card"

const big = (key, act) => button(key, act, { kind: "secondary", size: "big" })

/** `go`: {home, forms, queue, call, fill(form, draft?), throwAway(draft)}; each returns what to show. */
export async function home(go, { forms }, waiting) {
  const card = forms.find(({ id }) => id === CARD)
  const begun = await own.drafts()
  return [
    h("h1", { class: "govuk-heading-l", tabindex: "-1" }, t("notes")),
    card ? button("card", () => go.fill(card), { size: "big" }) : null,
    big("forms", go.forms),
    big("queue", go.queue),
    big("call", go.call),
    waiting ? p("waiting_count", { count: waiting }) : null,
    begun.length ? h("h2", { class: "govuk-heading-m" }, t("begun")) : null,
    begun.map((draft) => begunCard({ ...draft, title: titleNow(draft, forms) }, go)),
  ]
}

/** A draft may be of a version that is handed out no more: it keeps the title it began with. */
function titleNow(draft, forms) {
  const form = forms.find(({ name }) => name === draft.form)
  return form ? titleOf(form) : draft.title
}

function begunCard(draft, go) {
  const which = `${draft.title} ${clock(draft.at)}`
  return h(
    "section",
    { class: "notes-card", "aria-label": which },
    draft.practice ? h("p", { class: "notes-practice" }, t("practice_mark")) : null,
    h("p", { class: "govuk-body notes-card__name" }, draft.title),
    h("p", { class: "govuk-body-s" }, clock(draft.at)),
    row(
      button("carry_on", () => go.fill({ name: draft.form, title: draft.title }, draft), { described: which }),
      button("throw_away", () => go.throwAway(draft), { kind: "secondary", described: which }),
    ),
  )
}

/** Asked once, and it says what is lost. */
export function throwAway(go, draft) {
  return [
    heading("throw_away_sure"),
    p("throw_away_words", { title: draft.title, at: clock(draft.at) }),
    row(
      button("throw_away_yes", async () => {
        const letGo = await hold(`draft-${draft.id}`)
        if (!letGo) return say("elsewhere_words") // it would come back with the next answer
        await store.remove("drafts", draft.id)
        letGo()
        await go.home()
        say("thrown_away")
      }, { kind: "warning" }),
      button("back", go.home, { kind: "secondary" }),
    ),
  ]
}

const listed = (known, fill) =>
  known.map((form) => {
    const made = button("notes", () => fill(form), { kind: "secondary", size: "big" })
    made.textContent = titleOf(form)
    return made
  })

/** What the forms rest on and that nobody verified them: folded away, for who wants to know. */
const bases = (known) =>
  known.some(basisOf)
    ? h(
        "details",
        { class: "govuk-details" },
        h("summary", { class: "govuk-details__summary" }, h("span", { class: "govuk-details__summary-text" }, t("based_on"))),
        h(
          "div",
          { class: "govuk-details__text" },
          known.filter(basisOf).map((form) => h("p", { class: "govuk-body-s" }, h("strong", {}, titleOf(form)), " ", basisOf(form))),
        ),
      )
    : null

export function forms(go, { forms: known }) {
  return [
    heading("forms"),
    known.length ? null : inset("no_forms"),
    listed(known, go.fill),
    bases(known),
    row(
      known.length ? button("practise", go.practice, { kind: "secondary" }) : null,
      button("back", go.home, { kind: "secondary" }),
    ),
  ]
}

/** The same forms, filled to learn: what comes of it never enters the register. */
export function practice(go, { forms: known }) {
  return [
    h("p", { class: "notes-practice" }, t("practice_mark")),
    heading("practise"),
    inset("practise_words"),
    listed(known, go.practise),
    button("back", go.forms, { kind: "secondary" }),
  ]
}

export function call(go, { numbers }) {
  return [
    heading("call"),
    numbers.length ? p("call_words") : inset("no_numbers"),
    numbers.map(({ name, number }) =>
      h(
        "p",
        { class: "notes-number" },
        h("span", {}, name),
        h("a", { class: "govuk-link notes-number__call", href: `tel:${number.replace(/[^0-9+]/g, "")}` }, number),
      ),
    ),
    button("back", go.home, { kind: "secondary" }),
  ]
}
