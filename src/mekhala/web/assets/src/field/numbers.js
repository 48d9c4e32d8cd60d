// Numbers and days as people type them: Khmer, Thai and Western digits, Buddhist years.
const ZEROS = [0x17e0, 0x0e50, 0x0660] // Khmer, Thai, Arabic
const BUDDHIST = 543
const BUDDHIST_FROM = 2400
const BUDDHIST_TO = 2700

/** The text with every digit as a Western one, and no spaces around it. */
export function western(text) {
  const digits = [...text].map((letter) => {
    const zero = ZEROS.find((one) => letter.charCodeAt(0) >= one && letter.charCodeAt(0) <= one + 9)
    return zero === undefined ? letter : String(letter.charCodeAt(0) - zero)
  })
  return digits.join("").replace(/[\u200B\u200C]/g, "").trim()
}

/** A whole number as the engine takes it, "" for nothing, null where it is none. */
export function whole(text) {
  const plain = western(text).replace(/[\s\u202f\u00a0]/g, "")
  if (plain === "") return ""
  return /^[+-]?\d{1,18}$/.test(plain) ? plain.replace("+", "") : null
}

/** A number with a part after the point or comma, "" for nothing, null where it is none. */
export function decimal(text) {
  const plain = western(text).replace(/[\s\u202f\u00a0]/g, "").replace(",", ".")
  if (plain === "") return ""
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? String(Number(plain)) : null
}

/** A year of the common era; a year of the Buddhist era is counted back. */
export function year(text) {
  const number = Number(whole(text) || Number.NaN)
  if (!(number >= 1000 && number <= BUDDHIST_TO)) return null
  return number >= BUDDHIST_FROM ? number - BUDDHIST : number
}

/** YYYY-MM-DD of three typed parts, "" if all are empty, null where they make no day. */
export function day(parts) {
  if (parts.every((part) => western(part) === "")) return ""
  const [d, m] = [whole(parts[0]), whole(parts[1])].map(Number)
  const y = year(parts[2])
  if (y === null || !d || !m) return null
  const made = new Date(Date.UTC(y, m - 1, d))
  if (made.getUTCMonth() !== m - 1 || made.getUTCDate() !== d) return null
  return made.toISOString().slice(0, 10)
}

/** HH:MM of two typed parts, "" if both are empty, null where they make no time. */
export function clock(parts) {
  if (parts.every((part) => western(part) === "")) return ""
  const [hours, minutes] = parts.map((part) => (western(part) === "" ? Number.NaN : Number(whole(part) ?? Number.NaN)))
  if (!(hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59)) return null
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`
}

/** The difference of this device's clock from UTC on that day, as +07:00. */
export function offset(at) {
  const minutes = -at.getTimezoneOffset()
  const [h, m] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? "-" : "+"}${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`
}

// Browsers bring no Khmer months.
const KHMER_MONTHS = "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ".split(" ")
const khmer = (number) => String(number).replace(/\d/g, (digit) => String.fromCharCode(ZEROS[0] + Number(digit)))

function khmerDay(at, parts) {
  const said = {
    day: `ថ្ងៃទី ${khmer(at.getUTCDate())}`, month: `ខែ${KHMER_MONTHS[at.getUTCMonth()]}`, year: `ឆ្នាំ ${khmer(at.getUTCFullYear())}`,
  }
  return ["day", "month", "year"].filter((part) => parts[part]).map((part) => said[part]).join(" ")
}

/** A day in words: 9 March 2026; in Thai with the Buddhist year and the common one. */
export function dayInWords(iso, language, parts = { day: "numeric", month: "long", year: "numeric" }) {
  const at = new Date(`${iso}T00:00:00Z`)
  if (language === "km") return khmerDay(at, parts)
  const said = (locale) => new Intl.DateTimeFormat(locale, { ...parts, timeZone: "UTC" }).format(at)
  if (language === "th") return `${said("th-u-ca-buddhist-nu-latn")} (${at.getUTCFullYear()})`
  return said(`${language === "en" ? "en-GB" : language}-u-ca-gregory-nu-latn`)
}

/** Thousands apart by a narrow space in every language: dots and commas mean different things next door. */
export const grouped = (number) => {
  const [before, after] = String(number).split(".")
  const apart = before.replace(/\B(?=(\d{3})+$)/g, "\u202f")
  return after === undefined ? apart : `${apart}.${after}`
}
