// Elements that follow the engine's state. A function given as an attribute, a property or a child
// is asked again whenever what it read has changed; its old nodes and what they followed are let go.
import { createRenderEffect, createRoot, getOwner, onCleanup, untrack } from "solid-js"

const PROPERTIES = new Set(["checked", "disabled", "hidden", "value", "selected", "multiple"])

/** Make an element: `el("p", { class: "x", lang: () => code() }, "text", () => words("key"))`. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2).toLowerCase(), value)
    else if (typeof value === "function") createRenderEffect(() => set(made, name, value()))
    else set(made, name, value)
  }
  append(made, children)
  return made
}

function set(element, name, value) {
  if (PROPERTIES.has(name)) {
    if (element[name] !== value) element[name] = value ?? ""
  } else if (value === null || value === undefined || value === false) {
    element.removeAttribute(name)
  } else {
    element.setAttribute(name, value === true ? "" : value)
  }
}

/** Append texts, nodes, lists of them, and functions that give them. */
export function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue
    if (typeof child === "function") follow(parent, child)
    else parent.append(child)
  }
}

/** Keep what `give` returns between two markers. */
function follow(parent, give) {
  const [start, end] = [document.createComment(""), document.createComment("")]
  parent.append(start, end)
  createRenderEffect(() => {
    const fresh = document.createDocumentFragment()
    append(fresh, [give()])
    while (start.nextSibling !== end) start.nextSibling.remove()
    end.before(fresh)
  })
}

/** One built element for each of `give()`, kept as long as its key is; moved, never built again. */
export function each(parent, give, keyOf, build) {
  const owner = getOwner()
  const kept = new Map()
  onCleanup(() => {
    for (const { dispose } of kept.values()) dispose()
  })
  createRenderEffect(() => {
    const items = give()
    untrack(() => {
      const keys = new Set(items.map(keyOf))
      for (const [key, { node, dispose }] of kept) {
        if (keys.has(key)) continue
        dispose()
        node.remove()
        kept.delete(key)
      }
      let before = parent.firstChild
      for (const item of items) {
        const key = keyOf(item)
        if (!kept.has(key)) {
          kept.set(key, createRoot((dispose) => ({ node: build(item), dispose }), owner))
        }
        const { node } = kept.get(key)
        if (node === before) before = before.nextSibling
        else parent.insertBefore(node, before)
      }
    })
  })
  return parent
}
