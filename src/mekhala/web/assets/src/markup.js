// Takes out of a piece of markup what could run. Text becomes markup only after this.
const NEVER = "script, iframe, frame, object, embed, base, meta, link, style"
const LEADS = ["href", "src", "action", "formaction", "xlink:href", "srcdoc"]
const RUNS = /^[\s\u0000-\u001f]*(javascript|data|vbscript)\s*:/i

function clean(root) {
  for (const element of root.querySelectorAll(NEVER)) element.remove()
  for (const element of root.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      const lower = name.toLowerCase()
      const runs = LEADS.includes(lower) && (lower === "srcdoc" || RUNS.test(value))
      if (lower.startsWith("on") || runs) element.removeAttribute(name)
    }
    if (element instanceof HTMLTemplateElement) clean(element.content)
  }
}

/** Text as markup that nothing runs in. `inert` is the policy that only lets this function read. */
export function cleaned(text, inert) {
  const template = document.createElement("template")
  template.innerHTML = inert.createHTML(text)
  clean(template.content)
  return template.innerHTML
}
