// Keeps this version of the app, whole, for when there is no network. It stores nothing else:
// answers, forms and what is sent pass it by. VERSION and KEPT are written before this by the server.
const CACHE = `notes-${VERSION}`
const PAGES = ["/f/", "/f/calendar/"]

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)))
})

// A new version waits until no page of the old one is open: nobody's form is pulled away.
self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("notes-") && name !== CACHE)
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(old(names).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener("fetch", (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== "GET" || origin !== self.location.origin) return
  if (request.mode === "navigate" && PAGES.includes(pathname)) {
    event.respondWith(caches.match(pathname, { cacheName: CACHE }).then((kept) => kept ?? fetch(request)))
  } else if (pathname.startsWith("/f/app/") || pathname === "/f/manifest.json") {
    event.respondWith(kept(request))
  }
})

async function kept(request) {
  const cache = await caches.open(CACHE)
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok && request.url.includes("/f/app/")) await cache.put(request, answer.clone())
  return answer
}
