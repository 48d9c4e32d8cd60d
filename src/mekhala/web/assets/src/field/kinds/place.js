// Where: the device's own position after a tap, or typed. No map is drawn, so nobody's server hears of it.
import { createMemo, createRenderEffect, createSignal, untrack } from "solid-js"
import { each, el } from "../dom.js"
import { decimal } from "../numbers.js"
import { quiet } from "./typed.js"

const WAIT = 30_000
const REFUSED = 1
const MAPS = ["maps", "placement-map", "quick"]

/** Ask the device; resolve to "lat lon altitude accuracy", reject with the key of the reason. */
function position() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject("place_none")
    const heard = ({ coords }) => resolve([coords.latitude, coords.longitude, coords.altitude ?? 0, coords.accuracy].map((part) => Number(part.toFixed(7))).join(" "))
    const failed = ({ code }) => reject(code === REFUSED ? "place_refused" : "place_failed")
    navigator.geolocation.getCurrentPosition(heard, failed, { enableHighAccuracy: true, timeout: WAIT, maximumAge: 0 })
  })
}

/** A button that takes the position, saying what the browser will ask and what came of it. */
function taker(ctx, id, key, take) {
  const [says, say] = createSignal("")
  const [isBusy, setBusy] = createSignal(false)
  const button = el("button", { type: "button", id, class: "govuk-button govuk-button--secondary", "aria-disabled": () => (isBusy() ? "true" : null), onClick: async () => {
    if (isBusy()) return
    setBusy(true)
    say("place_asking")
    ctx.announce(ctx.t("place_asking"))
    try {
      take(await position())
      say("")
      ctx.announce(ctx.t("place_taken"))
    } catch (reason) {
      say(typeof reason === "string" ? reason : "place_failed")
      ctx.announce(ctx.t(says()))
    }
    setBusy(false)
  } }, () => ctx.t(key))
  return [el("p", { class: "govuk-hint" }, () => ctx.t("place_permission")), button, () => says() && el("p", { class: "govuk-body" }, ctx.t(says()))]
}

/** Latitude and longitude as numbers in range, "" if both are empty, null otherwise. */
function typedPlace([latitude, longitude]) {
  const [lat, lon] = [decimal(latitude), decimal(longitude)]
  if (lat === "" && lon === "") return ""
  if (!lat || !lon || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null
  return `${Number(lat)} ${Number(lon)} 0 0`
}

/** Two fields; `onTyped` hears what they say together. */
function fields(ctx, base, onTyped) {
  const made = ["latitude", "longitude"].map((key) => {
    const field = el("input", quiet({ type: "text", inputmode: "decimal", class: "govuk-input govuk-input--width-10", id: `${base}-${key}`, onInput: () => onTyped(typedPlace(made.map((one) => one.field.value))) }))
    return { field, part: el("div", { class: "govuk-form-group" }, el("label", { class: "govuk-label", for: field.id }, () => ctx.t(key)), field) }
  })
  const fill = (parts) => made.forEach(({ field }, index) => (field.value = parts[index] ?? ""))
  return { node: made.map(({ part }) => part), fill, texts: () => made.map(({ field }) => field.value) }
}

const typing = (ctx, node, isOpen) =>
  el("details", { class: "govuk-details", open: isOpen },
    el("summary", { class: "govuk-details__summary" }, el("span", { class: "govuk-details__summary-text" }, () => ctx.t("place_type"))),
    el("div", { class: "govuk-details__text" }, node))

const noMap = ({ ctx, node }) => (MAPS.some((one) => node.appearances[one]) ? el("p", { class: "govuk-hint mk-cannot" }, () => ctx.t("no_map")) : null)

// The engine writes 2 as 2.0: places are the same as numbers, not as text.
const where = (point) => point.split(" ").slice(0, 2).map((part) => (part === "" ? "" : Number(part))).join(" ")
const isSame = (one, other) => where(one) === where(other)

export function place(q) {
  const { ctx, node, ids } = q
  const text = () => node.currentState.instanceValue
  const typed = fields(ctx, ids.base, (value) => ctx.give(node, value, "place_real"))
  createRenderEffect(() => {
    const value = text()
    if (untrack(() => ctx.problems.of(node))) return
    if (!isSame(typedPlace(typed.texts()) ?? "", value)) typed.fill(value ? value.split(" ") : [])
  })
  const shown = () => {
    const [lat, lon, , accuracy] = text().split(" ")
    if (!lon) return null
    const near = Number(accuracy) > 0 ? ` ${ctx.t("accuracy", { metres: Math.round(Number(accuracy)) })}` : ""
    return el("p", { class: "govuk-inset-text mk-given", translate: "no" }, `${lat}, ${lon}`, near)
  }
  return [noMap(q), taker(ctx, ids.base, "place_take", (value) => ctx.give(node, value)), shown, typing(ctx, typed.node, false), erase(q)]
}

const erase = ({ ctx, node, ids }) => () =>
  node.currentState.instanceValue
    ? el("button", { type: "button", class: "mk-link", onClick: () => {
        ctx.give(node, "")
        document.getElementById(ids.base)?.focus()
        ctx.announce(ctx.t("cleared"))
      } }, ctx.t("clear_place"))
    : null

const sameShape = (one, other) => one.length === other.length && one.every((point, index) => isSame(point, other[index]))

/** A way or an area: points one after another. An area closes itself. */
export function way(q) {
  const { ctx, node, ids } = q
  const isArea = node.valueType === "geoshape"
  const least = isArea ? 3 : 2
  const stored = () => {
    const points = node.currentState.instanceValue.split(";").map((point) => point.trim()).filter(Boolean)
    return isArea && points.length > 1 && isSame(points[0], points.at(-1)) ? points.slice(0, -1) : points
  }
  const [points, setPoints] = createSignal(untrack(stored))
  createRenderEffect(() => {
    const now = stored()
    if (now.length > 0 && !sameShape(now, untrack(points))) setPoints(now)
  })
  const keep = (next) => {
    setPoints(next)
    const enough = next.length >= least
    ctx.give(node, next.length === 0 ? "" : enough ? (isArea ? [...next, next[0]] : next).join("; ") : null, isArea ? "area_points" : "way_points")
  }
  const add = (point) => {
    keep([...points(), point])
    ctx.announce(ctx.t("point_added", { count: points().length }))
  }
  const latest = { value: "" }
  const typed = fields(ctx, ids.base, (value) => (latest.value = value))
  const addTyped = el("button", { type: "button", class: "govuk-button govuk-button--secondary", onClick: () => {
    if (!latest.value) return ctx.announce(ctx.t("place_real"))
    add(latest.value)
    latest.value = ""
    typed.fill([])
  } }, () => ctx.t("point_add_typed"))
  const list = el("ol", { class: "govuk-list govuk-list--number mk-points", translate: "no" })
  const numbered = createMemo(() => points().map((point, index) => ({ point, key: `${index} ${point}` })))
  each(list, numbered, ({ key }) => key, ({ point }) => el("li", {}, point.split(" ").slice(0, 2).join(", ")))
  const drop = () =>
    points().length
      ? el("button", { type: "button", class: "mk-link", onClick: () => {
          keep(points().slice(0, -1))
          document.getElementById(ids.base)?.focus()
          ctx.announce(ctx.t("point_removed", { count: points().length }))
        } }, ctx.t("point_remove"))
      : null
  return [
    noMap(q), el("p", { class: "govuk-hint" }, () => ctx.t(isArea ? "area_points" : "way_points")),
    taker(ctx, ids.base, "point_take", add), list, drop, typing(ctx, [typed.node, addTyped], false),
  ]
}
