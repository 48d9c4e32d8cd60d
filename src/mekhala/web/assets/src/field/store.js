// What stays on the phone: one IndexedDB database, every change in one transaction.
//
//   kept    one record under a name: "lock" (how the PIN opens), "beacon", "own" (sealed), "clock"
//   drafts  {id, data}  forms begun, sealed under the PIN
//   queue   {place, envelope, thread, version, body, at, state, receipt, code, after, tries}
//   forms   {name, data} one version of a form with its files, sealed under the PIN
//
// Steps are never edited: a new shape is a new step, which carries along what is there. An update
// of the app therefore never loses a queue.
export const NAME = "notes"

const STEPS = [
  (db) => {
    db.createObjectStore("kept")
    db.createObjectStore("drafts", { keyPath: "id" })
    db.createObjectStore("queue", { keyPath: "place", autoIncrement: true })
  },
  (db, transaction) => {
    // Forms come with their files, and what is about one person keeps its order.
    db.createObjectStore("forms", { keyPath: "name" })
    const queue = transaction.objectStore("queue")
    queue.createIndex("envelope", "envelope", { unique: true })
    queue.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return
      if (!cursor.value.thread) cursor.update({ ...cursor.value, thread: cursor.value.envelope })
      cursor.continue()
    }
  },
]

export const SCHEMA = STEPS.length

/** A newer app was here: what it keeps is not ours to read. Nothing is lost by it. */
export class NewerApp extends Error {}

let opened = null

export function open() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, SCHEMA)
    asked.onupgradeneeded = ({ oldVersion }) => {
      for (const step of STEPS.slice(oldVersion)) step(asked.result, asked.transaction)
    }
    asked.onerror = () =>
      failed(asked.error?.name === "VersionError" ? new NewerApp() : asked.error)
    asked.onsuccess = () => {
      const db = asked.result
      // A newer app in another tab wants to change the shape: let it, and read anew.
      db.onversionchange = () => {
        db.close()
        opened = null
        window.location.reload()
      }
      db.onclose = () => {
        opened = null
      }
      done(db)
    }
  })
  opened.catch(() => {
    opened = null
  })
  return opened
}

const answered = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })

export async function read(store, key) {
  const db = await open()
  return answered(db.transaction(store).objectStore(store).get(key))
}

export async function all(store) {
  const db = await open()
  return answered(db.transaction(store).objectStore(store).getAll())
}

/** Do `act` on `stores` whole or not at all; done when it lies on the disk. */
export async function change(stores, act) {
  const db = await open()
  return new Promise((done, failed) => {
    const transaction = db.transaction(stores, "readwrite", { durability: "strict" })
    let said
    transaction.oncomplete = () => done(said)
    transaction.onabort = () => failed(transaction.error ?? new Error("aborted"))
    said = act((name) => transaction.objectStore(name))
  })
}

export const put = (store, value, key) => change([store], (of) => void of(store).put(value, key))
export const remove = (store, key) => change([store], (of) => void of(store).delete(key))

/** Forget everything but what is sealed and not yet received: nobody here can read that. */
export const wipe = () =>
  change(["kept", "drafts", "forms", "queue"], (of) => {
    for (const name of ["kept", "drafts", "forms"]) of(name).clear()
    of("queue").openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return
      if (cursor.value.state === "received" || cursor.value.state === "held") cursor.delete()
      cursor.continue()
    }
  })
