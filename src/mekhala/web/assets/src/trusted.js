// Trusted Types: text becomes markup only here. Whatever a script of ours, or one we ship, writes
// into a page passes this policy, which takes out what could run. Text never becomes a script.
// The second policy only lets the first one read: what it makes goes into an inert template.
import { cleaned } from "./markup.js"

if (window.trustedTypes?.createPolicy) {
  const inert = window.trustedTypes.createPolicy("mekhala-inert", { createHTML: (text) => text })
  window.trustedTypes.createPolicy("default", { createHTML: (text) => cleaned(text, inert) })
}
