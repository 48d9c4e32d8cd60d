// Single keys on the review page, told by their place on the keyboard: they work while Khmer is the
// layout. They are off where somebody writes, with Ctrl, Alt or Meta held, and where turned off.
const WRITING = "input, textarea, select, [contenteditable]"

export function watchTheReview(page) {
  const heading = page.querySelector("[data-review-heading]:not([data-review-stays])")
  heading?.focus({ preventScroll: true })
  const review = page.querySelector("[data-review-keys]")
  if (!review) return
  let sent = false
  page.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.altKey || event.metaKey || event.repeat
    if (held || sent || event.target.closest(WRITING)) return
    const button = buttonFor(review, event)
    if (!button) return
    event.preventDefault()
    sent = button.matches("button")
    button.click()
  })
}

function buttonFor(review, event) {
  if (event.code === "Slash" && event.shiftKey) return review.querySelector("[data-review-help] summary")
  if (event.shiftKey) return null
  if (event.code === "KeyZ") return review.querySelector("[data-review-undo]")
  return review.querySelector(`[data-review-answer="${CSS.escape(event.code)}"]`)
}
