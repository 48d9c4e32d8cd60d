// What this phone knows of itself: sealed under the PIN, but for what must be asked before the PIN.
//
// In clear: "beacon" (may only ask whether the phone still stands) and "clock" (when the server was
// last met). Everything else, forms and language too, opens with the PIN.
import { md5 } from "hash-wasm"
import { bytesOf, hex, packed, random, textOf, unpacked } from "./bytes.js"
import { alone, isHeld } from "./holding.js"
import { ask, basic, isOurs, jsonOf, Stalled } from "./server.js"
import * as store from "./store.js"
import * as vault from "./vault.js"

const HOUR = 3_600_000
const BACK = HOUR // a clock set back by more than this is not believed

/** The phone was ended by who may: nothing is left but what is sealed. */
export class Ended extends Error {}

export const isEnrolled = async () => Boolean(await store.read("kept", "lock"))

/** Change a part of it; returns the whole. What another page, or another act here, kept stays. */
export const keep = (changes) =>
  alone("own", async () => {
    const own = { ...(await load()), ...changes }
    await vault.put("kept", await vault.sealed(bytesOf(JSON.stringify(own)), "own"), "own")
    return own
  })

export const load = async () =>
  JSON.parse(textOf(await vault.unsealed(await store.read("kept", "own"), "own")))

/** Ask for name and password with the code; returns "unknown", "later" or what was kept. */
export async function enrol(code, pin, language) {
  await hasRoom() // before the code is spent
  const answer = await ask("/f/enrol", { method: "POST", body: JSON.stringify({ code }) })
  if (answer.status !== 201) return answer.status === 404 ? "unknown" : "later"
  const said = jsonOf(answer)
  const lock = await vault.make(pin)
  const own = {
    username: said.username,
    password: said.password,
    language,
    key: said.key,
    numbers: [],
    forms: [],
  }
  const data = await vault.sealed(bytesOf(JSON.stringify(own)), "own")
  await store.change(["kept"], (of) => {
    of("kept").put(lock, "lock")
    of("kept").put(data, "own")
    of("kept").put({ username: said.username, beacon: said.beacon }, "beacon")
    of("kept").put({ met: Date.now(), seen: Date.now(), hours: said.silence_hours }, "clock")
  })
  await navigator.storage?.persist?.().catch(() => {}) // asks that nothing is thrown away for room
  return own
}

async function hasRoom() {
  await store.put("kept", random(16 * 1024), "room")
  await store.remove("kept", "room")
}

/** Whether the phone is still the one of this name: another page may have set it up anew. */
export const isNow = async ({ username }) => (await store.read("kept", "beacon"))?.username === username

/** Before the PIN: "ended" where the server says so. No answer, or no network: nothing is known. */
export async function standing() {
  const kept = await store.read("kept", "beacon")
  if (!kept) return "unknown"
  const answer = await ask("/f/standing", { method: "POST", body: JSON.stringify(kept) })
  if (!(await isNow(kept))) return "unknown"
  return answer.status === 410 && jsonOf(answer).state === "ended" ? "ended" : "stands"
}

/** How the silence stands: "fine", "locked" (asks for the server first), "over" (wipe). */
export async function silence(now = Date.now()) {
  const kept = await store.read("kept", "clock")
  if (!kept) return "fine"
  if (now > kept.seen) await store.put("kept", { ...kept, seen: now }, "clock").catch(() => {}) // no room
  const silent = Math.max(now, kept.seen) - kept.met
  if (silent > 2 * kept.hours * HOUR) return "over"
  return silent > kept.hours * HOUR || now < kept.seen - BACK ? "locked" : "fine"
}

export async function hoursLeft(now = Date.now()) {
  const kept = await store.read("kept", "clock")
  const silent = kept ? Math.max(0, now - kept.met) / HOUR : 0 // a clock set back gives no more hours
  return kept ? Math.max(0, Math.ceil(kept.hours - silent)) : 0
}

/**
 * Ask what is new and fetch it, what `first` says before the rest. `came(news)` keeps each form as
 * it comes: a network that goes away in the middle leaves what came. Raises Ended.
 */
export const contact = (came, first = () => false) => alone("contact", () => met(came, first))

async function met(came, first) {
  if (!vault.isOpen()) throw new Stalled() // locked while another page asked
  const own = await load()
  const auth = basic(own)
  const answer = await ask("/f/contact", { auth })
  if (answer.status === 401 && isOurs(answer)) throw new Ended()
  if (answer.status !== 200 || !isOurs(answer)) return
  const said = jsonOf(answer)
  if (!Array.isArray(said.forms)) throw new Stalled() // it did not come whole
  const now = Date.now()
  await store.put("kept", { met: now, seen: now, hours: said.silence_hours }, "clock")
  const about = { key: said.key ?? own.key, numbers: said.numbers }
  const there = new Map(own.forms.map((form) => [form.id, form]))
  await came(about) // whom to call is known before the longest form is here
  const bytes = new Map() // several forms ask for the same list: it comes once
  for (const wanted of [...said.forms].sort((a, b) => first(b) - first(a))) {
    const had = there.get(wanted.id)
    const form = await fetched(wanted, had, auth, bytes, now)
    if (!form) continue
    there.set(wanted.id, form)
    if (form.name !== had?.name) await came({ ...about, forms: [...there.values()] })
  }
  const forms = said.forms.map(({ id }) => there.get(id)).filter(Boolean)
  await came({ ...about, forms })
  await forgetForms(forms)
}

/** Fetch one version with its files, whole or not at all; what was there before stays till then. */
async function fetched({ version, md5: digest, address, files, ...said }, had, auth, known, met) {
  const mark = [version, digest, ...files.map((file) => file.md5)].join("|")
  const { id, title, titles, based_on: basis, based_on_in: bases } = said
  const named = { id, title, titles, basis, bases, met } // in every language: the app turns between them
  if (had?.mark === mark && (await store.read("forms", had.name))) return { ...had, ...named }
  const parts = []
  for (const each of [{ name: "form.xml", md5: digest, address }, ...files]) {
    const part = known.get(each.md5) ?? (await fetchedPart(each, auth))
    if (!part) return had
    known.set(each.md5, part)
    parts.push({ ...part, name: each.name })
  }
  const name = hex(random(8)) // says nothing of which form it is
  await vault.put("forms", { name, data: await vault.sealed(packed(parts), name) })
  return { ...named, mark, name }
}

/** Fetch one file: {type, bytes}; null where it is not what was promised. */
async function fetchedPart({ md5: digest, address }, auth) {
  const place = address.split("/").map(encodeURIComponent).join("/")
  const answer = await ask(place, { auth })
  const bytes = new Uint8Array(answer.bytes)
  if (answer.status !== 200 || (await md5(bytes)) !== digest) return null
  return { type: answer.headers.get("Content-Type") ?? "", bytes }
}

/** Versions that are not handed out any more go, unless a draft needs them or one is being filled in. */
async function forgetForms(known) {
  const needed = new Set(known.map(({ name }) => name))
  for (const draft of await drafts()) needed.add(draft.form)
  for (const { name } of await store.all("forms")) {
    if (!needed.has(name) && !(await isHeld(`form-${name}`))) await store.remove("forms", name)
  }
}

/** One version with its files: {xform, media(name)}; null where it is not here. */
export async function form(name) {
  const kept = await store.read("forms", name)
  if (!kept) return null
  const { parts } = unpacked(await vault.unsealed(kept.data, name).catch((reason) => damaged(name, reason)))
  const file = (wanted) => parts.find((part) => part.name === wanted)
  const media = async (wanted) => {
    const found = file(wanted)
    return found ? new Blob([found.bytes], { type: typeOf(wanted, found.type) }) : null
  }
  return { xform: textOf(file("form.xml").bytes), media }
}

/** What cannot be opened any more goes, so that it is fetched anew. */
async function damaged(name, reason) {
  if (reason.name === "OperationError") await store.remove("forms", name)
  throw reason
}

const TYPES = {
  png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", webp: "image/webp",
  mp3: "audio/mpeg", m4a: "audio/mp4", ogg: "audio/ogg", wav: "audio/wav", mp4: "video/mp4",
  csv: "text/csv", xml: "text/xml", geojson: "application/geo+json",
} // the server hands every file out as bytes only
const typeOf = (name, said) => TYPES[name.split(".").pop().toLowerCase()] ?? said

/** Drafts: {id, form, title, thread, at, xml, files}; what cannot be opened is left alone. */
export async function drafts() {
  const found = []
  for (const kept of await store.all("drafts")) {
    const draft = await opened(kept)
    if (draft) found.push(draft)
  }
  return found.sort((a, b) => a.at - b.at)
}

/** One draft as it lies there now; null where it is finished, thrown away, or cannot be opened. */
export async function draft(id) {
  const kept = await store.read("drafts", id)
  return kept ? opened(kept) : null
}

async function opened({ id, data }) {
  const bytes = await vault.unsealed(data, id).catch((reason) => {
    if (reason.name !== "OperationError") throw reason
  })
  if (!bytes) return null
  const { about, parts } = unpacked(bytes)
  const [xml, ...files] = parts
  return { ...about.draft, id, xml: textOf(xml.bytes), files: files.map(asFile) }
}

const asFile = ({ name, type, bytes }) => new File([bytes], name, { type })

export async function keepDraft({ id, form: name, title, thread, practice = "", xml, files }) {
  const parts = [{ name: "form.xml", type: "text/xml", bytes: bytesOf(xml) }]
  for (const file of files) {
    parts.push({ name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) })
  }
  const about = { draft: { form: name, title, thread, practice, at: Date.now() } }
  await vault.put("drafts", { id, data: await vault.sealed(packed(parts, { about }), id) })
}
