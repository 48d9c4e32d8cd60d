// What the PIN opens. One data key seals drafts, forms and the phone's own password. It is wrapped
// twice: by a key made from the PIN (Argon2id, RFC 9106: 64 MiB, 3 passes), and by a key of this
// browser that scripts cannot read out (WebCrypto, not extractable). Ten wrong PINs wipe; a try is
// counted before it is made, so that pulling the battery gives no tries for nothing.
//
// Honest limits: a copy of the disk holds the browser's key too, and a PIN of six digits then lasts
// minutes to hours. Finished answers do not depend on any of this: see sealing.js.
import { argon2id } from "hash-wasm"
import { bytesOf, random } from "./bytes.js"
import * as store from "./store.js"

export const TRIES = 10
export const SHORTEST = 6
const COST = { memorySize: 64 * 1024, iterations: 3, parallelism: 1, hashLength: 32 }
const AES = { name: "AES-GCM", length: 256 }

/** The phone was emptied meanwhile, or set up anew, by another page of the app. */
export class Gone extends Error {}

let key = null // CryptoKey of the data key, only while the app is open
let salt = null // of the lock it came from

export const isOpen = () => key !== null
export const close = () => {
  key = null
  salt = null
}

const isSame = (lock, mine) => Boolean(mine && lock) && lock.salt.every((byte, at) => byte === mine[at])

/** Whether anybody would try this PIN first. */
export function isGuessed(pin) {
  const steps = [...pin].slice(1).map((sign, at) => sign.codePointAt(0) - pin.codePointAt(at))
  const same = (by) => steps.every((step) => step === by)
  const half = pin.slice(0, pin.length / 2)
  return same(0) || same(1) || same(-1) || half + half === pin || half.repeat(3) === pin
}

const fromPin = async (pin, { salt, cost }) => {
  const raw = await argon2id({ password: pin.normalize("NFC"), salt, ...cost, outputType: "binary" })
  return crypto.subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"])
}

async function lock(under, bytes, about) {
  const iv = random(12)
  const how = { name: "AES-GCM", iv, additionalData: bytesOf(about) }
  return { iv, data: new Uint8Array(await crypto.subtle.encrypt(how, under, bytes)) }
}

async function unlock(under, { iv, data }, about) {
  const how = { name: "AES-GCM", iv, additionalData: bytesOf(about) }
  return new Uint8Array(await crypto.subtle.decrypt(how, under, data))
}

/** A new data key under this PIN; returns the record to keep as "lock". The vault is open then. */
export async function make(pin) {
  const raw = random(32)
  const made = random(16)
  const device = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"])
  const inner = await lock(await fromPin(pin, { salt: made, cost: COST }), raw, "pin")
  const joined = new Uint8Array([...inner.iv, ...inner.data])
  const outer = await lock(device, joined, "device")
  key = await crypto.subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"])
  raw.fill(0)
  salt = made
  return { salt, cost: COST, device, outer, wrong: 0 }
}

/** Try a PIN: true, false, "wiped" after the tenth wrong one, "gone" where there is nothing to open. */
export async function unlockWith(pin) {
  const kept = await store.change(["kept"], (of) => {
    const found = {}
    const asked = of("kept").get("lock")
    asked.onsuccess = () => {
      if (!asked.result) return
      Object.assign(found, asked.result)
      of("kept").put({ ...asked.result, wrong: asked.result.wrong + 1 }, "lock")
    }
    return found
  })
  if (!kept.device) return "gone"
  try {
    const joined = await unlock(kept.device, kept.outer, "device")
    const inner = { iv: joined.slice(0, 12), data: joined.slice(12) }
    const raw = await unlock(await fromPin(pin, kept), inner, "pin")
    key = await crypto.subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"])
    raw.fill(0)
    salt = kept.salt
  } catch {
    if (kept.wrong + 1 < TRIES) return false
    await store.wipe()
    return "wiped"
  }
  await put("kept", { ...kept, wrong: 0 }, "lock")
  return true
}

export const triesLeft = async () => TRIES - ((await store.read("kept", "lock"))?.wrong ?? 0)

/** Bytes under the data key, bound to what they are. */
export const sealed = (bytes, about) => lock(key, bytes, about)
export const unsealed = (data, about) => unlock(key, data, about)

/** Put what was sealed here. Raises Gone: nothing is written under a lock that is not there any more. */
export async function put(name, value, at) {
  const mine = salt
  const said = await store.change(["kept", name], (of) => {
    const found = { isSame: false }
    const asked = of("kept").get("lock")
    asked.onsuccess = () => {
      found.isSame = isSame(asked.result, mine)
      if (found.isSame) of(name).put(value, at)
    }
    return found
  })
  if (!said.isSame) throw new Gone()
}
