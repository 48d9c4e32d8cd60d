// "I have read this": one box.
import { el } from "../dom.js"

export function trigger({ ctx, node, ids }) {
  const box = el("input", {
    type: "checkbox", class: "govuk-checkboxes__input", id: ids.base,
    checked: () => node.currentState.value,
    onChange: () => ctx.act(() => node.setValue(box.checked)),
  })
  const label = el("label", { class: "govuk-label govuk-checkboxes__label", for: ids.base }, () => ctx.t("acknowledge"))
  return el("div", { class: "govuk-checkboxes" }, el("div", { class: "govuk-checkboxes__item" }, box, label))
}
