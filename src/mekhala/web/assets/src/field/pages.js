// A form as a row of pages: a question, a group that the author put on one screen, or a part that
// may be said several times.

/** Whether a node of the form has anything to show now. */
export function isVisible(node) {
  const state = node.currentState
  if (!state.relevant || node.nodeType === "model-value") return false
  if (state.children === null || node.nodeType === "repeat-range:uncontrolled") return true
  return state.hasRelevantBodyNodes ?? state.children.some(isVisible)
}

/** The parts of a node that are shown now, in the form's order. */
export const visibleChildren = (node) => node.currentState.children.filter(isVisible)

const isOneScreen = (node) => Boolean(node.appearances?.["field-list"] || node.appearances?.["table-list"])

/** Every page now: `{key, node, above}`, `above` being the groups it lies in, outermost first. */
export function pagesOf(root) {
  return [...within(root, [])]
}

function* within(node, above) {
  for (const child of visibleChildren(node)) yield* pagesFrom(child, above)
}

function* pagesFrom(node, above) {
  const page = { key: node.nodeId, node, above }
  if (node.currentState.children === null) {
    yield page
  } else if (node.nodeType.startsWith("repeat-range")) {
    for (const part of visibleChildren(node)) yield* isOneScreen(node) ? [{ key: part.nodeId, node: part, above }] : within(part, [...above, part])
    if (node.nodeType === "repeat-range:uncontrolled") yield page
  } else if (isOneScreen(node)) {
    yield page
  } else {
    yield* within(node, [...above, node])
  }
}

/** The questions and notes a page shows now. */
export function* onPage(node) {
  if (node.currentState.children === null) yield node
  else if (!node.nodeType.startsWith("repeat-range")) for (const child of visibleChildren(node)) yield* everything(child)
}

function* everything(node) {
  if (node.currentState.children === null) yield node
  else for (const child of visibleChildren(node)) yield* everything(child)
}

/** Every question and note shown now, in order. */
export function* allShown(root) {
  for (const child of visibleChildren(root)) yield* everything(child)
}

/** The page on which a question stands; the page of its list where it has none of its own. */
export function pageWith(pages, node) {
  for (let one = node; one; one = one.parent) {
    const page = pages.find(({ key }) => key === one.nodeId)
    if (page) return page
  }
  return null
}
