const byId = (id) => document.getElementById(id);

async function request(path, options) {
  const response = await fetch(path, { credentials: "same-origin", ...options });
  if (response.status === 401) {
    location.assign("/signin");
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? `The server answered ${response.status}.`);
  }
  return response;
}

const post = (path, body) =>
  request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

function advice(address) {
  const url = new URL(address);
  if (["localhost", "127.0.0.1", "[::1]"].includes(url.hostname)) {
    return "A phone cannot reach this address, because it leads to this computer only. Lumbar's guide 'Away from home' says how to get one that phones reach, with https.";
  }
  return url.protocol === "https:"
    ? "On the phone, press Start recording."
    : "The page will open on the phone but not record, because browsers let pages read motion only over https. Lumbar's guide 'Away from home' says how to get such an address.";
}

async function add(event) {
  event.preventDefault();
  byId("add").disabled = true;
  byId("trouble").textContent = "";
  try {
    const wearer = encodeURIComponent(byId("wearer").value);
    const made = await post(`/api/v1/wearers/${wearer}/devices`, {
      name: byId("name").value, placement: byId("placement").value,
    });
    const address = (await made.json()).urls.connect;
    const picture = await post("/connect/qr", { text: address });
    byId("qr").src = `data:image/svg+xml,${encodeURIComponent(await picture.text())}`;
    byId("address").href = address;
    byId("address").textContent = address;
    byId("advice").textContent = advice(address);
    byId("result").hidden = false;
    byId("result").scrollIntoView({ block: "nearest" });
  } catch (error) {
    byId("trouble").textContent = error.message;
  } finally {
    byId("add").disabled = false;
  }
}

async function main() {
  byId("form").onsubmit = add;
  const wearers = await (await request("/api/v1/wearers")).json();
  byId("wearer").replaceChildren(
    ...wearers.items.map((wearer) => new Option(wearer.name, wearer.id)));
  if (wearers.items.length === 0) {
    byId("add").disabled = true;
    byId("trouble").textContent = "Nobody is there yet. Add a person first, on the computer that Lumbar runs on: ./lumbar wearer add NAME --zone Europe/Berlin";
  }
}

main().catch((error) => {
  byId("trouble").textContent = error.message;
});
