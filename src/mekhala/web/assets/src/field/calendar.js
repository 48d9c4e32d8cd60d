// A month on a page: nothing else, in the language of the phone.
const now = new Date()
const language = navigator.language
const words = (of, how) => new Intl.DateTimeFormat(language, how).format(of)
const first = new Date(now.getFullYear(), now.getMonth(), 1)
const days = new Date(now.getFullYear(), now.getMonth() + 1, 0).getDate()
const before = (first.getDay() + 6) % 7 // Monday first
const cells = [...Array(before).fill(""), ...Array.from({ length: days }, (_, day) => day + 1)]

document.documentElement.lang = language
document.getElementById("month").textContent = words(now, { month: "long", year: "numeric" })
const table = document.getElementById("days")
const head = table.createTHead().insertRow()
for (let day = 0; day < 7; day += 1) {
  const cell = document.createElement("th")
  cell.scope = "col"
  cell.textContent = words(new Date(2024, 0, 1 + day), { weekday: "short" })
  head.append(cell)
}
for (let at = 0; at < cells.length; at += 7) {
  const row = table.insertRow()
  for (const day of cells.slice(at, at + 7)) {
    const cell = row.insertCell()
    cell.textContent = day
    if (day === now.getDate()) cell.setAttribute("aria-current", "date")
  }
}
