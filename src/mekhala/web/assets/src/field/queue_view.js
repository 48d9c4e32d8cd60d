// What waits, what came, what is held: each with what to do, in words (wireframe "To send").
import * as own from "./own.js"
import * as queue from "./queue.js"
import { button, h, heading, inset, p, row } from "./ui.js"
import { clock, t } from "./words.js"

const SIGNS = { waiting: "●", received: "✓", held: "!", refused: "×" } // never by colour alone

export async function queueView(go, sendNow, known) {
  const rows = await queue.rows()
  const waiting = rows.filter(queue.isWaiting).length
  const hours = await own.hoursLeft()
  return [
    heading("to_send"),
    navigator.onLine ? null : h("p", { class: "notes-tag notes-tag--waiting" }, t("no_network")),
    rows.length ? null : inset("queue_empty"),
    rows.map((one) => card(one, go)),
    waiting ? p("waiting_silence", { count: waiting, hours }) : p("silence", { hours }),
    row(
      waiting ? button("send_now", sendNow) : null,
      button("back", go.home, { kind: "secondary" }),
    ),
    known ? null : inset("send_needs_pin"),
  ]
}

function card({ place, state, receipt, code, at }, go) {
  const name = t("notes_number", { number: place })
  return h(
    "section",
    { class: "notes-card", "aria-label": name },
    h(
      "p",
      { class: "govuk-body notes-card__name" },
      h("span", {}, name),
      h("span", { class: "govuk-body-s" }, clock(at)),
    ),
    h(
      "p",
      { class: `notes-tag notes-tag--${state}` },
      h("span", { "aria-hidden": "true" }, `${SIGNS[state]} `),
      t(`state_${state}`),
    ),
    receipt ? h("p", { class: "govuk-body" }, t("receipt", { receipt })) : null,
    code ? h("p", { class: "govuk-body-s" }, t(`why_${code}`)) : null,
    state === "held" ? h("p", { class: "govuk-body-s" }, t("held_words")) : null,
    state === "refused"
      ? button("try_again", async () => {
          await queue.retry(place)
          await go.sendNow()
        }, { kind: "secondary", described: name })
      : null,
  )
}
