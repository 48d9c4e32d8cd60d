// What is finished waits here, sealed, until it is received. Sent in order; what waits about one
// person holds back only what came later about the same person. A row is there whole or not at all.
import { sealFor } from "./sealing.js"
import { ask, basic, isOurs, jsonOf, NoNetwork, Stalled, waitOf } from "./server.js"
import { alone } from "./holding.js"
import * as spare from "./spare.js"
import * as store from "./store.js"

export const KEPT = 50 // rows that say what became of something
const TAKEN = ["received", "held"]
const FIRST_WAIT = 5_000
const LONGEST_WAIT = 15 * 60_000
const LONGEST_ASKED = 3_600_000 // by the server

export const rows = async () => (await store.all("queue")).sort((a, b) => a.place - b.place)
export const isWaiting = ({ state }) => state === "waiting"

/**
 * Seal what is finished; the draft goes in the same transaction in which the envelope comes. The
 * spare copy comes first: after a cut between the two `restore` does what was left to do.
 */
export async function finish({ key, xml, files, thread, draft }) {
  const { envelope, version, body } = await sealFor(key, { xml, files })
  const row = { envelope, version, body, thread, at: Date.now() }
  await alone("finishing", async () => {
    await spare.keep({ ...row, draft })
    try {
      await store.change(["queue", "drafts"], (of) => added(of, row, draft))
    } catch (reason) {
      await spare.remove(envelope) // it is no more finished than before
      throw reason
    }
  })
}

function added(of, row, draft) {
  of("queue").add({ ...row, state: "waiting", after: 0, tries: 0 })
  if (draft) of("drafts").delete(draft)
}

/** Take back into the queue what lies in the spare copy only; let go there of what was received. */
export const restore = () =>
  alone("finishing", async () => {
    for (const { draft, ...row } of await spare.all()) {
      const had = await store.change(["queue", "drafts"], (of) => {
        const found = { row: null }
        const asked = of("queue").index("envelope").get(row.envelope)
        asked.onsuccess = () => {
          found.row = asked.result
          if (!found.row) added(of, row, draft)
        }
        return found
      })
      if (had.row && TAKEN.includes(had.row.state)) await spare.remove(row.envelope)
    }
  })

/**
 * Send what waits. `told()` after each change; returns "ended" where the phone was ended.
 * `now`: whatever waits; `isBack`: also what found no network, for there may be one again.
 */
export const send = (own, told, how = {}) => alone("sending", () => sendAll(basic(own), told, how))

/** How long it is held back, in ms. A clock that was years ahead and is set right holds back nothing. */
const heldFor = ({ after }, at = Date.now()) => (after - at > LONGEST_ASKED ? 0 : Math.max(0, after - at))

async function sendAll(auth, told, { now = false, isBack = false }) {
  const stopped = new Set()
  for (const { place } of (await rows()).filter(isWaiting)) {
    const row = await store.read("queue", place) // as it is now: another tab may have sent it
    if (!row || !isWaiting(row) || stopped.has(row.thread)) continue
    const anew = isBack && row.code === "no_network"
    if (heldFor(row) && !now && !anew) {
      stopped.add(row.thread)
      continue
    }
    const became = await sendOne(anew ? { ...row, tries: 0 } : row, auth)
    if (became === "ended") return "ended"
    await store.put("queue", became)
    if (TAKEN.includes(became.state)) await spare.remove(became.envelope)
    if (became.state !== row.state || became.code !== row.code) await told()
    if (isWaiting(became)) stopped.add(row.thread)
    if (["no_network", "stranger", "slow_down", "later"].includes(became.code)) break // all would meet the same
  }
  await tidy()
  return "done"
}

async function sendOne(row, auth) {
  const headers = {
    "Content-Type": "application/octet-stream",
    Envelope: row.envelope,
    "Envelope-Key": String(row.version),
  }
  let answer
  try {
    answer = await ask("/f/sealed", { method: "POST", body: row.body, headers, auth })
  } catch (reason) {
    if (reason instanceof NoNetwork) return again(row, "no_network")
    if (reason instanceof Stalled) return again(row, "stalled")
    throw reason
  }
  return outcome(row, answer)
}

/** What an answer makes of a row. Only an answer of ours with a receipt lets go of the envelope. */
export function outcome(row, answer) {
  const { status } = answer
  const said = isOurs(answer) ? jsonOf(answer) : {}
  const taken = { 201: "received", 202: "received", 409: "held" }[status]
  if (taken && said.state === taken && said.receipt) {
    return { ...row, state: taken, receipt: said.receipt, body: null, code: said.code === "not_used" ? "not_used" : "", at: Date.now() }
  }
  if (!isOurs(answer)) return again(row, "stranger")
  if (status === 401) return "ended"
  if (status === 429) return { ...again(row, "slow_down"), after: Date.now() + waitOf(answer) * 1000 }
  if (status === 503) return { ...again(row, "later"), after: Date.now() + waitOf(answer) * 1000 }
  if (status === 413) return { ...row, state: "refused", code: "too_large" }
  if (status === 403) return { ...row, state: "refused", code: "not_allowed" }
  if (status === 400 && said.state === "malformed") return { ...row, state: "refused", code: "malformed" }
  return again(row, "failed")
}

function again(row, code) {
  const tries = row.tries + 1
  const wait = Math.min(FIRST_WAIT * 2 ** Math.min(tries - 1, 12), LONGEST_WAIT)
  return { ...row, code, tries, after: Date.now() + wait }
}

/** Refused ones may be tried again by hand: what stood in the way may be gone. */
export const retry = (place) =>
  store.change(["queue"], (of) => {
    const asked = of("queue").get(place)
    asked.onsuccess = () => {
      if (asked.result?.state !== "refused") return // another page tried it again
      of("queue").put({ ...asked.result, state: "waiting", after: 0, tries: 0 })
    }
  })

async function tidy() {
  const done = (await rows()).filter(({ state }) => TAKEN.includes(state))
  const old = done.slice(0, Math.max(0, done.length - KEPT))
  if (old.length) {
    await store.change(["queue"], (of) => {
      for (const { place } of old) of("queue").delete(place)
    })
  }
}

/** When the next row may be sent by itself, in ms; null where nothing waits. */
export async function nextIn() {
  const waiting = (await rows()).filter(isWaiting)
  if (!waiting.length) return null
  return Math.max(1_000, Math.min(...waiting.map((row) => heldFor(row))))
}
