const CACHE = "lumbar-connect";
const FOLDER = "/connect/app/";
const SHELL = FOLDER + "index.html";
const FILES = [
  "index.html", "connect.css", "connect.js", "clock.js", "motion.js", "record.js", "screen.js",
  "sender.js", "store.js", "icon.svg", "icon-180.png",
].map((name) => FOLDER + name);
const PATIENCE = 4_000;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") {
    return;
  }
  if (FILES.includes(path)) {
    event.respondWith(fresh(request, path));
  } else if (request.mode === "navigate") {
    event.respondWith(fetched(request).catch(() => caches.match(SHELL)));
  }
});

const fetched = (request) => fetch(request, { signal: AbortSignal.timeout(PATIENCE) });

/** From the server, or without one as it was the last time. */
async function fresh(request, path) {
  try {
    const response = await fetched(request);
    if (response.ok) {
      const cache = await caches.open(CACHE);
      await cache.put(path, response.clone());
    }
    return response;
  } catch {
    return (await caches.match(path)) ?? Response.error();
  }
}
