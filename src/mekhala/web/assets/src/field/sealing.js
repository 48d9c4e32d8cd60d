// A finished form is sealed to the server's public key: HPKE (RFC 9180, base mode, X25519,
// HKDF-SHA256, AES-256-GCM) carries a key of its own, which seals the contents. The key is gone
// when this function ends: the phone cannot read it again. forms/services/sealed.py opens it.
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core"
import { bytesOf, fromBase64, hex, packed, random } from "./bytes.js"

const SUITE = { kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() }
const BLOCK = 4096 // lengths say little

/** `files`: File or Blob with a name. Returns {envelope, version, body}. */
export async function sealFor({ version, public: shown }, { xml, files }) {
  const envelope = hex(random(16))
  const bound = bytesOf(`sealed answers|${envelope}|${version}`)
  const parts = [{ name: "xml_submission_file", type: "text/xml", bytes: bytesOf(xml) }]
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer())
    parts.push({ name: file.name, type: file.type, bytes })
  }
  const plain = packed(parts, { block: BLOCK })
  const raw = random(32)
  const nonce = random(12)
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"])
  const how = { name: "AES-GCM", iv: nonce, additionalData: bound }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, plain))
  const suite = new CipherSuite(SUITE)
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64(shown).buffer)
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: bound.buffer }, raw)
  plain.fill(0)
  raw.fill(0)
  const body = new Uint8Array(await new Blob([enc, ct, nonce, sealed]).arrayBuffer())
  return { envelope, version, body }
}
