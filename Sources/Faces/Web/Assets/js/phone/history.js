// Past calls: who, when, how long, what it cost; missed ones marked, and redial with one touch.
import { get, leaveIfSignedOut } from "../api.js";
import { $, avatar, button, h, icon } from "../dom.js";
import { busy } from "../form.js";
import { duration, money, moment, number as grouped } from "../format.js";
import { remember, remembered } from "../settings.js";
import { faultWords, has, t } from "../words.js";

const page = 20;
const incoming = (call) => String(call.direction).startsWith("in");

/** What became of a call, in the reader's words; the same attempt reads differently from each side. */
function outcomeWords(call) {
  const key = `outcome.${incoming(call) ? "incoming" : "outgoing"}.${call.outcome}`;
  return has(key) ? t(key) : has(`outcome.${call.outcome}`) ? t(`outcome.${call.outcome}`) : t("outcome.other");
}

const missed = (call) => call.missed ?? (incoming(call) && ["noAnswer", "cancelled"].includes(call.outcome));
const talked = (call) => call.seconds > 0;

export class History {
  #call;
  #nameOf;
  #save;
  #report;
  #filter = "all";
  #calls = [];
  #next = null;

  /** `call(digits, kind)` redials, `nameOf(digits)` finds a contact, `save(person)` opens the form for a new one,
   * `report(subject)` the one for misuse. */
  constructor(call, nameOf, save, report) {
    this.#call = call;
    this.#nameOf = nameOf;
    this.#save = save;
    this.#report = report;
    for (const filter of ["all", "missed"]) {
      $(`#filter-${filter}`).addEventListener("click", () => {
        this.#filter = filter;
        for (const name of ["all", "missed"]) $(`#filter-${name}`).setAttribute("aria-pressed", String(name === filter));
        this.load();
      });
    }
    $("#more-history").addEventListener("click", (event) => busy(event.currentTarget, () => this.#load(this.#next)));
  }

  async load() {
    this.#calls = [];
    await this.#load(null);
    await this.count();
  }

  /** Missed calls since the person last looked. */
  async count() {
    const seen = Number(remembered("missed-seen") ?? 0);
    try {
      const { calls } = this.#filter === "missed" ? { calls: this.#calls } : await get(`/calls?filter=missed&limit=${page}`);
      const fresh = calls.filter((call) => this.#at(call) > seen).length;
      $("#missed-count").hidden = fresh === 0;
      $("#missed-count").textContent = t("history.missedCount", { count: fresh });
    } catch {
      // The list itself says when history cannot be read.
    }
  }

  looked() {
    const latest = Math.max(0, ...this.#calls.map((call) => this.#at(call)));
    remember("missed-seen", String(Math.max(latest, Number(remembered("missed-seen") ?? 0))));
    $("#missed-count").hidden = true;
  }

  redraw() {
    if (this.#calls.length > 0) this.#draw();
  }

  #at(call) {
    return typeof call.dialledAt === "number" ? call.dialledAt : Date.parse(call.dialledAt);
  }

  async #load(before) {
    const list = $("#history");
    try {
      const reply = await get(`/calls?filter=${this.#filter}&limit=${page}${before ? `&before=${encodeURIComponent(before)}` : ""}`);
      this.#calls.push(...reply.calls);
      this.#next = reply.next ?? null;
      this.#draw();
    } catch (fault) {
      if (leaveIfSignedOut(fault)) return;
      list.replaceChildren(h("li", { class: "empty" }, icon("alert"), h("p", {}, faultWords(fault)), button(t("form.retry"), "refresh", () => this.load())));
    }
    list.setAttribute("aria-busy", "false");
    $("#more-history").hidden = this.#next === null;
  }

  #draw() {
    const list = $("#history");
    if (this.#calls.length > 0) list.replaceChildren(...this.#calls.map((call) => this.#row(call)));
    else list.replaceChildren(h("li", { class: "empty" }, icon("history"), h("p", {}, t(this.#filter === "missed" ? "history.noMissed" : "history.none"))));
  }

  #row(call) {
    const known = this.#nameOf(call.peer.number) ?? call.peer.name;
    const name = known || grouped(call.peer.number);
    const kind = t(call.kind === "video" ? "history.video" : "history.audio");
    const facts = [moment(this.#at(call)), kind, talked(call) ? duration(call.seconds) : null, call.cost > 0 ? money(call.cost) : null].filter(Boolean);
    const mark = missed(call) ? h("span", { class: "badge bad" }, icon("missed"), outcomeWords(call))
      : h("span", { class: "badge" }, icon(incoming(call) ? "in" : "out"), outcomeWords(call));
    const again = button(t("history.redial"), call.kind === "video" ? "video" : "phone", () => this.#call(call.peer.number, call.kind), { "aria-label": t("history.redialName", { name }), "data-test": "redial" });
    const keep = this.#nameOf(call.peer.number) ? null : button(t("contact.keep"), "add", () => this.#save({ name: call.peer.name ?? "", number: call.peer.number }), { class: "button plain", "aria-label": t("contact.keepName", { name }) });
    const complain = button(t("abuse.open"), "flag", () => this.#report({ call: call.call, number: call.peer.number, name: known }), { class: "button plain", "aria-label": t("abuse.openName", { name }), "data-test": "report" });
    return h("li", { class: "item", "data-test": "history-item", "data-call": call.call, "data-outcome": call.outcome, "data-direction": incoming(call) ? "incoming" : "outgoing" },
      avatar(name), h("div", { class: "grow" }, h("p", { class: "person-name" }, name), h("p", { class: "small soft figures" }, facts.join(" · ")), h("p", {}, mark)), complain, keep, again);
  }
}
