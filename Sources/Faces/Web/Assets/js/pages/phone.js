// The phone: puts the parts together. Events of the service come in here and go to the call, the ringing or the lists.
import { appeals } from "../account/appeal.js";
import { report, reports } from "../account/report.js";
import { get, leaveIfSignedOut } from "../api.js";
import { Call } from "../call.js";
import { $, $$, announce, toast } from "../dom.js";
import { money, number as grouped, pricePerMinute, setServiceNow } from "../format.js";
import * as media from "../media.js";
import { Check } from "../phone/check.js";
import { Contacts } from "../phone/contacts.js";
import { devicesDialog } from "../phone/devices.js";
import { showHolds } from "../phone/holds.js";
import { History } from "../phone/history.js";
import { Incoming } from "../phone/incoming.js";
import { Pad } from "../phone/pad.js";
import { shortcuts } from "../phone/shortcuts.js";
import { Stage } from "../phone/stage.js";
import * as ring from "../ring.js";
import { deviceName, largeType, ownDevice } from "../settings.js";
import { Signal } from "../signal.js";
import { t } from "../words.js";

let current = null;
let me = null;
const live = () => (current && !current.over ? current : null);

const signal = new Signal(await ownDevice(), deviceName(), async () => {
  try {
    await get("/me");
    return true;
  } catch (fault) {
    return fault.status !== 401;
  }
});
const pad = new Pad((digits, kind) => dial(digits, kind), (digits) => contacts.nameOf(digits));
const contacts = new Contacts((digits, kind) => dial(digits, kind), () => history.redraw());
const history = new History((digits, kind) => dial(digits, kind), (digits) => contacts.nameOf(digits), (person) => contacts.edit(person), report);
const check = new Check();
const openDevices = devicesDialog(live, $("#remote-sound"));
const stage = new Stage({ currentCall: live, openDevices, again: (call) => dial(call.peer.number, call.kind, call.peer.name), closed: () => leaveStage() });
const incoming = new Incoming((call, kind) => accept(call, kind), (call) => call.decline());

const nameOf = (peer) => contacts.nameOf(peer.number) ?? peer.name ?? "";

// MARK: Calls

function follow(call) {
  current = call;
  call.addEventListener("change", () => sound(call));
  call.addEventListener("warning", ({ detail }) => {
    stage.warn(detail);
    ring.play("warning");
  });
  call.addEventListener("limitnear", ({ detail }) => toast(t("stage.limitNear", { percent: detail }), "info"));
  call.addEventListener("ended", () => ended(call), { once: true });
}

async function dial(digits, kind, name) {
  if (live() || incoming.call) return;
  if (digits === me?.number) return toast(t("phone.ownNumber"), "info");
  if (!signal.online) return toast(t("phone.notConnected"), "offline");
  check.stop();
  const call = new Call(signal, { peer: { number: digits, name: name ?? "" }, kind, direction: "outgoing" });
  follow(call);
  stage.show(call, nameOf(call.peer));
  const wanted = kind === "video" ? ["camera", "microphone"] : ["microphone"];
  const states = pad.isEmergency(digits) ? [] : await Promise.all(wanted.map((device) => media.permission(device)));
  return call.dial(states.includes("prompt"));
}

function accept(call, kind) {
  check.stop();
  stage.show(call, nameOf(call.peer));
  call.accept(kind);
}

/** The tones follow the state: ringing there while it rings there, engaged when engaged. */
let soundOf = "";
function sound(call) {
  const wanted = call.over ? "" : call.state === "ringing" ? "ringback" : call.state === "incoming" ? "incoming" : "";
  if (wanted === soundOf) return;
  if (wanted === "ringback") ring.play("ringback");
  else if (soundOf === "ringback") ring.silence();
  soundOf = wanted;
}

function ended(call) {
  soundOf = "";
  const { reason, by, stopped } = call.end;
  const unanswered = call.direction === "incoming" && call.connectedAt === null;
  if (incoming.call === call) incoming.hide();
  if (unanswered && !stage.shown) {
    if (by !== "self") toast(t(`stopped.${reason}`, { name: nameOf(call.peer) || grouped(call.peer.number) }), reason === "answeredElsewhere" ? "check" : "missed", 10);
    announce(t(`stopped.${reason}`, { name: nameOf(call.peer) || grouped(call.peer.number) }));
    current = null;
  } else ring.play(["busy", "declined", "noAnswer", "unreachable"].includes(reason) && !stopped ? "busy" : "ended");
  setTimeout(refresh, 400);
}

function leaveStage() {
  const opener = current;
  stage.hide();
  current = null;
  pad.set("");
  $(opener?.direction === "outgoing" ? "#dial" : ".tab")?.focus();
}

// MARK: Events of the service

function rang(event) {
  if (live() || incoming.call) {
    toast(t("incoming.second", { name: nameOf(event.from) || grouped(event.from.number) }), "phone", 10);
    return;
  }
  if (stage.shown) leaveStage();
  const call = new Call(signal, { call: event.call, peer: event.from, kind: event.kind, direction: "incoming" });
  call.prepare();
  follow(call);
  incoming.show(call, nameOf(call.peer));
}

signal.addEventListener("event", ({ detail: event }) => {
  if (event.type === "incoming") {
    if (live()?.call !== event.call) rang(event);
  } else if (event.call && current?.call === event.call) current.handle(event);
});

signal.addEventListener("welcome", ({ detail }) => {
  showLine(true);
  const known = detail.calls ?? [];
  const same = known.find((call) => call.call === live()?.call);
  // Events that were lost with the old signalling session: the snapshot makes up for the most important one.
  if (same?.state === "connected" && live().state !== "active") live().handle({ ...same, type: "connected" });
  if (live() && live().state !== "preparing" && !known.some((call) => call.call === live().call) && !detail.resumed) live().finish({ reason: "lost", by: "service" });
  for (const call of known) {
    if (live()) break;
    const direction = String(call.direction).startsWith("in") ? "incoming" : "outgoing";
    if (direction === "incoming" && call.state === "ringing") rang({ ...call, from: call.peer });
    else rejoin(call, direction, detail.now ?? Date.now());
  }
});

function rejoin(known, direction, serverNow) {
  const call = new Call(signal, { call: known.call, peer: known.peer, kind: known.kind, direction });
  follow(call);
  stage.show(call, nameOf(call.peer));
  call.rejoin(known, serverNow);
}

signal.addEventListener("offline", () => showLine(false));
signal.addEventListener("replaced", () => {
  $("#offline span").textContent = t("phone.replaced");
});
signal.addEventListener("signedOut", () => leaveIfSignedOut({ status: 401 }));
addEventListener("online", () => live()?.networkChanged());

function showLine(online) {
  if (online) $("#offline span").textContent = t("phone.offline");
  $("#offline").hidden = online;
  const state = $("#line-state");
  state.textContent = t(online ? "phone.online" : "phone.reconnecting");
  state.className = online ? "badge good" : "badge warn";
  $("#line-state").dataset.online = String(online);
}

// MARK: The page around the call

async function showMe() {
  try {
    me = await get("/me");
  } catch (fault) {
    if (!leaveIfSignedOut(fault)) $("#money-line").textContent = t("account.notLoaded");
    return;
  }
  if (me.now) setServiceNow(me.now);
  $("#money-line").textContent = t("account.line", { used: money(me.account.used), available: money(me.account.available) });
  $("#own-number").textContent = grouped(me.number);
  showHolds($("#holds"), me.holds);
  for (const kind of ["video", "audio"]) $(`[data-price="${kind}"]`).textContent = t("account.perMinute", { price: pricePerMinute(me.prices[kind]) });
  pad.emergencyNumbers = me.emergencyNumbers;
}

const refresh = () => Promise.all([showMe(), history.load()]);

function showTab(name) {
  $("#panels").dataset.tab = name;
  for (const tab of $$(".tab")) {
    if (tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  if (name !== "check") check.stop();
  if (name === "history") history.looked();
}

for (const tab of $$(".tab")) tab.addEventListener("click", () => showTab(tab.dataset.tab));
const digits = Object.fromEntries([..."0123456789"].map((digit) => [digit, (key) => {
  showTab("pad");
  pad.type(key);
}]));
shortcuts({
  incoming: { a: () => incoming.answer("video"), d: () => incoming.decline(), s: () => incoming.silence() },
  call: {
    m: () => stage.controls.toggleMute(), v: () => stage.controls.toggleCamera(), f: () => stage.controls.toggleFullScreen(),
    p: () => stage.controls.togglePictureInPicture(), "shift+h": () => live()?.hangUp(),
  },
  phone: { ...digits, Backspace: () => pad.set(pad.digits.slice(0, -1)), "?": () => $("#shortcuts-dialog").showModal() },
}, () => (incoming.call ? "incoming" : live() ? "call" : "phone"));
appeals(showMe);
reports();
for (const id of ["report-call", "report-ended"]) {
  $(`#${id}`).addEventListener("click", () => current && report({ call: current.call, number: current.peer.number, name: nameOf(current.peer) }));
}
showTab(largeType() ? "contacts" : "pad");
showLine(false);
$("#offline").hidden = true;
signal.start();
await showMe();
await Promise.all([contacts.load(), history.load()]);
