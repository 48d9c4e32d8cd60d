// The app's words in four languages: web/field/words/*.toml, brought here by the build.
import words from "notes-words"

export const LANGUAGES = [
  ["km", "ខ្មែរ"],
  ["en", "English"],
  ["th", "ไทย"],
  ["vi", "Tiếng Việt"],
]
const CODES = LANGUAGES.map(([code]) => code)

/** Before the PIN nobody's language is known: the phone's own, or English. */
const ofPhone = () =>
  navigator.languages.map((said) => said.slice(0, 2)).find((code) => CODES.includes(code)) ?? "en"

let chosen = ofPhone()

export const language = () => chosen
export const setLanguage = (code) => {
  chosen = CODES.includes(code) ? code : ofPhone()
}

/** The words under `key`, with {name} filled in. */
export const t = (key, vars = {}) =>
  (words[chosen].app[key] ?? words.en.app[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => vars[name] ?? whole)

/** What a form is called, and rests on, in the language of the app, else in its own words. */
export const titleOf = ({ title, titles }) => titles?.[chosen] ?? title
export const basisOf = ({ basis, bases }) => bases?.[chosen] ?? basis

/** The words of the renderer of forms, in a language. */
export const ofForms = (code) => ({ ...words.en.form, ...words[code]?.form })

export const clock = (at) =>
  new Intl.DateTimeFormat(`${chosen}-u-nu-latn-ca-gregory`, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).format(at)
