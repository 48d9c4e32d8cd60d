// One page at a time: forward, back, a look at everything, and a way to stop that is always there.
import { createMemo, createSignal, untrack } from "solid-js"
import { el } from "./dom.js"
import { onPage, pagesOf, pageWith } from "./pages.js"
import { inside } from "./parts.js"
import { question } from "./question.js"
import { repeatPage } from "./repeat.js"
import { errorsAmong, errorSummary, firstOpen, review } from "./review.js"
import { formatted, hasWords, mediaOf, spoken } from "./text.js"

const REVIEW = "review"
const STOP = "stop"

/** Draw the form step by step; `atOpen` goes to what waits for an answer. */
export function steps(ctx, { atOpen }) {
  const pages = createMemo(() => pagesOf(ctx.root))
  const [place, setPlace] = createSignal(untrack(pages)[0]?.key ?? REVIEW)
  const [wrong, setWrong] = createSignal([])
  let lastIndex = 0
  let cameFrom = REVIEW
  // A page may go away by an answer: its place is taken by the one that stands there now.
  const here = createMemo(() => {
    const key = place()
    if (key === REVIEW || key === STOP) return key
    const index = pages().findIndex((page) => page.key === key)
    if (index >= 0) {
      lastIndex = index
      return key
    }
    return pages()[Math.min(lastIndex, pages().length - 1)]?.key ?? REVIEW
  })
  const page = () => pages().find(({ key }) => key === here())
  const index = () => pages().findIndex(({ key }) => key === here())
  const main = el("div", { class: "mk-page" })

  const go = (key, focus = true) => {
    setWrong([])
    setPlace(key)
    if (focus) queueMicrotask(() => toTop(main))
  }
  const goTo = (node) => {
    const found = pageWith(pages(), node)
    if (found && found.key !== here()) go(found.key, false)
    queueMicrotask(() => focusOn(ctx, node, main))
  }
  const next = () => {
    const now = page()
    const nodes = now ? [...onPage(now.node)] : []
    const errors = errorsAmong(ctx, nodes)
    ctx.show(nodes)
    if (errors.length > 0) return refuse(errors)
    go(pages()[index() + 1]?.key ?? REVIEW)
  }
  const refuse = (errors) => {
    setWrong([])
    setWrong(errors)
    queueMicrotask(() => main.parentNode?.querySelector("[data-errors]")?.focus())
  }
  const back = () => go(here() === REVIEW ? pages().at(-1)?.key ?? REVIEW : pages()[Math.max(index() - 1, 0)].key)
  const finish = () => {
    const errors = errorsAmong(ctx, ctx.shownNow())
    ctx.show(ctx.shownNow())
    if (errors.length > 0) return refuse(errors)
    ctx.finish()
  }
  const stop = () => {
    cameFrom = here()
    go(STOP)
  }

  // "Go" on a phone's keyboard is the way on, as it is in any form of one question.
  main.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input[type=text]") || event.target.closest("details, .mk-searched")) return
    event.preventDefault()
    if (page()) next()
  })

  ctx.advance = () => queueMicrotask(() => {
    const now = page()
    if (now && now.node.currentState.children === null) next()
  })

  const draw = () => {
    const at = here()
    return untrack(() => {
      if (at === REVIEW) return [review(ctx, { onChange: goTo }), buttons(ctx, { next: finish, key: "finish", back: () => (pages().length > 0 ? back : null), stop })]
      if (at === STOP) return stopping(ctx, () => go(cameFrom))
      const now = page()
      const isFirst = () => index() === 0
      return [drawPage(ctx, now, { goTo, go, pages }), buttons(ctx, { next, key: "next", back: () => (isFirst() ? null : back), stop, all: () => go(REVIEW) })]
    })
  }
  main.append(el("div", {}, errorSummary(ctx, wrong, goTo)), el("div", {}, draw))
  if (atOpen) {
    const open = untrack(() => firstOpen(ctx))
    go(open ? pageWith(untrack(pages), open)?.key ?? REVIEW : REVIEW)
  }
  return main
}

function toTop(main) {
  const heading = main.querySelector("h1[tabindex]") ?? main.querySelector("h1")
  heading?.focus({ preventScroll: true })
  main.scrollIntoView?.({ block: "start" })
}

function focusOn(ctx, node, main) {
  const field = document.getElementById(ctx.idOf(node))
  if (!field) return toTop(main)
  field.focus()
  document.getElementById(`${ctx.idOf(node)}-question`)?.scrollIntoView?.({ block: "start" })
}

function drawPage(ctx, page, { go, pages }) {
  const { node, above } = page
  if (node.nodeType === "repeat-range:uncontrolled") {
    const open = (part) => go(pageWithin(pages(), part)?.key ?? node.nodeId)
    return [caption(ctx, above), repeatPage(ctx, node, { onOpen: open, onAdded: (part) => queueMicrotask(() => open(part)) })]
  }
  if (node.currentState.children === null) return [caption(ctx, above), question(ctx, node, { size: "l", heading: true })]
  return [caption(ctx, above), screenTitle(ctx, node), inside(ctx, node, 2, "m")]
}

const screenTitle = (ctx, node) => {
  const label = () => (node.nodeType === "repeat-instance" ? node.currentState.label ?? node.parent.currentState.label : node.currentState.label)
  return [
    el("h1", { class: () => (hasWords(label()) ? "govuk-heading-l" : "govuk-visually-hidden"), tabindex: "-1" }, el("span", { lang: ctx.formLang, translate: "no" }, () => (hasWords(label()) ? formatted(label()) : ctx.t("questions")))),
    mediaOf(ctx, label, { name: () => spoken(label()) }),
  ]
}

/** The first page that lies in a repeated part. */
const pageWithin = (pages, part) =>
  pages.find(({ node, above }) => node === part || above.includes(part))

/** The groups a page lies in, above its heading. */
const caption = (ctx, above) => () => {
  const names = above.map((node) => (node.nodeType === "repeat-instance" ? `${spoken(node.currentState.label) || spoken(node.parent.currentState.label) || ctx.t("part")} ${node.parent.currentState.children.indexOf(node) + 1}` : spoken(node.currentState.label))).filter(Boolean)
  return names.length > 0 ? el("p", { class: "govuk-caption-m", lang: ctx.formLang, translate: "no" }, names.join(" · ")) : null
}

function buttons(ctx, { next, key, back, stop, all }) {
  return el("div", { class: "mk-buttons" },
    el("button", { type: "button", class: "govuk-button mk-next", onClick: next }, () => ctx.t(key)),
    () => {
      const goBack = back()
      return goBack ? el("button", { type: "button", class: "govuk-button govuk-button--secondary mk-back", onClick: goBack }, ctx.t("back")) : null
    },
    el("div", { class: "mk-also" },
      all ? el("button", { type: "button", class: "mk-link", onClick: all }, () => ctx.t("see_all")) : null,
      el("button", { type: "button", class: "mk-link mk-stop", onClick: stop }, () => ctx.t("stop"))))
}

/** Stopping closes no door: what was said may be sent or thrown away, each with one tap. */
function stopping(ctx, goOn) {
  const act = (key, kind, onClick) => el("button", { type: "button", class: `govuk-button ${kind}`, onClick }, () => ctx.t(key))
  return [
    el("h1", { class: "govuk-heading-l", tabindex: "-1" }, () => ctx.t("stop_title")),
    el("p", { class: "govuk-body" }, () => ctx.t("stop_help")),
    el("div", { class: "mk-buttons" },
      act("stop_send", "", () => ctx.stop("send")),
      act("stop_discard", "govuk-button--secondary mk-discard", () => ctx.stop("discard")),
      act("stop_go_on", "govuk-button--secondary", goOn)),
  ]
}
