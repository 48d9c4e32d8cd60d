// A second copy of each envelope until it is received, apart from the store of the app: a browser
// that finds its store damaged after a cut begins a new one, and with the old one all that waited
// would be gone (docs/decisions/notes-in-a-browser.md). It holds what nobody here can read.
const NAME = "sealed" // the worker clears away only what begins with "notes-"
const PLACE = "/f/sealed/"
const ABOUT = "X-About"

const place = (envelope) => `${PLACE}${envelope}`

/** Keep one; a browser that cannot goes without, for the store holds it too. */
export async function keep({ body, ...about }) {
  try {
    const kept = await caches.open(NAME)
    await kept.put(place(about.envelope), new Response(body, { headers: { [ABOUT]: JSON.stringify(about) } }))
  } catch {
    return false
  }
  return true
}

export async function remove(envelope) {
  try {
    await (await caches.open(NAME)).delete(place(envelope))
  } catch {} // asked for again when the app is next opened
}

/** What lies here, oldest first: {envelope, body, version, thread, at, draft}. */
export async function all() {
  if (!(await globalThis.caches?.has(NAME))) return []
  const kept = await caches.open(NAME)
  const found = []
  for (const request of await kept.keys()) {
    const answer = await kept.match(request)
    const about = JSON.parse(answer.headers.get(ABOUT))
    found.push({ ...about, body: new Uint8Array(await answer.arrayBuffer()) })
  }
  return found.sort((a, b) => a.at - b.at)
}
