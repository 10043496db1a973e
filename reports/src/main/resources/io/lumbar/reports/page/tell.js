import { all, get } from "./api.js";
import { CheckIn } from "./checkin.js";
import { byId, say } from "./dom.js";
import { Experiment } from "./experiment.js";
import { Lift } from "./lift.js";
import { millis, ZoneTime } from "./time.js";
import { chosenOf, head } from "./wearer.js";
import { speak, t } from "./words.js";

/** What a wearer can say: how it is, what was lifted, what is tried. */
async function start() {
  const { wearers } = await get("/api/v1/me");
  const wearer = chosenOf(wearers);
  if (!wearer) {
    location.assign("/");
    return;
  }
  head(wearers, wearer);
  await speak(wearer.language);
  document.title = `${t("tell.title")} \u00b7 Lumbar`;
  const base = `/api/v1/wearers/${encodeURIComponent(wearer.id)}`;
  const time = new ZoneTime(wearer.zone);
  // By the server's clock, which may be a demo's.
  const { asOf } = await get(`${base}/now`);
  const today = time.date(millis(asOf));
  const { items } = await all(`${base}/statements?from=${today}&to=${today}&limit=10000`);
  new CheckIn(wearer, base, time).show(items);
  new Lift(wearer, time).show(items);
  byId("tell").hidden = false;
  await new Experiment(wearer, base, today).load();
}

start().catch((error) => say(byId("trouble"), error instanceof TypeError ? t("tell.away") : error.message));
