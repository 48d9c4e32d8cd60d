// A picture or another file. What the server does not keep is not asked for: the page says so.
import { onCleanup } from "solid-js"
import { el } from "../dom.js"

const LARGEST = 10 * 1024 * 1024
const PICTURES = "image/jpeg,image/png"

const OWN_KINDS = ["image", "audio", "video", "osm"] // "osm" asks another app for a building on a map

const kindOf = ({ media }) => (OWN_KINDS.includes(media.type) ? media.type : "file")

/** Whether the server takes what this question asks for. */
export function isTaken(ctx, node) {
  const kind = kindOf(node.nodeOptions)
  return kind === "file" ? ctx.takes.length > 0 : ctx.takes.includes(kind)
}

export function file(q) {
  const { ctx, node, ids, described } = q
  const kind = kindOf(node.nodeOptions)
  if (!isTaken(ctx, node)) {
    return el("p", { class: "govuk-inset-text mk-cannot", id: ids.base, tabindex: "-1" }, () => ctx.t(kind === "audio" || kind === "video" ? `${kind}_not_taken` : "file_not_taken"))
  }
  const onlyPictures = kind === "image" || (kind === "file" && ctx.takes.every((one) => one === "image"))
  const { appearances } = node
  const camera = appearances.selfie || appearances["new-front"] || appearances.front ? "user" : appearances.new ? "environment" : null
  const input = el("input", {
    type: "file", class: "govuk-file-upload", id: ids.base, "aria-describedby": described, capture: camera,
    accept: onlyPictures ? PICTURES : kind === "file" ? null : `${kind}/*`,
  })
  input.addEventListener("change", () => {
    const [chosen] = input.files
    input.value = ""
    if (chosen) keep(q, chosen, onlyPictures)
  })
  const label = el("label", { class: "govuk-label", for: ids.base }, () => ctx.t(onlyPictures ? "picture_choose" : "file_choose"))
  return [kept(q), label, input, kind === "file" && onlyPictures ? el("p", { class: "govuk-hint mk-cannot" }, () => ctx.t("only_pictures")) : null]
}

function keep({ ctx, node }, chosen, onlyPictures) {
  const problem = chosen.size > LARGEST ? "file_too_large" : onlyPictures && !PICTURES.includes(chosen.type || "none") ? "only_pictures" : null
  if (problem) {
    ctx.problems.set(node, problem)
    ctx.show([node])
    return ctx.announce(ctx.t(problem))
  }
  ctx.give(node, chosen)
  ctx.announce(ctx.t("file_kept"))
}

/** The file as it is kept, seen if it is a picture, and a way to take it out again. */
export function kept({ ctx, node, ids, name }) {
  return () => {
    const { value } = node.currentState
    if (!value) return null
    const parts = [el("p", { class: "govuk-body" }, ctx.t("file_kept"))]
    if (value.type.startsWith("image/")) {
      const address = URL.createObjectURL(value)
      onCleanup(() => URL.revokeObjectURL(address))
      parts.push(el("img", { class: "mk-picture", src: address, alt: () => ctx.t("file_yours") }))
    }
    const remove = el("button", { type: "button", class: "mk-link", onClick: () => {
      ctx.give(node, null)
      document.getElementById(ids.base)?.focus()
      ctx.announce(ctx.t("file_removed"))
    } }, ctx.t("file_remove"), el("span", { class: "govuk-visually-hidden" }, () => ` ${name()}`))
    return el("div", { class: "mk-kept" }, parts, remove)
  }
}
