// A few elements without a library, and the frame around every view.
import { language, LANGUAGES, t } from "./words.js"

/** h("p", {class: "x", onclick: …}, "text", child): text is text, never markup. */
export function h(tag, given = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value)
    else if (name in element && typeof value === "boolean") element[name] = value
    else element.setAttribute(name, value)
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined))
  return element
}

export const heading = (key, vars) =>
  h("h1", { class: "govuk-heading-l", tabindex: "-1" }, t(key, vars))
export const p = (key, vars) => h("p", { class: "govuk-body" }, t(key, vars))
export const inset = (key, vars) => h("p", { class: "govuk-inset-text" }, t(key, vars))

/** A button that does one thing at a time: a second press while it works does nothing. */
export function button(key, act, { kind = "", size = "", vars, described } = {}) {
  const classes = ["govuk-button", "notes-button", kind && `govuk-button--${kind}`, size && `notes-button--${size}`]
  const made = h("button", { type: "button", class: classes.filter(Boolean).join(" ") }, t(key, vars))
  if (described) made.append(h("span", { class: "govuk-visually-hidden" }, ` ${described}`))
  made.addEventListener("click", async () => {
    if (made.getAttribute("aria-disabled")) return
    made.setAttribute("aria-disabled", "true")
    try {
      await act()
    } catch (reason) {
      console.error(reason?.name ?? "stopped") // no values: a console is read by whoever holds the phone
      say("did_not_work")
    } finally {
      made.removeAttribute("aria-disabled")
    }
  })
  return made
}

export const row = (...children) => h("div", { class: "govuk-button-group" }, children)

/** One field with its label, hint and error, as GOV.UK writes it. */
export function field(id, labelKey, { hint, type = "text", mode, error, complete = "off" } = {}) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ")
  return h(
    "div",
    { class: `govuk-form-group ${error ? "govuk-form-group--error" : ""}` },
    h("label", { class: "govuk-label", for: id }, t(labelKey)),
    hint && h("div", { class: "govuk-hint", id: `${id}-hint` }, t(hint)),
    error && h("p", { class: "govuk-error-message", id: `${id}-error` }, t(error)),
    h("input", {
      class: `govuk-input notes-input ${error ? "govuk-input--error" : ""}`,
      id,
      type,
      inputmode: mode,
      autocomplete: complete,
      autocapitalize: "off",
      spellcheck: "false",
      translate: "no",
      "aria-describedby": described || undefined,
    }),
  )
}

/** An error summary that takes the focus; `faults`: [[id of the field, key of the words]]. */
export function summary(faults) {
  const made = h(
    "div",
    { class: "govuk-error-summary", role: "alert", tabindex: "-1" },
    h("h2", { class: "govuk-error-summary__title" }, t("there_is_a_problem")),
    h(
      "ul",
      { class: "govuk-list govuk-error-summary__list" },
      faults.map(([id, key]) => {
        const link = h("a", { href: `#${id}` }, t(key))
        link.addEventListener("click", (event) => {
          event.preventDefault() // nothing is written into the history
          document.getElementById(id)?.focus()
        })
        return h("li", {}, link)
      }),
    ),
  )
  queueMicrotask(() => made.focus())
  return made
}

let status
let main
let bar

/** Draw the frame once: leaving first, then the language, the view, and what is announced. */
export function frame({ onleave, onlanguage, onlock }) {
  const leave = document.documentElement.dataset.leave
  const away = h("a", { class: "notes-leave", href: leave, rel: "nofollow noreferrer" })
  away.addEventListener("click", (event) => {
    event.preventDefault()
    onleave()
  })
  const chosen = h("select", { class: "govuk-select notes-language", id: "language", autocomplete: "off" })
  for (const [code, name] of LANGUAGES) chosen.append(h("option", { value: code, lang: code }, name))
  chosen.addEventListener("change", () => onlanguage(chosen.value))
  const label = h("label", { class: "govuk-visually-hidden", for: "language" })
  const lock = h("button", { type: "button", class: "notes-lock", hidden: true })
  lock.addEventListener("click", onlock)
  bar = { away, chosen, label, lock, hint: h("p", { class: "govuk-body-s notes-hint" }) }
  status = h("div", { role: "status", class: "notes-status" })
  main = h("main", { class: "notes-main", id: "main" })
  document.body.replaceChildren(
    h("header", { class: "notes-bar" }, away, h("div", { class: "notes-tools" }, lock, label, chosen)),
    status,
    main,
    h("footer", { class: "notes-foot" }, bar.hint),
  )
  speak({})
}

/** Put the frame into the language that is chosen now. */
export function speak({ locked = true }) {
  document.documentElement.lang = language()
  bar.away.textContent = t("leave")
  bar.label.textContent = t("language")
  bar.chosen.value = language()
  bar.lock.textContent = t("lock")
  bar.lock.hidden = locked
  bar.hint.textContent = t("leave_hint")
}

let turn = 0
let again = null

/** Begin a view; what it returns says, after whatever was waited for, whether no other began. */
export function begin() {
  const mine = ++turn
  return () => mine === turn
}

/** Show a view: its heading takes the focus, so that it is read. Nothing enters the history. */
export function show(...children) {
  again = null
  main.replaceChildren(...children.flat().filter(Boolean))
  if (!main.querySelector(".govuk-error-summary")) main.querySelector("h1")?.focus({ preventScroll: true })
  window.scrollTo(0, 0)
  return main
}

/** Show a view that is made anew when the language is turned. */
export function stand(make) {
  show(...make())
  again = make
}

export const standAnew = () => again && stand(again)

/** The same view with what changed in it: neither the focus nor the place on the page is taken. */
export function renew(...children) {
  const { tagName, textContent } = main.contains(document.activeElement) ? document.activeElement : {}
  const at = window.scrollY
  main.replaceChildren(...children.flat().filter(Boolean))
  const same = [...main.querySelectorAll(tagName ?? "none")].find((one) => one.textContent === textContent)
  same?.focus({ preventScroll: true })
  window.scrollTo(0, at)
}

/** Say one thing to who hears the page, and show it; an empty key takes it away. */
export function say(key, vars) {
  const text = key ? t(key, vars) : ""
  if (status.textContent !== text) status.textContent = text
}

export const focusOn = (id) => document.getElementById(id)?.focus()
