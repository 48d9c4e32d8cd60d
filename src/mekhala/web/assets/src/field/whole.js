// The whole form below one another, for a desk and a wide screen.
import { createSignal } from "solid-js"
import { el } from "./dom.js"
import { inside } from "./parts.js"
import { errorsAmong, errorSummary } from "./review.js"

export function whole(ctx) {
  const [wrong, setWrong] = createSignal([])
  const goTo = (node) => {
    const field = document.getElementById(ctx.idOf(node))
    field?.focus()
    document.getElementById(`${ctx.idOf(node)}-question`)?.scrollIntoView?.({ block: "start" })
  }
  const main = el("div", { class: "mk-page mk-page--whole" })
  const finish = () => {
    const nodes = ctx.shownNow()
    const errors = errorsAmong(ctx, nodes)
    ctx.show(nodes)
    setWrong([])
    if (errors.length === 0) return ctx.finish()
    setWrong(errors)
    queueMicrotask(() => main.querySelector("[data-errors]")?.focus())
  }
  main.append(
    el("div", {}, errorSummary(ctx, wrong, goTo)),
    inside(ctx, ctx.root, 2, "s"),
    el("div", { class: "mk-buttons" }, el("button", { type: "button", class: "govuk-button mk-next", onClick: finish }, () => ctx.t("finish")))
  )
  return main
}
