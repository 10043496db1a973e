import { post } from "./api.js";
import { say } from "./dom.js";
import { t } from "./words.js";

const AWAY = 503;
const RANDOM_BYTES = 12;

/** A request that never got there fails as a TypeError. */
const why = (error) =>
  error instanceof TypeError || error.status === AWAY ? t("tell.away") : t("failed", { why: error.message });

/**
 * Does something once, however often it is pressed meanwhile; what went wrong is said in `trouble`,
 * and what was entered stays. True when nothing went wrong.
 */
export async function telling(place, trouble, run) {
  if (place.dataset.busy) {
    return false;
  }
  place.dataset.busy = "yes";
  say(trouble, "");
  try {
    await run();
    return true;
  } catch (error) {
    say(trouble, why(error));
    return false;
  } finally {
    delete place.dataset.busy;
  }
}

/** Of a statement that is told twice because the answer got lost, the id makes one. */
export const freshId = () =>
  `page-${[...crypto.getRandomValues(new Uint8Array(RANDOM_BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

/** Tells something for a wearer; the answer is the statement as it is kept. */
export const tell = (wearer, what, fields) =>
  post(`/api/v1/${what}?wearer=${encodeURIComponent(wearer.id)}`, fields);

/** Of a statement that is listed, or was just kept, the fields with which it is told again to change it. */
export function fieldsOf({ kind, statedAt, v, ...fields }) {
  return fields;
}

/** Takes back what is listed or was just kept. */
export const takeBack = (wearer, what, statement) =>
  tell(wearer, what, { ...fieldsOf(statement), revoked: true });
