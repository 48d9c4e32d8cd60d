// Trusted Types of the app: as on the other pages, and two things more. The engine reads its forms
// as XML with DOMParser, whose documents run nothing; and one worker of ours is registered.
import { cleaned } from "../markup.js"

export const WORKER = "/f/worker.js"
let ours = { createScriptURL: (address) => address }

if (window.trustedTypes?.createPolicy) {
  const inert = window.trustedTypes.createPolicy("notes-inert", { createHTML: (text) => text })
  window.trustedTypes.createPolicy("default", {
    createHTML: (text, _kind, sink) =>
      sink === "DOMParser parseFromString" ? text : cleaned(text, inert),
  })
  ours = window.trustedTypes.createPolicy("notes", {
    createScriptURL(address) {
      if (address !== WORKER) throw new TypeError("no script of ours")
      return address
    },
  })
}

export const workerAddress = () => ours.createScriptURL(WORKER)
