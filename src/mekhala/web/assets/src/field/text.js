// Words of the form: the few marks XLSForm allows become elements, never markup.
import { onCleanup } from "solid-js"
import { el } from "./dom.js"
import { GUIDANCE, nameOf } from "./engine.js"

const INLINE = /(\*\*|__)(?=\S)([\s\S]+?)\1|(^|[^\w*_])([*_])(?=\S)([^*_]+?)\4(?![\w])|\[([^\]]+)\]\(([^)\s]+)\)|<(b|strong|i|em|u|span)\b[^>]*>([\s\S]*?)<\/\8>|<br\s*\/?>/i
const SAFE = /^(https?:|tel:|mailto:|sms:)/i

/** Return nodes for a piece of text: strong, emphasis, links, line breaks. */
function inline(text) {
  const found = INLINE.exec(text)
  if (!found) return [plain(text)]
  const before = text.slice(0, found.index) + (found[3] ?? "")
  const after = text.slice(found.index + found[0].length)
  return [before && plain(before), marked(found), ...(after ? inline(after) : [])].filter(Boolean)
}

function marked([whole, , strong, , , emphasis, words, address, tag, inside]) {
  if (strong) return el("strong", {}, inline(strong))
  if (emphasis) return el("em", {}, inline(emphasis))
  if (words) {
    if (!SAFE.test(address)) return plain(words)
    return el("a", { class: "govuk-link", href: address, rel: "noreferrer noopener", target: "_blank" }, inline(words))
  }
  if (tag) return el({ b: "strong", i: "em", u: "span", span: "span" }[tag.toLowerCase()] ?? tag.toLowerCase(), {}, inline(inside))
  return whole.startsWith("<br") ? el("br") : plain(whole)
}

const plain = (text) =>
  document.createTextNode(
    text.replace(/&nbsp;/g, "\u00a0").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&").replace(/\\([\\`*_{}[\]()#+.!-])/g, "$1")
  )

/** What an author wrote with marks; what a person answered stays as it was typed. */
function chunksOf(range) {
  return [...range].map(({ source, asString }) => ({ isAnswer: source === "output", text: asString }))
}

/** Text of a label or hint as nodes, one line after another. Guidance is left out. */
export function formatted(range) {
  const lines = [[]]
  for (const { isAnswer, text } of untilGuidance(chunksOf(range))) {
    text.split(/\r?\n/).forEach((line, index) => {
      if (index > 0) lines.push([])
      if (line) lines.at(-1).push(...(isAnswer ? [document.createTextNode(line)] : inline(headless(line, lines.at(-1)))))
    })
  }
  while (lines.length > 1 && lines.at(-1).length === 0) lines.pop()
  while (lines.length > 1 && lines[0].length === 0) lines.shift()
  return lines.flatMap((line, index) => (index > 0 ? [el("br"), ...line] : line))
}

// "# Title" and "- point" at the start of a line: a title is set apart by the line alone.
const headless = (line, already) => (already.length === 0 ? line.replace(/^\s*#{1,6}\s+/, "").replace(/^\s*[-*+]\s+/, "• ") : line)

function* untilGuidance(chunks) {
  for (const chunk of chunks) {
    const at = chunk.text.indexOf(GUIDANCE)
    if (at < 0) yield chunk
    else {
      if (at > 0) yield { ...chunk, text: chunk.text.slice(0, at) }
      return
    }
  }
}

/** Text without marks, for names that are heard: "" if there is none. */
export function spoken(range) {
  if (!range) return ""
  const holder = document.createElement("span")
  holder.append(...formatted(range))
  return holder.textContent.replace(/\s+/g, " ").trim()
}

/** The guidance joined to a hint; "" if there is none. */
export function guidanceOf(range) {
  return range ? (range.asString.split(GUIDANCE)[1] ?? "").trim() : ""
}

/** Whether there are any words apart from guidance. */
export const hasWords = (range) => Boolean(range && range.asString.split(GUIDANCE)[0].trim())

/** The picture, sound and film of a label, each only if the form brings it. */
export function mediaOf(ctx, range, { name, small = false }) {
  return [picture(ctx, range, name, small), sound(ctx, range, name), film(ctx, range, name)]
}

function picture(ctx, range, name, small) {
  return () => {
    const address = range()?.imageSource
    if (!address) return null
    const image = el("img", { class: small ? "mk-picture mk-picture--small" : "mk-picture", alt: () => name() })
    ctx.address(nameOf(address)).then((url) => {
      if (url) image.src = url
      else image.replaceWith(el("p", { class: "govuk-hint" }, () => ctx.t("picture_missing")))
    })
    return image
  }
}

/** A button that reads the question aloud: never by itself, one sound at a time. */
function sound(ctx, range, name) {
  return () => {
    const address = range()?.audioSource
    if (!address) return null
    const player = el("audio", { preload: "none" })
    const [label, says] = [el("span"), (key) => (label.textContent = ctx.t(key))]
    says("listen")
    const button = el(
      "button",
      { type: "button", class: "govuk-button govuk-button--secondary mk-listen" },
      el("span", { "aria-hidden": "true", class: "mk-listen__icon" }), label,
      el("span", { class: "govuk-visually-hidden" }, () => ` ${name()}`)
    )
    button.addEventListener("click", async () => {
      if (!player.paused) return player.pause()
      const url = await ctx.address(nameOf(address))
      if (!url) return ctx.announce(ctx.t("sound_missing"))
      ctx.silence(player)
      player.src = url
      await player.play().catch(() => ctx.announce(ctx.t("sound_missing")))
    })
    player.addEventListener("play", () => says("stop_listening"))
    onCleanup(() => player.pause())
    for (const end of ["pause", "ended"]) player.addEventListener(end, () => says("listen"))
    return el("div", { class: "mk-sound" }, button, player)
  }
}

function film(ctx, range, name) {
  return () => {
    const address = range()?.videoSource
    if (!address) return null
    const player = el("video", { class: "mk-picture", controls: true, preload: "none", "aria-label": () => name() })
    ctx.address(nameOf(address)).then((url) => {
      if (url) player.src = url
    })
    return player
  }
}
