// The HTTP API: JSON in, JSON out, problems as faults.

/** What the server refused, or what the network did: `code`, `status`, `parameters`, the server's own words in `detail`, and for a
 * form `errors`: [{ field, code, detail }]. Code "network" means no reply came. */
export class Fault extends Error {
  constructor(code, status = 0, parameters = {}, detail = "", errors = []) {
    super(code);
    this.code = code;
    this.status = status;
    this.parameters = parameters;
    this.detail = detail;
    this.errors = errors;
  }

  static of(status, json) {
    return new Fault(json.code ?? "general", status, json.parameters ?? {}, json.detail ?? "", json.errors ?? []);
  }
}

export const token = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

async function request(method, path, body) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-Jianmian-CSRF"] = token();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let reply;
  try {
    reply = await fetch(`/api/v1${path}`, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: "same-origin", cache: "no-store",
    });
  } catch {
    throw new Fault("network");
  }
  if (reply.status === 204) return {};
  const json = await reply.json().catch(() => ({}));
  if (reply.ok) return json;
  throw Fault.of(reply.status, json);
}

export const get = (path) => request("GET", path);
export const post = (path, body) => request("POST", path, body);
export const put = (path, body) => request("PUT", path, body);
export const patch = (path, body) => request("PATCH", path, body);
export const remove = (path) => request("DELETE", path);

/** Sends a file as it is; `onProgress(share)` hears 0 to 1 on the way, `signal` stops it. */
export function upload(path, file, onProgress = () => {}, signal = null) {
  return new Promise((resolve, reject) => {
    const way = new XMLHttpRequest();
    way.open("POST", `/api/v1${path}`);
    way.setRequestHeader("Accept", "application/json");
    way.setRequestHeader("X-Jianmian-CSRF", token());
    way.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    way.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    way.addEventListener("load", () => {
      let json = {};
      try {
        json = JSON.parse(way.responseText || "{}");
      } catch {
        // Not JSON: the status alone says what became of it.
      }
      if (way.status >= 200 && way.status < 300) resolve(json);
      else reject(Fault.of(way.status, json));
    });
    for (const event of ["error", "timeout"]) way.addEventListener(event, () => reject(new Fault("network")));
    way.addEventListener("abort", () => reject(new Fault("stopped")));
    signal?.addEventListener("abort", () => way.abort());
    way.send(file);
  });
}

/** When the session has ended, the only thing to do is to sign in again and come back. */
export function leaveIfSignedOut(fault) {
  if (fault.status !== 401) return false;
  location.assign(`/sign-in?ended=1&next=${encodeURIComponent(location.pathname)}`);
  return true;
}
