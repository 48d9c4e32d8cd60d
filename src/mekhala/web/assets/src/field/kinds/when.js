// Days and times in parts that are typed: no calendar to wander through, any digits, any year.
import { createRenderEffect, createSignal, untrack } from "solid-js"
import { el } from "../dom.js"
import { clock, day, dayInWords, offset, western } from "../numbers.js"
import { quiet } from "./typed.js"

const OTHER_CALENDARS = ["ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian", "buddhist"]
const PARTS = { day: 2, month: 2, year: 4, hours: 2, minutes: 2 }

/** A row of small fields; `onInput` hears what they hold, in order. */
function parts({ ctx, ids, error, described }, names, onInput) {
  const fields = names.map((name, index) =>
    el("input", quiet({
      id: index === 0 ? ids.base : `${ids.base}-${name}`, type: "text", inputmode: "numeric",
      class: () => `govuk-input govuk-date-input__input govuk-input--width-${PARTS[name]}${error() ? " govuk-input--error" : ""}`,
      "aria-describedby": index === 0 ? described : null, "aria-invalid": () => (error() ? "true" : null),
      onInput: () => onInput(fields.map((field) => field.value)),
    }))
  )
  const row = el("div", { class: "govuk-date-input" }, names.map((name, index) =>
    el("div", { class: "govuk-date-input__item" }, el("div", { class: "govuk-form-group" },
      el("label", { class: "govuk-label govuk-date-input__label", for: fields[index].id }, () => ctx.t(name)), fields[index]))
  ))
  return { fields, row, fill: (values) => fields.forEach((field, index) => (field.value = values[index] ?? "")) }
}

const namesOf = ({ appearances }) =>
  appearances.year ? ["year"] : appearances["month-year"] ? ["month", "year"] : ["day", "month", "year"]

/** Typed parts as day, month, year: what is not asked is the first. */
const whole = (names, values) =>
  values.every((value) => western(value) === "") ? ["", "", ""] : [...Array(3 - names.length).fill("1"), ...values]

const split = (iso, names) => {
  const [y, m, d] = iso.split("-")
  return names.map((name) => ({ day: String(Number(d)), month: String(Number(m)), year: y })[name])
}

export function date(q) {
  const { ctx, node } = q
  const names = namesOf(node)
  const made = parts(q, names, (values) => ctx.give(node, day(whole(names, values)), "date_real"))
  createRenderEffect(() => {
    const value = node.currentState.value
    if (untrack(() => ctx.problems.of(node))) return
    const typed = day(whole(names, made.fields.map((field) => field.value)))
    if (value !== null && typed !== String(value)) made.fill(split(String(value), names))
    else if (value === null && typed) made.fill([])
  })
  return [made.row, understood(q, names), names.length === 3 ? today(q) : null, calendar(q)]
}
date.role = "group"

const understood = ({ ctx, node }, names) => () => {
  const { value } = node.currentState
  const shown = { year: "numeric", ...(names.length > 1 ? { month: "long" } : {}), ...(names.length > 2 ? { day: "numeric" } : {}) }
  return value === null ? null : el("p", { class: "govuk-hint mk-understood" }, dayInWords(String(value), ctx.lang(), shown))
}

const today = ({ ctx, node }) =>
  el("button", { type: "button", class: "govuk-button govuk-button--secondary", onClick: () => {
    const now = new Date()
    const local = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-")
    ctx.give(node, local)
  } }, () => ctx.t("today"))

function calendar({ ctx, node }) {
  const asks = OTHER_CALENDARS.some((name) => node.appearances[name])
  return asks ? el("p", { class: "govuk-hint mk-cannot" }, () => ctx.t("other_calendar")) : null
}

export function time(q) {
  const { ctx, node } = q
  const made = parts(q, ["hours", "minutes"], (values) => {
    const read = clock(values)
    ctx.give(node, read && `${read}:00.000${offset(new Date())}`, "time_real")
  })
  createRenderEffect(() => {
    const value = node.currentState.value
    if (untrack(() => ctx.problems.of(node))) return
    const typed = clock(made.fields.map((field) => field.value))
    if (value && typed !== value.slice(0, 5)) made.fill([value.slice(0, 2), value.slice(3, 5)])
    else if (!value && typed) made.fill([])
  })
  return made.row
}
time.role = "group"

export function dateTime(q) {
  const { ctx, node } = q
  const names = ["day", "month", "year", "hours", "minutes"]
  const [half, setHalf] = createSignal(false)
  const read = (values) => {
    const [on, at] = [day(values.slice(0, 3)), clock(values.slice(3))]
    if (on === "" && at === "") return ""
    return on && at ? `${on}T${at}:00.000${offset(new Date(`${on}T${at}`))}` : null
  }
  const made = parts(q, names, (values) => {
    setHalf(true)
    ctx.give(node, read(values), "date_time_real")
  })
  createRenderEffect(() => {
    const { value } = node.currentState
    half()
    if (untrack(() => ctx.problems.of(node))) return
    const typed = read(made.fields.map((field) => field.value))
    if (value && typed?.slice(0, 16) !== value.slice(0, 16)) made.fill([...split(value.slice(0, 10), names.slice(0, 3)), value.slice(11, 13), value.slice(14, 16)])
    else if (!value && typed) made.fill([])
  })
  return [made.row, calendar(q)]
}
dateTime.role = "group"
