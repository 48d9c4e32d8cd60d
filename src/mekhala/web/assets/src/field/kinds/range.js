// A number on a scale. A slider stands somewhere from the start and so answers by itself: this does not.
import { el } from "../dom.js"
import { decimal, whole } from "../numbers.js"
import { quiet, tie } from "./typed.js"

const FEW = 12
const MANY = 100

/** The steps of the scale as text, or null where they are too many to be listed. */
function stepsOf(node) {
  const { start, end, step } = node.definition.bounds
  const [from, to, by] = [start, end, step].map(Number)
  const count = Math.floor(Math.abs(to - from) / Math.abs(by) + 1e-9) + 1
  if (!(count > 0 && count <= MANY)) return null
  const digits = Math.max(...[start, step].map((one) => String(one).split(".")[1]?.length ?? 0))
  const sign = to >= from ? 1 : -1
  return Array.from({ length: count }, (_, n) => (from + sign * n * Math.abs(by)).toFixed(digits))
}

export function range(q) {
  const steps = stepsOf(q.node)
  if (steps === null) return typedOnScale(q)
  return steps.length > FEW || q.node.appearances.picker ? listed(q, steps) : segments(q, steps)
}

const valueOf = (node) => (node.currentState.value === null ? "" : String(Number(node.currentState.value)))
const isChosen = (node, step) => valueOf(node) === String(Number(step))

function segments({ ctx, node, ids, described }, steps) {
  const items = steps.map((step, index) => {
    const id = index === 0 ? ids.base : `${ids.base}-${index}`
    const box = el("input", {
      type: "radio", class: "govuk-radios__input", id, name: ids.base, value: step, "aria-describedby": index === 0 ? described : null,
      checked: () => isChosen(node, step), onChange: () => ctx.act(() => node.setValue(step)),
    })
    return el("div", { class: "govuk-radios__item" }, box, el("label", { class: "govuk-label govuk-radios__label", for: id }, step))
  })
  const isTall = node.appearances.vertical ? "" : " mk-scale"
  return el("div", { class: `govuk-radios mk-choices${isTall}${ctx.view === "steps" ? " mk-segments" : ""}` }, items)
}

function listed({ ctx, node, ids, described, name }, steps) {
  const select = el("select", {
    class: "govuk-select", id: ids.base, "aria-describedby": described, "aria-label": name, autocomplete: "off",
    onChange: () => ctx.act(() => node.setValue(select.value === "" ? null : select.value)),
  }, el("option", { value: "" }, () => ctx.t("choose")), steps.map((step) => el("option", { value: step, selected: () => isChosen(node, step) }, step)))
  return select
}

function typedOnScale(q) {
  const { ctx, node, ids, error, described, name } = q
  const { start, end, step } = node.definition.bounds
  const field = el("input", quiet({
    type: "text", inputmode: "decimal", id: ids.base, "aria-describedby": described, "aria-label": name,
    class: () => `govuk-input govuk-input--width-5${error() ? " govuk-input--error" : ""}`,
  }))
  const read = (typed) => {
    const value = node.valueType === "int" ? whole(typed) : decimal(typed)
    if (value === "" || value === null) return value
    const [from, to] = [Number(start), Number(end)].sort((one, other) => one - other)
    const steps = (Number(value) - Number(start)) / Number(step)
    const fits = Number(value) >= from && Number(value) <= to && Math.abs(steps - Math.round(steps)) < 1e-6
    return fits ? value : null
  }
  tie(q, field, { read, problem: "on_scale" })
  return [el("p", { class: "govuk-hint" }, () => ctx.t("scale", { start: String(start), end: String(end), step: String(step) })), field]
}
