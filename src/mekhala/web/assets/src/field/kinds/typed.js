// Answers typed into one field: words, numbers, codes. What cannot be read stays where it was typed.
import { createRenderEffect, untrack } from "solid-js"
import { el } from "../dom.js"
import { decimal, grouped, western, whole } from "../numbers.js"

const QUIET = { autocomplete: "off", spellcheck: "false", autocapitalize: "off", translate: "no", "data-1p-ignore": true }

/** Attributes of a field that remembers, corrects and translates nothing. */
export const quiet = (more) => ({ ...QUIET, ...more })

/**
 * Tie a field to a question: `read` makes of the typed text what the engine takes ("" for nothing,
 * null for what cannot be read), `write` makes text of the engine's value.
 */
export function tie(q, field, { read, write = (value) => (value === null ? "" : String(value)), problem }) {
  const { ctx, node } = q
  createRenderEffect(() => {
    const value = write(node.currentState.value)
    if (untrack(() => ctx.problems.of(node))) return
    if (read(field.value) !== read(value)) field.value = value
  })
  field.addEventListener("input", () => {
    const value = read(field.value)
    ctx.give(node, value, problem)
  })
  return field
}

const attributes = ({ ids, described, error, node }) => ({
  id: ids.base,
  class: () => `govuk-input${error() ? " govuk-input--error" : ""}`,
  "aria-describedby": described,
  "aria-invalid": () => (error() ? "true" : null),
  "aria-required": () => (node.currentState.required ? "true" : null),
})

export function text(q) {
  const { numbers, url, masked } = q.node.appearances
  const mode = numbers ? "decimal" : url ? "url" : null
  const field = tie(q, el("input", quiet({ ...attributes(q), type: "text", inputmode: mode })), { read: (typed) => typed })
  if (masked) return hidden(q, field)
  return [field, url ? link(q) : null, otherApp(q)]
}
text.isSingle = true

/** Typed behind dots, as somebody may be looking; one button shows it. */
function hidden({ ctx, name }, field) {
  field.classList.add("mk-masked")
  const says = () => (field.classList.contains("mk-masked") ? "show" : "hide")
  const button = el("button", { type: "button", class: "govuk-button govuk-button--secondary" })
  const label = () => button.replaceChildren(ctx.t(says()), el("span", { class: "govuk-visually-hidden" }, ` ${name()}`))
  button.addEventListener("click", () => {
    field.classList.toggle("mk-masked")
    label()
  })
  createRenderEffect(label)
  return el("div", { class: "mk-row" }, field, button)
}

const link = ({ node }) => () => {
  const { value } = node.currentState
  return /^https?:\/\//.test(value ?? "")
    ? el("p", { class: "govuk-body" }, el("a", { class: "govuk-link", href: value, rel: "noreferrer noopener", target: "_blank" }, value))
    : null
}

/** Another app that the form wants to ask: a browser has none, so the answer is typed. */
export function otherApp({ ctx, node }) {
  const asks = [...node.appearances].some((one) => /^(ex|printer):/.test(one) || one === "bearing" || one === "printer")
  return asks ? el("p", { class: "govuk-hint mk-cannot" }, () => ctx.t("other_app")) : null
}

export function longText(q) {
  const rows = q.node.nodeOptions?.rows ?? 5
  return tie(q, el("textarea", quiet({ ...attributes(q), class: "govuk-textarea", rows })), { read: (typed) => typed })
}
longText.isSingle = true

export function number(q) {
  const { node, ctx } = q
  const isWhole = node.valueType === "int"
  const field = el("input", quiet({ ...attributes(q), type: "text", inputmode: isWhole ? "numeric" : "decimal" }))
  field.classList.add("govuk-input--width-10")
  tie(q, field, { read: isWhole ? whole : decimal, problem: isWhole ? "number_whole" : "number_any" })
  // Read with other digits than were typed, or with many of them: show what was understood.
  const understood = () => {
    const { value } = node.currentState
    if (value === null) return null
    const [plain, apart] = [String(value), grouped(value)]
    const isOther = node.appearances["thousands-sep"] ? apart !== plain : western(field.value) !== field.value.trim()
    return isOther ? el("p", { class: "govuk-hint mk-understood" }, ctx.t("understood", { value: node.appearances["thousands-sep"] ? apart : plain })) : null
  }
  return [field, understood, otherApp(q)]
}
number.isSingle = true

/** A bar code: typed, or read from a picture where the browser can. */
export function code(q) {
  const { ctx, node } = q
  const field = tie(q, el("input", quiet({ ...attributes(q), type: "text" })), { read: (typed) => typed })
  if (!("BarcodeDetector" in window)) return [field, el("p", { class: "govuk-hint mk-cannot" }, () => ctx.t("barcode_typed"))]
  const camera = el("input", { type: "file", accept: "image/*", capture: "environment", class: "govuk-file-upload", id: `${q.ids.base}-picture` })
  camera.addEventListener("change", async () => {
    const [picture] = camera.files
    camera.value = ""
    const found = picture ? await readCode(picture) : ""
    if (found) ctx.give(node, found)
    ctx.announce(found ? ctx.t("barcode_read", { value: found }) : ctx.t("barcode_none"))
  })
  return [field, el("label", { class: "govuk-label", for: camera.id }, () => ctx.t("barcode_picture")), camera]
}
code.isSingle = true

async function readCode(picture) {
  try {
    const [found] = await new window.BarcodeDetector().detect(await createImageBitmap(picture))
    return found?.rawValue ?? ""
  } catch {
    return ""
  }
}
