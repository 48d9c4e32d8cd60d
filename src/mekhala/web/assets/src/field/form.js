// A form on a page: asked, checked, spoken in its languages. It stores nothing, asks no server,
// writes no history; what was said is handed to whoever opened it.
import { batch, createRoot, createSignal, runWithOwner, getOwner } from "solid-js"
import { append, el } from "./dom.js"
import { answersOf, open } from "./engine.js"
import { allShown } from "./pages.js"
import { isTaken } from "./kinds/file.js"
import { steps } from "./steps.js"
import { whole } from "./whole.js"

const DRAFT_EVERY_MS = 1000
const CODE = /\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$/
const OWN_NAMES = { km: "ខ្មែរ", en: "English", th: "ไทย", vi: "Tiếng Việt" }

let opened = 0

/**
 * Draw a form in `host`.
 *
 * - `xform`: the form's XML; `media(name)`: a Promise of its picture, sound or list, or null
 * - `language`: code of the language to begin in; `words`: our own words, one map or (code) => map
 * - `draft`: null, instance XML, or `{xml, files}` to go on from
 * - `onChange(xml, files)`, at most once a second; `onFinish({xml, files})`;
 *   `onStop({xml, files, reason})`, reason "send" or "discard" (then nothing is handed over)
 * - `view`: "steps" or "whole"; `takes`: kinds of files that are kept, of "image", "audio", "video"
 * - `onLanguage(code)`: the person changed the language in the form
 *
 * Returns `{setLanguage(code, words), languages, close(), draft()}`. Rejects with `Error` where the
 * form or the draft cannot be read; the host is then left empty.
 */
export async function openForm(host, options) {
  const session = createRoot((dispose) => ({ dispose, owner: getOwner() }))
  try {
    const root = await runWithOwner(session.owner, () => open(options))
    return runWithOwner(session.owner, () => drawn(host, root, options, session.dispose))
  } catch (error) {
    session.dispose()
    host.replaceChildren()
    throw error
  }
}

const codeOf = ({ language }) => (CODE.exec(language)?.[1] ?? language ?? "").toLowerCase()

/** The languages of the form as `{code, name}`, named in their own script. */
const languagesOf = (root) =>
  root.languages
    .filter((one) => one.language)
    .map((one) => ({ code: codeOf(one), name: OWN_NAMES[codeOf(one)] ?? one.language.replace(CODE, "").trim() }))

function drawn(host, root, options, dispose) {
  const files = addresses(options.media)
  const keeping = throttled(() => {
    const { xml, files: held } = answersOf(root)
    options.onChange?.(xml, held)
  })
  const ctx = contextOf(root, options, files, keeping.soon)
  const { lang, setLanguage } = ctx.languages
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    keeping.stop()
    files.letGo()
    host.replaceChildren()
    dispose()
  }
  // Handed over once at a time: an impatient thumb sends nothing twice.
  let isHanding = false
  const hand = async (take, answers) => {
    if (isHanding) return
    isHanding = true
    keeping.stop()
    try {
      await take?.(answers)
    } finally {
      isHanding = false
    }
  }
  ctx.finish = () => hand(options.onFinish, answersOf(root))
  ctx.stop = (reason) =>
    hand(options.onStop, reason === "discard" ? { xml: null, files: [], reason } : { ...answersOf(root), reason })
  setLanguage(options.language, null)
  const view = options.view === "whole" ? whole(ctx) : steps(ctx, { atOpen: Boolean(options.draft) })
  host.replaceChildren()
  append(host, [
    el("div", { class: `mk-form mk-form--${ctx.view}`, lang, translate: "no" }, switcher(ctx, options), ctx.status, view),
  ])
  return { setLanguage, languages: languagesOf(root), close, draft: () => answersOf(root) }
}

/** What every part of the page shares. */
function contextOf(root, options, files, touched) {
  const id = `f${(opened += 1)}`
  const [shown, setShown] = createSignal(new Set())
  const status = el("div", { class: "govuk-visually-hidden", role: "status" })
  const problems = problemsOf()
  const languages = speaking(root, options)
  const ctx = {
    root, status, problems, languages,
    view: options.view === "whole" ? "whole" : "steps",
    takes: options.takes ?? ["image"],
    t: languages.t, lang: languages.lang, formLang: languages.formLang,
    address: files.address, silence: files.silence,
    idOf: (node) => `${id}-${node.nodeId.replace(/\W/g, "-")}`,
    isShown: (node) => shown().has(node.nodeId),
    show: (nodes) => setShown(new Set([...shown(), ...nodes.map((node) => node.nodeId)])),
    shownNow: () => [...allShown(root)],
    canAnswer: (node) => node.nodeType !== "upload" || isTaken(ctx, node),
    advance: () => {},
    announce(text) {
      // Said again if it is the same: an emptied region and a new line are one change each.
      status.textContent = status.textContent === text ? `${text}\u00a0` : text
    },
    act(change) {
      batch(change)
      touched()
    },
    /** Give an answer; null could not be read: the question is then empty, and says why. */
    give(node, value, problem) {
      ctx.act(() => {
        problems.set(node, value === null && problem ? problem : null)
        try {
          node.setValue(value === null && problem ? "" : value)
        } catch {
          problems.set(node, problem ?? "does_not_fit") // the engine refuses, say, a number too large
        }
      })
    },
  }
  return ctx
}

/** What was typed and cannot be read, by question. */
function problemsOf() {
  const [all, setAll] = createSignal(new Map())
  return {
    of: (node) => all().get(node.nodeId) ?? null,
    set(node, key) {
      if ((all().get(node.nodeId) ?? null) === key) return
      const next = new Map(all())
      if (key) next.set(node.nodeId, key)
      else next.delete(node.nodeId)
      setAll(next)
    },
  }
}

/** Our own words and the form's language. */
function speaking(root, { words }) {
  const [lang, setLang] = createSignal("en")
  const [own, setOwn] = createSignal({})
  const wordsIn = (code) => (typeof words === "function" ? words(code) : words)
  const t = (key, values = {}) => {
    const text = own()[key] ?? key
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""))
  }
  const setLanguage = (code, given = null) => {
    const found = root.languages.find((one) => codeOf(one) === code)
    batch(() => {
      setOwn(() => given ?? wordsIn(code) ?? {})
      setLang(code)
      if (found && found.language) root.setLanguage(found)
    })
  }
  // Words of a form without the language asked for say which one they are in.
  const formLang = () => {
    const code = codeOf(root.currentState.activeLanguage)
    return code && code !== lang() && /^[a-z]{2,3}(-|$)/.test(code) ? code : null
  }
  return { t, lang, formLang, setLanguage }
}

/** The languages of the form, each in its own script; an answer given stays given. */
function switcher(ctx, { onLanguage }) {
  const all = languagesOf(ctx.root).filter(({ code }) => /^[a-z]{2,3}(-|$)/.test(code))
  if (all.length < 2) return null
  const change = (code) => {
    ctx.languages.setLanguage(code)
    ctx.announce(ctx.t("language_now"))
    onLanguage?.(code)
  }
  return el("div", { class: "mk-languages", role: "group", "aria-label": () => ctx.t("language") },
    all.map(({ code, name }) =>
      el("button", { type: "button", class: "mk-language", lang: code, "aria-pressed": () => (ctx.lang() === code ? "true" : "false"), onClick: () => change(code) }, name)))
}

/** Addresses of pictures and sounds, made when asked for, let go of at the end. */
function addresses(media) {
  const made = new Map()
  let playing = null
  const make = async (name) => {
    const found = await media(name)
    return found instanceof Blob ? URL.createObjectURL(found) : found ?? null
  }
  return {
    address(name) {
      if (!made.has(name)) made.set(name, make(name).catch(() => null))
      return made.get(name)
    },
    silence(player) {
      if (playing && playing !== player) playing.pause()
      playing = player
    },
    letGo() {
      playing?.pause()
      playing = null
      for (const one of made.values()) one.then((address) => address?.startsWith("blob:") && URL.revokeObjectURL(address))
      made.clear()
    },
  }
}

/** Calls at most once a second, and not after it was stopped. */
function throttled(call) {
  let timer = null
  return {
    soon() {
      timer ??= setTimeout(() => {
        timer = null
        call()
      }, DRAFT_EVERY_MS)
    },
    stop() {
      clearTimeout(timer)
      timer = null
    },
  }
}
