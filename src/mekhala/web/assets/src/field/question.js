// One question with its words, help, error and control, in GOV.UK markup.
import { createMemo, untrack } from "solid-js"
import { el } from "./dom.js"
import { said } from "./said.js"
import { formatted, guidanceOf, hasWords, mediaOf, spoken } from "./text.js"
import { choice } from "./kinds/choice.js"
import { drawing, isDrawn } from "./kinds/drawing.js"
import { file } from "./kinds/file.js"
import { place, way } from "./kinds/place.js"
import { range } from "./kinds/range.js"
import { rank } from "./kinds/rank.js"
import { code, longText, number, text } from "./kinds/typed.js"
import { trigger } from "./kinds/trigger.js"
import { date, dateTime, time } from "./kinds/when.js"

const OF_VALUE = {
  int: number, decimal: number, date, time, dateTime, geopoint: place, geotrace: way, geoshape: way, barcode: code,
}

/** The function that draws the control of a question; null for one that only says something. */
function controlOf(node) {
  switch (node.nodeType) {
    case "select":
      return node.appearances.label ? null : choice
    case "range":
      return range
    case "rank":
      return rank
    case "trigger":
      return trigger
    case "upload":
      return isDrawn(node) ? drawing : file
    case "input":
      return OF_VALUE[node.valueType] ?? (isLong(node) ? longText : text)
    default:
      return null
  }
}

const isLong = (node) => Boolean(node.appearances.multiline || node.nodeOptions?.rows > 1)

/** Whether a question waits for an answer from the person. */
export const isAsked = (node) =>
  node.currentState.relevant && !node.currentState.readonly && controlOf(node) !== null

/** Whether nothing was said to it yet. */
export function isBlank(node) {
  const { value } = node.currentState
  return value === null || value === "" || value === false || value.length === 0
}

/** What does not fit about the answer now, in words; "" if it fits. */
export function errorOf(ctx, node) {
  const problem = ctx.problems.of(node)
  if (problem) return ctx.t(problem)
  const violation = node.validationState.violation
  if (!violation || !ctx.canAnswer(node)) return ""
  const own = violation.message?.asString?.trim()
  return own || ctx.t(violation.condition === "required" ? "needs_answer" : "does_not_fit")
}

/**
 * Draw a question. `size` is "l" for the only one on its page (then its words are the page's first
 * heading), "m" or "s" among others.
 */
export function question(ctx, node, { size = "m", heading = false } = {}) {
  const ids = idsOf(ctx, node)
  const control = controlOf(node)
  if (control === null) return note(ctx, node, ids, { heading, size })
  const isReadonly = createMemo(() => node.currentState.readonly)
  const error = createMemo(() => (ctx.isShown(node) ? errorOf(ctx, node) : ""))
  const hint = () => node.currentState.hint
  const described = () =>
    [hasWords(hint()) || node.currentState.required ? ids.hint : "", error() ? ids.error : ""].filter(Boolean).join(" ") || null
  const q = { ctx, node, ids, described, error, name: () => nameOf(ctx, node) }
  return el(
    "div",
    { class: () => `govuk-form-group mk-question${error() ? " govuk-form-group--error" : ""}`, id: `${ids.base}-question`, "data-name": lastOf(node) },
    () => (isReadonly() ? untrack(() => worked(ctx, node, ids, { heading, size })) : untrack(() => asked(q, control, { heading, size })))
  )
}

/** The words of the question as they are heard. */
export const nameOf = (ctx, node) => spoken(node.currentState.label) || spoken(node.currentState.hint) || ctx.t("question")

const idsOf = (ctx, node) => {
  const base = ctx.idOf(node)
  return { base, hint: `${base}-hint`, error: `${base}-error` }
}

export const lastOf = (node) => node.currentState.reference.split("/").at(-1).replace(/\[\d+\]$/, "")

function asked(q, control, { heading, size }) {
  const { ctx, node, ids } = q
  const words = title(ctx, node)
  const help = [hints(ctx, node, ids), mediaOf(ctx, () => node.currentState.label, q), guidance(ctx, node), errorMessage(ctx, ids, q.error)]
  if (control.isSingle) {
    const label = el("label", { class: `govuk-label govuk-label--${size}`, for: ids.base }, words)
    return [heading ? el("h1", { class: "govuk-label-wrapper", tabindex: "-1" }, label) : label, help, control(q)]
  }
  const legend = el(
    "legend", { class: `govuk-fieldset__legend govuk-fieldset__legend--${size}` },
    heading ? el("h1", { class: "govuk-fieldset__heading", tabindex: "-1" }, words) : words
  )
  return el(
    "fieldset", { class: "govuk-fieldset", "aria-describedby": q.described, role: control.role ?? null }, legend, help, control(q)
  )
}

const title = (ctx, node) =>
  el("span", { lang: ctx.formLang, translate: "no" }, () => (hasWords(node.currentState.label) ? formatted(node.currentState.label) : ctx.t("question")))

function hints(ctx, node, ids) {
  return () => {
    const { hint, required } = node.currentState
    if (!hasWords(hint) && !required) return null
    return el(
      "div", { class: "govuk-hint", id: ids.hint },
      hasWords(hint) ? el("span", { lang: ctx.formLang, translate: "no" }, formatted(hint)) : null,
      required ? el("span", { class: "mk-required" }, hasWords(hint) ? " " : "", ctx.t("must_answer")) : null
    )
  }
}

function guidance(ctx, node) {
  return () => {
    const text = guidanceOf(node.currentState.hint)
    if (!text) return null
    return el(
      "details", { class: "govuk-details" },
      el("summary", { class: "govuk-details__summary" }, el("span", { class: "govuk-details__summary-text" }, ctx.t("guidance"))),
      el("div", { class: "govuk-details__text", lang: ctx.formLang }, text)
    )
  }
}

export function errorMessage(ctx, ids, error) {
  return () =>
    error() &&
    el("p", { class: "govuk-error-message", id: ids.error }, el("span", { class: "govuk-visually-hidden" }, ctx.t("error")), " ", error())
}

/** A note: words only. Short ones may be the page's heading; long ones get a heading that is heard. */
function note(ctx, node, ids, { heading, size }) {
  const label = () => node.currentState.label ?? node.currentState.hint
  const isShort = spoken(untrack(label)).length <= 60
  const said = el("span", { lang: ctx.formLang, translate: "no" }, () => (label() ? formatted(label()) : null))
  const body = isShort
    ? el(heading ? "h1" : "p", { class: heading ? "govuk-heading-l" : "govuk-body mk-note", tabindex: heading ? "-1" : null }, said)
    : [heading ? el("h1", { class: "govuk-visually-hidden", tabindex: "-1" }, () => ctx.t("note")) : null, el("p", { class: "govuk-body mk-note" }, said)]
  return el(
    "div", { class: `mk-question mk-question--${size}`, id: `${ids.base}-question`, "data-name": lastOf(node) },
    body,
    mediaOf(ctx, label, { name: () => spoken(label()) }),
    () => (node.currentState.label && hasWords(node.currentState.hint) ? el("p", { class: "govuk-hint", lang: ctx.formLang }, formatted(node.currentState.hint)) : null),
    guidance(ctx, node),
    () => given(ctx, node)
  )
}

/** A question the form answers itself: its words and what was worked out. */
function worked(ctx, node, ids, { heading, size }) {
  return el(
    "div", {},
    el(heading ? "h1" : "p", { class: heading ? `govuk-heading-${size}` : `govuk-body mk-label`, tabindex: heading ? "-1" : null }, title(ctx, node)),
    hints(ctx, node, ids),
    mediaOf(ctx, () => node.currentState.label, { name: () => nameOf(ctx, node) }),
    () => given(ctx, node) ?? el("p", { class: "govuk-body" }, ctx.t("no_answer"))
  )
}

function given(ctx, node) {
  const words = said(ctx, node)
  return words ? el("p", { class: "govuk-inset-text mk-given", translate: "no" }, words) : null
}
