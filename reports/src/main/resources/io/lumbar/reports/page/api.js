/** An answer other than success; `detail` is a sentence for people. */
export class ApiError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function request(path, options) {
  const response = await fetch(path, { credentials: "same-origin", ...options });
  if (response.status === 401) {
    location.assign("/signin");
    throw new ApiError(401, "Please sign in again.");
  }
  const text = await response.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    body = null;
  }
  if (!response.ok) {
    throw new ApiError(response.status, body?.detail ?? `The server answered ${response.status}.`);
  }
  return body;
}

export const get = (path) => request(path, { headers: { Accept: "application/json" } });

export const post = (path, body) => send("POST", path, body);

export const patch = (path, body) => send("PATCH", path, body);

export const remove = (path, body) => send("DELETE", path, body);

const send = (method, path, body) => upload(method, path, JSON.stringify(body), "application/json");

/** Sends text of another type as it is. */
export const upload = (method, path, text, type) =>
  request(path, { method, headers: { "Content-Type": type, Accept: "application/json" }, body: text });

/** All items of a list, page by page. */
export async function all(path) {
  const items = [];
  let first = null;
  let after = null;
  do {
    const answer = await get(after ? `${path}&after=${encodeURIComponent(after)}` : path);
    first ??= answer;
    items.push(...answer.items);
    after = answer.next;
  } while (after);
  return { ...first, items };
}

export async function orNull(promise) {
  try {
    return await promise;
  } catch (error) {
    if (error.status === 404) {
      return null;
    }
    throw error;
  }
}
