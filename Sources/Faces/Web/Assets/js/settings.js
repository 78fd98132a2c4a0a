// What this browser remembers. Theme and type size are cookies, because the server writes them into the page before it is drawn.

const year = 31_536_000;

export function cookie(name) {
  const pair = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : null;
}

export function setCookie(name, value) {
  const age = value === null ? 0 : year;
  document.cookie = `${name}=${encodeURIComponent(value ?? "")}; Path=/; Max-Age=${age}; SameSite=Lax`;
}

function stored(store, key) {
  try {
    return store.getItem(key);
  } catch {
    return null;
  }
}

function keep(store, key, value) {
  try {
    if (value === null) store.removeItem(key);
    else store.setItem(key, value);
  } catch {
    // A browser that stores nothing forgets the choice with the page, and that is all.
  }
}

export const remembered = (key) => stored(localStorage, `jianmian.${key}`);
export const remember = (key, value) => keep(localStorage, `jianmian.${key}`, value);

const deviceKey = "jianmian.device";

/** Takes the name for as long as the page lives; false when another tab has it (a duplicated tab copies its storage). */
function hold(name) {
  return new Promise((resolve) => {
    navigator.locks.request(`${deviceKey}.${name}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    }).catch(() => resolve(true));
  });
}

/** The device is this tab: a reload stays the same device, a second tab is another one. */
export async function ownDevice() {
  const known = stored(sessionStorage, deviceKey);
  if (known && !navigator.locks) return known;
  if (known && (await hold(known))) return known;
  // A reload may overtake the page it replaces; a duplicated tab keeps the name for good.
  for (let attempt = 0; known && attempt < 5; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (await hold(known)) return known;
  }
  const made = newIdentifier();
  keep(sessionStorage, deviceKey, made);
  if (navigator.locks) await hold(made);
  return made;
}

/** A random identifier; `crypto.randomUUID` exists only on secure pages. */
export function newIdentifier() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function deviceName() {
  const agent = navigator.userAgent;
  const system = [["Android", /Android/], ["iPhone", /iPhone/], ["iPad", /iPad/], ["Windows", /Windows/], ["Mac", /Mac OS/], ["Linux", /Linux/]].find(([, pattern]) => pattern.test(agent))?.[0];
  const browser = [["Edge", /Edg\//], ["Firefox", /Firefox\//], ["Chrome", /Chrom(e|ium)\//], ["Safari", /Safari\//]].find(([, pattern]) => pattern.test(agent))?.[0];
  return [browser, system].filter(Boolean).join(" · ") || "Web";
}

export const theme = () => cookie("theme") ?? "auto";
export const largeType = () => cookie("type") === "large";
export const shortcutsOn = () => remembered("shortcuts") !== "off";

export function setTheme(value) {
  setCookie("theme", value === "auto" ? null : value);
  if (value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
}

export function setLargeType(on) {
  setCookie("type", on ? "large" : null);
  if (on) document.documentElement.dataset.type = "large";
  else delete document.documentElement.dataset.type;
}
