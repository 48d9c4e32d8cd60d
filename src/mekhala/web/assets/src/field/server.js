// Asking the server: no cookie, nothing in an address, a patience of its own.
export class NoNetwork extends Error {}
export class Stalled extends Error {}

const PATIENCE = 45_000 // for an answer; sending gets a second more for each 8 kB
const BYTES_A_SECOND = 8_000

/** Return the answer; raise NoNetwork where none comes at all, Stalled where it does not end. */
export async function ask(path, { method = "GET", body, headers = {}, auth } = {}) {
  const patience = PATIENCE + ((body?.length ?? 0) / BYTES_A_SECOND) * 1000
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patience)
  const said = auth ? { Authorization: auth, "X-OpenRosa-Version": "1.0", ...headers } : headers
  try {
    const response = await fetch(path, {
      method,
      body,
      headers: said,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: stop.signal,
    })
    return { status: response.status, headers: response.headers, bytes: await response.arrayBuffer() }
  } catch {
    throw stop.signal.aborted ? new Stalled() : new NoNetwork()
  } finally {
    clearTimeout(timer)
  }
}

export function jsonOf({ bytes }) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return {} // somebody's sign-in page
  }
}

export const basic = ({ username, password }) => `Basic ${btoa(`${username}:${password}`)}`

/** A 401 counts as ours only with our mark: a hotel's network may answer anything. */
export const isOurs = ({ headers }) => headers.get("X-OpenRosa-Version") === "1.0"

export const waitOf = ({ headers }) => {
  const said = Number.parseInt(headers.get("Retry-After") ?? "", 10)
  return Number.isFinite(said) && said > 0 ? Math.min(said, 3600) : 60
}
