// The HTTP API: JSON in, JSON out, problems as faults.

/** What the server refused, or what the network did: `code`, `status`, `parameters`. Code "network" means no reply came. */
export class Fault extends Error {
  constructor(code, status = 0, parameters = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.parameters = parameters;
  }
}

const token = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

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
  throw new Fault(json.code ?? "general", reply.status, json.parameters ?? {});
}

export const get = (path) => request("GET", path);
export const post = (path, body) => request("POST", path, body);
export const patch = (path, body) => request("PATCH", path, body);
export const remove = (path) => request("DELETE", path);

/** When the session has ended, the only thing to do is to sign in again and come back. */
export function leaveIfSignedOut(fault) {
  if (fault.status !== 401) return false;
  location.assign(`/sign-in?ended=1&next=${encodeURIComponent(location.pathname)}`);
  return true;
}
