// What was answered, in words, for the page that shows everything before it goes.
import { dayInWords, grouped } from "./numbers.js"
import { spoken } from "./text.js"

/** The answer to a question in words of the language chosen; "" if there is none. */
export function said(ctx, node) {
  const { value, instanceValue } = node.currentState
  if (node.nodeType === "select" || node.nodeType === "rank") return chosen(node, value).join(node.nodeType === "rank" ? " → " : ", ")
  if (node.nodeType === "trigger") return value ? ctx.t("acknowledged") : ""
  if (node.nodeType === "upload") return value ? ctx.t("file_kept") : ""
  if (value === null || value === "" || instanceValue === "") return ""
  switch (node.valueType) {
    case "date":
      return dateInWords(ctx, node, String(value))
    case "dateTime":
      return `${dayInWords(instanceValue.slice(0, 10), ctx.lang())}, ${instanceValue.slice(11, 16)}`
    case "time":
      return instanceValue.slice(0, 5)
    case "int":
    case "decimal":
      return node.appearances?.["thousands-sep"] ? grouped(value) : String(value)
    case "geotrace":
    case "geoshape":
      return ctx.t("points", { count: instanceValue.split(";").filter((point) => point.trim()).length })
    case "geopoint":
      return instanceValue.split(" ").slice(0, 2).join(", ")
    default:
      return node.appearances?.masked ? "••••" : instanceValue
  }
}

function chosen(node, values) {
  const words = new Map(node.currentState.valueOptions.map((option) => [option.value, option.label]))
  return values.map((value) => spoken(words.get(value)) || value)
}

function dateInWords(ctx, node, iso) {
  const { appearances } = node
  if (appearances?.year) return dayInWords(iso, ctx.lang(), { year: "numeric" })
  if (appearances?.["month-year"]) return dayInWords(iso, ctx.lang(), { month: "long", year: "numeric" })
  return dayInWords(iso, ctx.lang())
}
