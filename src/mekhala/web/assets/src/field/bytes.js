// Several pieces of bytes as one: four bytes of length, a list of the pieces as JSON, the pieces.
// What is sealed for the server and what is kept under the PIN are both written like this.
const TEXT = new TextEncoder()
const WORDS = new TextDecoder()

export const bytesOf = (text) => TEXT.encode(text)
export const textOf = (bytes) => WORDS.decode(bytes)

/** `parts`: [{name, type, bytes}]; `block`: filled with zeros up to a multiple of it. */
export function packed(parts, { about = {}, block = 1 } = {}) {
  const listed = parts.map(({ name, type, bytes }) => ({ name, type, size: bytes.length }))
  const head = bytesOf(JSON.stringify({ v: 1, ...about, parts: listed }))
  const length = parts.reduce((sum, part) => sum + part.bytes.length, 4 + head.length)
  const whole = new Uint8Array(Math.ceil(length / block) * block)
  new DataView(whole.buffer).setUint32(0, head.length)
  whole.set(head, 4)
  let at = 4 + head.length
  for (const { bytes } of parts) {
    whole.set(bytes, at)
    at += bytes.length
  }
  return whole
}

export function unpacked(whole) {
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0)
  const about = JSON.parse(textOf(whole.subarray(4, 4 + length)))
  let at = 4 + length
  const parts = about.parts.map(({ name, type, size }) => {
    const bytes = whole.subarray(at, at + size)
    at += size
    return { name, type, bytes }
  })
  return { about, parts }
}

export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
export const random = (count) => crypto.getRandomValues(new Uint8Array(count))
export const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
