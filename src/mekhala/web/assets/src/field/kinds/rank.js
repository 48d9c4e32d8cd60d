// An order, made with two buttons a line: nothing has to be dragged.
import { createMemo } from "solid-js"
import { each, el } from "../dom.js"
import { formatted, spoken } from "../text.js"

export function rank({ ctx, node, ids }) {
  const options = createMemo(() => new Map(node.currentState.valueOptions.map((option) => [option.value, option])))
  const isKept = () => node.currentState.value.length > 0
  const order = createMemo(() => {
    const said = node.currentState.value.filter((value) => options().has(value))
    return [...said, ...[...options().keys()].filter((value) => !said.includes(value))]
  })
  const keep = (values) => ctx.act(() => node.setValues(values))
  const move = (value, by) => {
    const values = order().filter((one) => one !== value)
    const to = order().indexOf(value) + by
    values.splice(to, 0, value)
    keep(values)
    ctx.announce(ctx.t("moved", { name: words(value), place: to + 1, count: values.length }))
  }
  const words = (value) => spoken(options().get(value)?.label) || value
  const list = el("ol", { class: "mk-rank" })
  each(list, order, (value) => value, (value) => {
    const at = () => order().indexOf(value)
    const button = (key, by, isEnd) =>
      el("button", {
        type: "button", class: "govuk-button govuk-button--secondary", "aria-disabled": () => (isEnd() ? "true" : null),
        onClick: (event) => {
          if (isEnd()) return
          move(value, by)
          event.currentTarget.focus() // moving a line takes the focus away from its button
        },
      }, el("span", { "aria-hidden": "true" }, by < 0 ? "↑" : "↓"), el("span", { class: "govuk-visually-hidden" }, () => `${ctx.t(key)}: ${words(value)}`))
    return el("li", { class: "mk-rank__item" },
      el("span", { class: "mk-rank__place", "aria-hidden": "true" }, () => (isKept() ? String(at() + 1) : "–")),
      el("span", { class: "mk-rank__words", lang: ctx.formLang, translate: "no" }, () => (options().get(value) ? formatted(options().get(value).label) : value)),
      button("move_up", -1, () => at() === 0),
      button("move_down", 1, () => at() === order().length - 1))
  })
  const state = () => ctx.t(isKept() ? "order_kept" : "order_open")
  return [
    el("p", { class: "govuk-hint" }, state), list,
    el("button", { type: "button", class: "govuk-button govuk-button--secondary", id: ids.base, onClick: () => {
      keep(isKept() ? [] : order())
      ctx.announce(state())
    } }, () => ctx.t(isKept() ? "order_clear" : "order_keep")),
  ]
}
