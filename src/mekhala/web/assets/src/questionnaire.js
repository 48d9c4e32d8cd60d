// Draws one XForm on a page and sends the finished form to our own address.
//
// The page holds:
//   <div id="questionnaire"
//     data-form-url         address of the form's XML
//     data-submit-url       where the finished form is posted
//     data-csrf-token       the token of this page
//     data-attachments-url  (optional) folder of the form's pictures and lists, ending in "/"
//     data-done-url         (optional) where to go when the form was received;
//                           without it an empty form is drawn for the next person
//     data-text-loading  data-text-unreadable  data-text-sending  data-text-received
//     data-text-offline  data-text-refused     data-text-incomplete   words, already translated
//   ></div>
//   <div id="questionnaire-status" role="status" class="govuk-inset-text"></div>
import { createApp, h } from "vue"
import { OdkWebForm, POST_SUBMIT__NEW_INSTANCE, webFormsPlugin } from "@getodk/web-forms"

const place = document.getElementById("questionnaire")
const status = document.getElementById("questionnaire-status")
const words = place.dataset

function say(text, detail = "") {
  status.textContent = detail ? `${text} ${detail}` : text
  // The button stands at the foot of a long form: bring the answer to where the eyes are.
  status.scrollIntoView({ block: "center" })
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

async function send(payload, afterwards) {
  // "Monolithic": all answers and attachments are in one multipart body.
  const [body] = [payload.data].flat()
  if (payload.status !== "ready") {
    say(words.textIncomplete)
    return
  }
  say(words.textSending)
  let response
  try {
    response = await fetch(words.submitUrl, {
      method: "POST",
      body,
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
  if (words.doneUrl) window.location.replace(words.doneUrl)
  else afterwards({ next: POST_SUBMIT__NEW_INSTANCE })
}

/** The engine asks for jr://file/NAME; ours lie in one folder, or there are none. */
async function fetchFormAttachment(url) {
  const name = String(url).split("/").pop()
  if (!words.attachmentsUrl) return new Response(null, { status: 404 })
  return fetch(words.attachmentsUrl + name, { credentials: "same-origin" })
}

async function draw() {
  say(words.textLoading)
  const response = await fetch(words.formUrl, { credentials: "same-origin" })
  if (!response.ok) throw new Error(String(response.status))
  const formXml = await response.text()
  const root = () =>
    h(OdkWebForm, {
      formXml,
      fetchFormAttachment,
      missingResourceBehavior: "BLANK",
      onSubmit: send,
    })
  createApp({ render: root }).use(webFormsPlugin).mount(place)
  status.textContent = ""
}

// The component leaves some of its fields without a name for those who hear the page: each takes
// the words of its own question. Fields come and go with the answers, so this watches.
const UNNAMED = "input:not([type=radio]):not([type=checkbox]), textarea, [role=spinbutton], [role=combobox]"

function nameFields() {
  for (const field of place.querySelectorAll(UNNAMED)) {
    if (field.getAttribute("aria-label") || field.labels?.length) continue
    const question = field.closest(".question-container")
    const text = question?.querySelector(".control-text, label, legend")?.textContent.trim()
    if (text) field.setAttribute("aria-label", text)
  }
}

new MutationObserver(nameFields).observe(place, { childList: true, subtree: true })

draw().catch(() => say(words.textUnreadable))
