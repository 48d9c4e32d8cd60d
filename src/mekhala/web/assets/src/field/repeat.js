// A part that may be said several times: added, changed, taken out and put back.
import { createSignal } from "solid-js"
import { each, el } from "./dom.js"
import { allShown } from "./pages.js"
import { said } from "./said.js"
import { formatted, hasWords, spoken } from "./text.js"

/** The name of a repeated part, "Child 2". */
export function partName(ctx, part) {
  const place = part.parent.currentState.children.indexOf(part) + 1
  const own = spoken(part.currentState.label) || spoken(part.parent.currentState.label) || ctx.t("part")
  return `${own} ${place}`
}

const rangeName = (ctx, range) => spoken(range.currentState.label) || ctx.t("parts")

/** The page of a repeated part: what there is, and a way to add another. */
export function repeatPage(ctx, range, { onOpen, onAdded }) {
  const undo = undoing(ctx, range)
  const list = el("ul", { class: "govuk-list mk-parts" })
  each(list, () => range.currentState.children, (part) => part.nodeId, (part) =>
    el("li", { class: "mk-parts__item" },
      el("span", { lang: ctx.formLang, translate: "no" }, () => partName(ctx, part), () => firstWords(ctx, part)),
      el("span", { class: "mk-parts__acts" },
        actOn(ctx, "change", part, () => onOpen(part)),
        actOn(ctx, "remove", part, () => undo.remove(part)))))
  return [
    el("h1", { class: "govuk-heading-l", tabindex: "-1" }, el("span", { lang: ctx.formLang, translate: "no" }, () => (hasWords(range.currentState.label) ? formatted(range.currentState.label) : ctx.t("parts")))),
    el("p", { class: "govuk-body" }, () => ctx.t("parts_now", { count: range.currentState.children.length })),
    list, undo.notice, addButton(ctx, range, onAdded),
  ]
}

function firstWords(ctx, part) {
  for (const node of allShown(part)) {
    const words = node.nodeType === "note" ? "" : said(ctx, node)
    if (words) return `: ${words}`
  }
  return ""
}

const actOn = (ctx, key, part, onClick) =>
  el("button", { type: "button", class: "mk-link", onClick }, () => ctx.t(key), el("span", { class: "govuk-visually-hidden" }, () => ` ${partName(ctx, part)}`))

export function addButton(ctx, range, onAdded = () => {}) {
  return el("button", { type: "button", class: "govuk-button govuk-button--secondary", id: ctx.idOf(range), onClick: () => {
    ctx.act(() => range.addInstances())
    ctx.announce(ctx.t("part_added"))
    onAdded(range.currentState.children.at(-1))
  } }, () => ctx.t("add_another"), el("span", { class: "govuk-visually-hidden" }, () => ` ${rangeName(ctx, range)}`))
}

/** Takes parts out and can put the last one back; what it holds goes when the page goes. */
export function undoing(ctx, range) {
  const [taken, setTaken] = createSignal(null)
  const remove = (part) => {
    const index = range.currentState.children.indexOf(part)
    setTaken({ index, answers: remembered(part), name: partName(ctx, part) })
    ctx.act(() => range.removeInstances(index))
    ctx.announce(ctx.t("part_removed", { name: taken().name }))
    queueMicrotask(() => document.getElementById(`${ctx.idOf(range)}-undo`)?.focus())
  }
  const putBack = () => {
    const { index, answers } = taken()
    ctx.act(() => {
      range.addInstances(index - 1)
      answer(range.currentState.children[index], answers)
    })
    setTaken(null)
    ctx.announce(ctx.t("part_back"))
    document.getElementById(ctx.idOf(range))?.focus()
  }
  const notice = () =>
    taken() &&
    el("p", { class: "govuk-inset-text" }, ctx.t("part_removed", { name: taken().name }), " ",
      el("button", { type: "button", class: "mk-link", id: `${ctx.idOf(range)}-undo`, onClick: putBack }, ctx.t("undo")))
  return { remove, notice }
}

const remembered = (node) =>
  node.currentState.children === null ? node.currentState.value : node.currentState.children.map(remembered)

function answer(node, held) {
  const { children } = node.currentState
  if (children === null) return give(node, held)
  if (node.nodeType === "repeat-range:uncontrolled") {
    if (children.length < held.length) node.addInstances(children.length - 1, held.length - children.length)
    if (children.length > held.length) node.removeInstances(held.length, children.length - held.length)
  }
  node.currentState.children.forEach((child, index) => answer(child, held[index]))
}

/** Give a question a value that another of its kind held. */
function give(node, value) {
  if (node.currentState.readonly || node.nodeType === "model-value" || node.nodeType === "note" || value === undefined) return
  if (node.nodeType === "select") node.selectValues(value)
  else if (node.nodeType === "rank") node.setValues(value)
  else node.setValue(value)
}
