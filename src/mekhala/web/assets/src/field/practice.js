// A form's twin: the same text under an id of its own, so that its answers say by themselves that
// they were filled to learn (`forms.practice` on the server says the same).
const PREFIX = "practice-"

/** Return the text of the twin of the form with this id. */
export function twinOf(xform, id) {
  const form = new DOMParser().parseFromString(xform, "text/xml")
  const root = form.querySelector("instance")?.firstElementChild
  if (root?.getAttribute("id") !== id) throw new Error("no twin")
  root.setAttribute("id", PREFIX + id)
  return new XMLSerializer().serializeToString(form)
}
