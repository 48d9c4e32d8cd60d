// A drawing or signature with a finger; who cannot draw takes a picture instead.
import { onCleanup } from "solid-js"
import { el } from "../dom.js"
import { file, isTaken } from "./file.js"

const WIDTH = 640
const HEIGHT = 400
const LINE = 4
const KINDS = ["draw", "signature", "annotate"]

/** Whether a question wants a drawing. */
export const isDrawn = (node) => KINDS.some((kind) => node.appearances[kind])

export function drawing(q) {
  const { ctx, node } = q
  if (!isTaken(ctx, node)) return file(q)
  const pad = padOf(q)
  const isOver = Boolean(node.appearances.annotate)
  return [
    el("p", { class: "govuk-hint" }, () => ctx.t(isOver ? "draw_over" : "draw_how")),
    pad.canvas,
    el("div", { class: "govuk-button-group" },
      button(ctx, "draw_keep", () => pad.keep()), button(ctx, "draw_clear", () => pad.clear()), isOver ? button(ctx, "draw_under", () => pad.under()) : null),
    file(q),
  ]
}

const button = (ctx, key, onClick) => el("button", { type: "button", class: "govuk-button govuk-button--secondary", onClick }, () => ctx.t(key))

function padOf({ ctx, node, name }) {
  const canvas = el("canvas", { class: "mk-pad", width: WIDTH, height: HEIGHT, role: "img", "aria-label": () => `${ctx.t("draw_pad")} ${name()}` })
  const pen = canvas.getContext?.("2d")
  let last = null
  const clear = () => {
    if (!pen) return
    pen.fillStyle = "#ffffff"
    pen.fillRect(0, 0, WIDTH, HEIGHT)
  }
  const at = (event) => {
    const box = canvas.getBoundingClientRect()
    return [((event.clientX - box.left) * WIDTH) / box.width, ((event.clientY - box.top) * HEIGHT) / box.height]
  }
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault()
    canvas.setPointerCapture(event.pointerId)
    last = at(event)
  })
  canvas.addEventListener("pointermove", (event) => {
    if (!last || !pen) return
    const now = at(event)
    Object.assign(pen, { lineWidth: LINE, lineCap: "round", strokeStyle: "#16222b" })
    pen.beginPath()
    pen.moveTo(...last)
    pen.lineTo(...now)
    pen.stroke()
    last = now
  })
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (last = null))
  onCleanup(() => {
    canvas.width = 1 // lets the picture go
  })
  clear()
  return {
    canvas,
    clear,
    keep: () =>
      canvas.toBlob((blob) => {
        if (!blob) return
        ctx.give(node, new File([blob], "drawing.png", { type: "image/png" }))
        ctx.announce(ctx.t("file_kept"))
      }, "image/png"),
    under: async () => {
      const { value } = node.currentState
      if (!value || !pen) return ctx.announce(ctx.t("draw_under_none"))
      const picture = await createImageBitmap(value)
      const scale = Math.min(WIDTH / picture.width, HEIGHT / picture.height)
      clear()
      pen.drawImage(picture, 0, 0, picture.width * scale, picture.height * scale)
    },
  }
}
