// "Leave this page": in one step, by the link or by three presses of Shift. location.replace takes
// this page out of the tab's history; what the browser remembers besides stays, and the page says so.
export function leave() {
  const { leave: away, calendar } = document.documentElement.dataset
  document.documentElement.hidden = true
  window.location.replace(navigator.onLine ? away : calendar)
}
