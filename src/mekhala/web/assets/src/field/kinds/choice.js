// One or several of a list: boxes to tap, a drop-down, or a long list that is searched.
import { createMemo, createSignal } from "solid-js"
import { each, el } from "../dom.js"
import { formatted, mediaOf, spoken } from "../text.js"
import { quiet } from "./typed.js"

const LONG = 25
const SHOWN = 25
const FEW = 8

export function choice(q) {
  const { node } = q
  const { appearances } = node
  const options = createMemo(() => new Map(node.currentState.valueOptions.map((option) => [option.value, option])))
  const isMany = node.selectType === "select"
  const all = { ...q, options, isMany, values: () => node.currentState.valueOptions.map(({ value }) => value) }
  const isSearched = appearances.autocomplete || appearances.search
  // Drawn anew only when its shape changes: who is typing or choosing keeps their place.
  const shape = createMemo(() => {
    const count = options().size
    if (count === 0) return "empty"
    if (count > LONG || (isSearched && count > FEW)) return "searched"
    return appearances.minimal && !isMany ? "drop-down" : "boxes"
  })
  return () => {
    switch (shape()) {
      case "empty":
        return el("p", { class: "govuk-hint", id: q.ids.base, tabindex: "-1" }, () => q.ctx.t("list_empty"))
      case "searched":
        return [searched(all), aside(q)]
      case "drop-down":
        return [dropDown(all), aside(q)]
      default:
        return [boxes(all, all.values), aside(q), isMany ? null : clear(all)]
    }
  }
}

/** What a browser does not do with this list, said plainly. */
function aside({ ctx, node }) {
  const { appearances } = node
  if (appearances["image-map"]) return el("p", { class: "govuk-hint mk-cannot" }, () => ctx.t("image_map"))
  if (appearances.map) return el("p", { class: "govuk-hint mk-cannot" }, () => ctx.t("no_map"))
  return null
}

const layoutOf = ({ appearances }) => {
  if (appearances.likert) return " mk-likert"
  const columns = [...appearances].map((one) => /^(?:columns|compact|quickcompact)-(\d+)$/.exec(one)?.[1]).find(Boolean)
  if (columns) return ` mk-columns mk-columns--${Math.min(Number(columns), 6)}`
  const packs = ["columns", "columns-pack", "compact", "quickcompact", "horizontal", "horizontal-compact", "list", "list-nolabel"]
  return packs.some((one) => appearances[one]) ? " mk-columns" : ""
}

/** Boxes for the values that `give` returns, in its order. */
function boxes(all, give) {
  const { ctx, node, ids, isMany, described } = all
  const kind = isMany ? "checkboxes" : "radios"
  const list = el("div", { class: `govuk-${kind} mk-choices${layoutOf(node)}${ctx.view === "steps" ? " mk-segments" : ""}` })
  const first = createMemo(() => give()[0])
  let byHand = false
  list.addEventListener("pointerdown", () => (byHand = true))
  list.addEventListener("keydown", () => (byHand = false))
  const choose = (value, box) => {
    take(all, value, box.checked)
    if (byHand && !isMany && isQuick(node)) ctx.advance()
  }
  each(list, give, (value) => value, (value) => {
    const id = () => (value === first() ? ids.base : `${ids.base}-${cssSafe(value)}`)
    const label = () => all.options().get(value)?.label
    const box = el("input", {
      type: isMany ? "checkbox" : "radio", class: `govuk-${kind}__input`, id, name: ids.base, value,
      checked: () => node.currentState.value.includes(value),
      "aria-describedby": () => (value === first() ? described() : null),
      onChange: () => choose(value, box),
    })
    const words = el("label", { class: `govuk-label govuk-${kind}__label`, for: id }, el("span", { lang: ctx.formLang, translate: "no" }, () => (label() ? formatted(label()) : value)))
    return el("div", { class: `govuk-${kind}__item`, "data-value": value }, box, words, mediaOf(ctx, label, { name: () => spoken(label()), small: true }))
  })
  return list
}

const isQuick = ({ appearances }) => [...appearances].some((one) => one.startsWith("quick"))
const cssSafe = (value) => [...value].map((letter) => (/[\w-]/.test(letter) ? letter : letter.codePointAt(0).toString(16))).join("")

function take({ ctx, node, isMany }, value, isOn) {
  ctx.act(() => {
    if (!isMany) return node.selectValue(isOn ? value : null)
    const others = node.currentState.value.filter((one) => one !== value)
    node.selectValues(isOn ? [...others, value] : others)
  })
}

/** A choice once made can be taken back: nothing said is an answer too. */
const clear = ({ ctx, node, ids, name }) => () =>
  node.currentState.value.length === 0
    ? null
    : el("button", { type: "button", class: "mk-link", onClick: () => {
        ctx.act(() => node.selectValue(null))
        document.getElementById(ids.base)?.focus()
        ctx.announce(ctx.t("cleared"))
      } }, () => ctx.t("clear_choice"), el("span", { class: "govuk-visually-hidden" }, () => ` ${name()}`))

function dropDown({ ctx, node, ids, options, values, described, error }) {
  const select = el("select", {
    class: () => `govuk-select${error() ? " govuk-select--error" : ""}`, id: ids.base, "aria-describedby": described,
    "aria-label": () => spoken(node.currentState.label), autocomplete: "off", translate: "no", lang: ctx.formLang,
    onChange: () => ctx.act(() => node.selectValue(select.value || null)),
  })
  each(select, () => ["", ...values()], (value) => value, (value) =>
    el("option", { value, selected: () => (node.currentState.value[0] ?? "") === value }, () => (value ? spoken(options().get(value)?.label) || value : ctx.t("choose")))
  )
  return select
}

/** Letters that are heard or typed alike are alike when a list is searched. */
const bare = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u200b\u200c]/g, "").replace(/đ/gi, "d").toLowerCase()

function searched(all) {
  const { ctx, node, ids, options, values } = all
  const [sought, seek] = createSignal("")
  const names = createMemo(() => values().map((value) => [value, bare(`${spoken(options().get(value)?.label)} ${value}`)]))
  const found = createMemo(() => {
    const words = bare(sought()).split(/\s+/).filter(Boolean)
    return names().filter(([, name]) => words.every((word) => name.includes(word))).map(([value]) => value)
  })
  const shown = createMemo(() => {
    const chosen = node.currentState.value.filter((value) => options().has(value))
    return [...chosen, ...found().filter((value) => !chosen.includes(value)).slice(0, SHOWN)]
  })
  const told = () => ctx.t("list_found", { shown: Math.min(found().length, SHOWN), count: found().length })
  let saying = 0
  const field = el("input", quiet({ type: "text", class: "govuk-input", id: `${ids.base}-search`, inputmode: "search", onInput: () => {
    seek(field.value)
    clearTimeout(saying)
    saying = setTimeout(() => ctx.announce(told()), 600) // once the hand rests
  } }))
  return [
    el("div", { class: "mk-searched" },
      el("label", { class: "govuk-label", for: field.id }, () => ctx.t("search_list")), field,
      el("p", { class: "govuk-hint" }, told)),
    boxes(all, shown),
    all.isMany ? null : clear(all),
  ]
}
