// Draws one XForm on a page, whole, and sends the finished form to our own address.
//
// The page holds:
//   <div id="questionnaire"
//     data-form-url         address of the form's XML
//     data-submit-url       where the finished form is posted
//     data-csrf-token       the token of this page
//     data-language         code of the language to begin in
//     data-attachments-url  folder of the form's pictures, sounds and lists, ending in "/"
//     data-done-url         (optional) where to go when the form was received
//     data-text-loading  data-text-unreadable  data-text-sending  data-text-received
//     data-text-offline  data-text-refused     words, already translated
//   ></div>
//   <script id="questionnaire-words" type="application/json">: words of the form's frame, by language
//   <script id="questionnaire-files" type="application/json">: names of the files that are there
//   <div id="questionnaire-status" role="status" class="govuk-inset-text"></div>
import { openForm } from "./field/form.js"

const place = document.getElementById("questionnaire")
const status = document.getElementById("questionnaire-status")
const words = place.dataset
const held = (id) => JSON.parse(document.getElementById(id).textContent)
const [said, there] = [held("questionnaire-words"), held("questionnaire-files")]

function say(text, detail = "") {
  status.textContent = detail ? `${text} ${detail}` : text
  // The button stands at the foot of a long form: bring the answer to where the eyes are.
  if (text) status.scrollIntoView({ block: "center" })
}

/** What the server said, from an OpenRosa answer or a plain one; empty if it said nothing readable. */
async function messageOf(response) {
  const type = response.headers.get("Content-Type") ?? ""
  const text = await response.text()
  if (type.includes("xml")) {
    const answer = new DOMParser().parseFromString(text, "text/xml")
    return answer.querySelector("message")?.textContent.trim() ?? ""
  }
  return type.startsWith("text/plain") ? text.trim() : ""
}

/** One multipart body: the answers and every file beside them. */
function bodyOf({ xml, files }) {
  const body = new FormData()
  body.set("xml_submission_file", new File([xml], "xml_submission_file", { type: "text/xml" }))
  for (const file of files) body.set(file.name, file)
  return body
}

async function send(answers) {
  say(words.textSending)
  let response
  try {
    response = await fetch(words.submitUrl, {
      method: "POST",
      body: bodyOf(answers),
      headers: { "X-CSRFToken": words.csrfToken, "X-OpenRosa-Version": "1.0" },
      credentials: "same-origin",
      redirect: "error",
    })
  } catch {
    say(words.textOffline)
    return
  }
  const message = await messageOf(response)
  // Only 201 and 202 mean "kept" in OpenRosa; a 200 may be somebody's sign-in page.
  if (response.status !== 201 && response.status !== 202) {
    say(words.textRefused, message)
    return
  }
  say(words.textReceived, message)
  form.close()
  if (words.doneUrl) window.location.replace(words.doneUrl)
}

/** A picture, a sound or a list of the form; null if the register has none of that name. */
async function media(name) {
  if (!there.includes(name)) return null
  const response = await fetch(words.attachmentsUrl + encodeURIComponent(name), { credentials: "same-origin" })
  return response.ok ? response.blob() : null
}

async function draw() {
  say(words.textLoading)
  const response = await fetch(words.formUrl, { credentials: "same-origin" })
  if (!response.ok) throw new Error(String(response.status))
  const opened = await openForm(place, {
    xform: await response.text(),
    media,
    language: words.language,
    words: (code) => said[code] ?? said.en,
    view: "whole",
    onFinish: send,
  })
  say("")
  return opened
}

const form = await draw().catch(() => say(words.textUnreadable))
