// The customer's own signing key: P-256, made in this browser, not extractable, kept in IndexedDB. Only its public half ever leaves.

const store = "keys";
const algorithm = { name: "ECDSA", namedCurve: "P-256" };

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("jianmian-signing", 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(store));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

function within(database, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const request = work(transaction.objectStore(store));
    transaction.addEventListener("complete", () => resolve(request.result));
    transaction.addEventListener("error", () => reject(transaction.error));
  });
}

/** Browsers offer keys on secure pages only. */
export const available = () => Boolean(globalThis.isSecureContext && crypto.subtle && globalThis.indexedDB);

/** The key pair of a customer in this browser, made when there is none yet. */
export async function ownKey(owner) {
  const database = await open();
  try {
    const known = await within(database, "readonly", (keys) => keys.get(owner));
    if (known) return known;
    const made = await crypto.subtle.generateKey(algorithm, false, ["sign"]);
    await within(database, "readwrite", (keys) => keys.put(made, owner));
    return made;
  } finally {
    database.close();
  }
}

export const publicJWK = async (pair) => {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { kty, crv, x, y };
};

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** The signature (raw r ‖ s, base64) over the bytes that the challenge names in base64. */
export async function sign(pair, message) {
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, bytesOf(message));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}
