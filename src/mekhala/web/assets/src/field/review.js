// Everything that was said, before it goes; and what is wrong, with a way to it.
import { el } from "./dom.js"
import { allShown } from "./pages.js"
import { errorOf, isAsked, isBlank, nameOf } from "./question.js"
import { said } from "./said.js"
import { isTaken } from "./kinds/file.js"

/** What does not fit among these questions, in their order. */
export const errorsAmong = (ctx, nodes) => [...nodes].filter((node) => isAsked(node) && errorOf(ctx, node))

/** The first question that waits: one that does not fit, or one without an answer. */
export function firstOpen(ctx) {
  const asked = [...allShown(ctx.root)].filter((node) => isAsked(node) && ctx.canAnswer(node))
  return asked.find((node) => errorOf(ctx, node)) ?? asked.find((node) => isBlank(node)) ?? null
}

/** GOV.UK's error summary over what is still wrong of what was wrong; nothing when all is mended. */
export function errorSummary(ctx, found, goTo) {
  return () => {
    const left = found().filter((node) => node.currentState.relevant && errorOf(ctx, node))
    if (left.length === 0) return null
    return el("div", { class: "govuk-error-summary", tabindex: "-1", "data-errors": true }, el("div", { role: "alert" },
      el("h2", { class: "govuk-error-summary__title" }, ctx.t("problem")),
      el("div", { class: "govuk-error-summary__body" }, el("ul", { class: "govuk-list govuk-error-summary__list" },
        left.map((node) => el("li", {}, el("a", { href: `#${ctx.idOf(node)}`, onClick: (event) => {
          event.preventDefault() // no trace in the history
          goTo(node)
        } }, errorOf(ctx, node), el("span", { class: "mk-error-of" }, ` (${nameOf(ctx, node)})`))))))))
  }
}

/** The page before finishing: question, answer, a way to change it. */
export function review(ctx, { onChange }) {
  const rows = () => [...allShown(ctx.root)].filter(isAsked).map((node) => row(ctx, node, onChange))
  const open = () => firstOpen(ctx)
  return [
    el("h1", { class: "govuk-heading-l", tabindex: "-1" }, () => ctx.t("review")),
    el("p", { class: "govuk-body" }, () => ctx.t("review_help")),
    () => open() && el("button", { type: "button", class: "govuk-button govuk-button--secondary", onClick: () => onChange(open()) }, ctx.t("first_open")),
    el("dl", { class: "govuk-summary-list mk-review" }, rows),
  ]
}

function row(ctx, node, onChange) {
  const name = nameOf(ctx, node)
  const error = errorOf(ctx, node)
  const words = said(ctx, node) || ctx.t(node.nodeType === "upload" && !isTaken(ctx, node) ? "not_taken_short" : "no_answer")
  return el("div", { class: "govuk-summary-list__row" },
    el("dt", { class: "govuk-summary-list__key", lang: ctx.formLang, translate: "no" }, name),
    el("dd", { class: "govuk-summary-list__value", translate: "no" }, words, error ? el("span", { class: "govuk-error-message" }, error) : null),
    el("dd", { class: "govuk-summary-list__actions" }, el("button", { type: "button", class: "mk-link", onClick: () => onChange(node) }, ctx.t("change"), el("span", { class: "govuk-visually-hidden" }, ` ${name}`))))
}
