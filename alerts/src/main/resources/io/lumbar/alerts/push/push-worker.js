/** Shows a reminder that comes while the page is closed, and sends the answer of its buttons. */
self.addEventListener("push", (event) => {
  const alert = event.data.json();
  const actions = alert.done
    ? [{ action: "done", title: alert.labels?.done ?? "Done" }, { action: "snooze", title: alert.labels?.snooze ?? "Snooze 15 min" }]
    : [];
  event.waitUntil(
    self.registration.showNotification(alert.title, {
      body: alert.text,
      // A repeat of the same reminder takes its place.
      tag: alert.id,
      icon: "/assets/icon.svg",
      silent: alert.silent === true,
      data: alert,
      actions,
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const alert = event.notification.data;
  const answers = {
    done: [alert.done, { action: "done" }],
    snooze: [alert.snooze, { action: "snooze", minutes: 15 }],
  };
  const answer = answers[event.action];
  event.waitUntil(answer ? send(alert.id, ...answer) : alert.link ? self.clients.openWindow(alert.link) : open());
});

async function send(id, ticket, body) {
  const response = await fetch(`/api/v1/alerts/${encodeURIComponent(id)}/response`, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${ticket}` },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response?.ok) {
    await open();
  }
}

async function open() {
  const pages = await self.clients.matchAll({ type: "window" });
  return pages.length > 0 ? pages[0].focus() : self.clients.openWindow("/");
}
