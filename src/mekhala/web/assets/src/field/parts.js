// Groups and repeated parts below one another, on one screen.
import { each, el } from "./dom.js"
import { visibleChildren } from "./pages.js"
import { question } from "./question.js"
import { addButton, partName, undoing } from "./repeat.js"
import { formatted, hasWords, mediaOf, spoken } from "./text.js"

const DEEPEST = 6

/** What lies in `node`, drawn below one another; headings begin at `level`. */
export function inside(ctx, node, level, size) {
  const holder = el("div", { class: "mk-parts-of" })
  return each(holder, () => visibleChildren(node), (child) => child.nodeId, (child) => part(ctx, child, level, size))
}

function part(ctx, node, level, size) {
  if (node.currentState.children === null) return question(ctx, node, { size })
  return node.nodeType.startsWith("repeat-range") ? repeated(ctx, node, level, size) : group(ctx, node, level, size)
}

const titled = (ctx, node, level) => () =>
  hasWords(node.currentState.label)
    ? el(`h${Math.min(level, DEEPEST)}`, { class: `govuk-heading-${level <= 2 ? "m" : "s"}`, lang: ctx.formLang, translate: "no" }, formatted(node.currentState.label))
    : null

function group(ctx, node, level, size) {
  const hasTitle = Boolean(node.currentState.label)
  return el("section", { class: hasTitle ? "mk-group" : null },
    titled(ctx, node, level), mediaOf(ctx, () => node.currentState.label, { name: () => spoken(node.currentState.label) }),
    inside(ctx, node, hasTitle ? level + 1 : level, size))
}

function repeated(ctx, range, level, size) {
  const undo = range.nodeType === "repeat-range:uncontrolled" ? undoing(ctx, range) : null
  const list = el("div", { class: "mk-repeats" })
  each(list, () => visibleChildren(range), (one) => one.nodeId, (one) =>
    el("section", { class: "mk-repeat" },
      el(`h${Math.min(level, DEEPEST)}`, { class: "govuk-heading-s", translate: "no" }, () => partName(ctx, one)),
      inside(ctx, one, level + 1, size),
      undo ? el("button", { type: "button", class: "mk-link", onClick: () => undo.remove(one) }, () => ctx.t("remove"), el("span", { class: "govuk-visually-hidden" }, () => ` ${partName(ctx, one)}`)) : null))
  return el("section", { class: "mk-group" }, list, undo?.notice ?? null, undo ? addButton(ctx, range) : null)
}

