// Opens an XForm with ODK's engine and lets its state be followed. Nothing is stored, nothing asked
// of any server: lists and pictures come from `media`.
import { loadForm } from "@getodk/xforms-engine"
import { batch, createSignal } from "solid-js"

// Texts of the "guidance" form are joined to the hint by the engine; this letter of the private use
// area, put before them, lets them be told apart again, with whatever they take from the answers.
export const GUIDANCE = "\uE000"
const NOT_TEXT = new Set(["short", "big-image"])
const XML_PART = "xml_submission_file"
const LIST_TYPES = { csv: "text/csv", xml: "text/xml", geojson: "application/geo+json" }

/** An object of the engine whose properties can be followed. */
export function followable(object) {
  const made = {}
  for (const key of Object.keys(object)) {
    const [get, set] = createSignal(object[key])
    const take = (value) => set(() => value)
    Object.defineProperty(made, key, { get, set: take, enumerable: true, configurable: true })
  }
  return made
}

/** The form's text with guidance marked, and without forms of text that nobody reads here. */
export function prepared(xform) {
  const form = new DOMParser().parseFromString(xform, "text/xml")
  const texts = [...form.getElementsByTagName("value")].filter((value) => value.hasAttribute("form"))
  if (texts.length === 0) return xform
  for (const value of texts) {
    const kind = value.getAttribute("form")
    if (kind === "guidance") {
      value.removeAttribute("form")
      value.prepend(form.createTextNode(GUIDANCE))
      value.parentNode.append(value) // after the hint, wherever the author put it
    } else if (NOT_TEXT.has(kind)) {
      value.remove()
    }
  }
  return new XMLSerializer().serializeToString(form)
}

/** The name of a file of the form: the last part of jr://images/NAME. */
export const nameOf = (address) => decodeURIComponent(String(address).split("/").at(-1))

async function attachment(address, media) {
  const name = nameOf(address)
  const found = await media(name)
  if (found === null || found === undefined) return new Response(null, { status: 404 })
  const type = LIST_TYPES[name.split(".").at(-1).toLowerCase()]
  return new Response(found, type ? { headers: { "Content-Type": type } } : {})
}

function asData({ xml, files }) {
  const data = new FormData()
  data.set(XML_PART, new File([xml], XML_PART, { type: "text/xml" }))
  for (const file of files) data.set(file.name, file)
  return data
}

const randomName = ({ extension }) => `${crypto.randomUUID()}${(extension ?? "").toLowerCase()}`

/**
 * Open the form, empty or with what a draft holds; return the engine's root node.
 * Throws `Error` with the engine's reason where the form cannot be read. Call it inside a root of
 * solid-js: when that is disposed of, the engine lets everything go.
 */
export async function open({ xform, media, draft }) {
  const form = await loadForm(prepared(xform), {
    fetchFormAttachment: (address) => attachment(address, media),
    missingResourceBehavior: "BLANK",
  })
  if (form.status === "failure") throw new Error(form.error?.message ?? "The form cannot be read.")
  const config = {
    stateFactory: followable,
    instanceAttachments: { fileNameFactory: randomName },
    preloadProperties: { deviceID: "" }, // the server knows the device by its password
  }
  if (!draft) return form.createInstance(config).root
  const held = typeof draft === "string" ? { xml: draft, files: [] } : draft
  return (await form.restoreInstance({ data: [asData(held)] }, config)).root
}

/** Everything said so far: the instance's XML and the files its questions hold. */
export function answersOf(root) {
  const files = [...leavesOf(root)]
    .filter((node) => node.nodeType === "upload" && node.currentState.relevant)
    .map((node) => node.currentState.value)
    .filter((file) => file instanceof Blob)
  return batch(() => ({ xml: root.instanceState.instanceXML, files }))
}

/** Every question below a node, asked or not. */
export function* leavesOf(node) {
  const { children } = node.currentState
  if (children === null) yield node
  else for (const child of children) yield* leavesOf(child)
}
