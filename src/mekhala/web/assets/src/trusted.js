// Trusted Types: text becomes markup only here. Whatever a script of ours, or one we ship, writes
// into a page passes this policy, which takes out what could run. Text never becomes a script.
// The second policy only lets the first one read: what it makes goes into an inert template.
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

if (window.trustedTypes?.createPolicy) {
  const inert = window.trustedTypes.createPolicy("mekhala-inert", { createHTML: (text) => text })
  window.trustedTypes.createPolicy("default", {
    createHTML(text) {
      const template = document.createElement("template")
      template.innerHTML = inert.createHTML(text)
      clean(template.content)
      return template.innerHTML
    },
  })
}
