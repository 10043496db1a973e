const STORE = "batches";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

const name = (owner) => `lumbar ${owner}`;

function database(owner) {
  const request = indexedDB.open(name(owner), 1);
  request.onupgradeneeded = () =>
    request.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
  return done(request);
}

/**
 * Batches that were not sent yet, on the phone's disk, oldest first. One store for each device, so
 * that nothing is ever sent for somebody else, and what waits goes with the token that holds now.
 */
export class Store {
  /** Milliseconds of motion that wait. */
  millis = 0;
  /** Batches that wait. */
  size = 0;
  #database;

  constructor(database) {
    this.#database = database;
  }

  /** Opens a device's store; `token` names the one that it had before stores were the devices'. */
  static async open(device, token) {
    const store = new Store(await database(device));
    if (device !== token) {
      await store.#takeOver(token);
    }
    await store.#count();
    return store;
  }

  /** Keeps a batch; resolves when it is on disk. */
  async add(bytes, millis) {
    const transaction = this.#begin("readwrite");
    transaction.objectStore(STORE).add({ bytes, millis });
    await finished(transaction);
    this.millis += millis;
    this.size += 1;
  }

  /** The oldest batches, as many as asked for; none when another tab has sent them. */
  async oldest(most) {
    const batches = await done(this.#begin("readonly").objectStore(STORE).getAll(null, most));
    if (batches.length === 0) {
      this.millis = 0;
      this.size = 0;
    }
    return batches;
  }

  /** Forgets batches that have arrived. */
  async remove(batches) {
    const transaction = this.#begin("readwrite");
    for (const batch of batches) {
      transaction.objectStore(STORE).delete(batch.id);
    }
    await finished(transaction);
    this.millis -= batches.reduce((sum, batch) => sum + batch.millis, 0);
    this.size -= batches.length;
  }

  async #takeOver(token) {
    const old = await database(token);
    const batches = await done(old.transaction(STORE).objectStore(STORE).getAll());
    for (const { bytes, millis } of batches) {
      await this.add(bytes, millis);
    }
    // What a crash leaves in both is sent twice, and is a duplicate.
    old.close();
    indexedDB.deleteDatabase(name(token));
  }

  async #count() {
    let millis = 0;
    let size = 0;
    const request = this.#begin("readonly").objectStore(STORE).openCursor();
    await new Promise((resolve, reject) => {
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const cursor = request.result;
        if (cursor === null) {
          resolve();
          return;
        }
        millis += cursor.value.millis;
        size += 1;
        cursor.continue();
      };
    });
    this.millis = millis;
    this.size = size;
  }

  #begin(mode) {
    return this.#database.transaction(STORE, mode, { durability: "strict" });
  }
}
