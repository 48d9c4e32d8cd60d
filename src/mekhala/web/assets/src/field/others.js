// Other pages of the app on the same phone: when one is locked by hand, or finds that the phone was
// emptied, none of them stays open.
const channel = "BroadcastChannel" in window ? new BroadcastChannel("notes") : null

export const tell = (what) => channel?.postMessage(what)

/** `acts`: what to do on each word that comes, with what came beside it. */
export const hear = (acts) =>
  channel?.addEventListener("message", ({ data: { word, why } }) => acts[word]?.(why))
