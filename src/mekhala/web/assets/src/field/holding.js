// What one page of the app holds while it works, for a phone may have it open twice: another page
// waits, or keeps off. Without locks in the browser this page is alone.
const named = (what) => `notes-${what}`

/** Do `work` while no other page does the same. */
export const alone = (what, work) =>
  navigator.locks ? navigator.locks.request(named(what), work) : work()

/** Hold `what` till let go: returns the letting go, or null where another page holds it. */
export function hold(what, mode = "exclusive") {
  if (!navigator.locks) return Promise.resolve(() => {})
  return new Promise((done, failed) => {
    const held = (lock) => (lock ? new Promise((letGo) => done(letGo)) : done(null))
    navigator.locks.request(named(what), { mode, ifAvailable: true }, held).catch(failed)
  })
}

/** Whether any page holds `what` now. */
export async function isHeld(what) {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  return held.some(({ name }) => name === named(what))
}
