// Contacts: big rows that call with one touch, and a dialog to add, change and delete.
import { get, leaveIfSignedOut, patch, post, remove } from "../api.js";
import { $, announce, avatar, button, fillAvatar, h, icon } from "../dom.js";
import { busy, clearErrors, showErrors } from "../form.js";
import { digitsOf, number as grouped } from "../format.js";
import { faultWords, locale, t } from "../words.js";

const form = $("#contact-form");

export class Contacts {
  #call;
  #people = [];
  #shown = null;
  #editing = null;
  #changed;

  /** `call(digits, kind)` places a call; `changed()` is told when names may have changed. */
  constructor(call, changed) {
    this.#call = call;
    this.#changed = changed;
    $("#add-contact").addEventListener("click", () => this.edit({ name: "", number: "" }));
    for (const kind of ["video", "audio"]) {
      $(`#person-${kind}`).addEventListener("click", () => {
        $("#person").close();
        call(this.#shown.number, kind);
      });
    }
    $("#person-edit").addEventListener("click", () => {
      $("#person").close();
      this.edit(this.#shown);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      busy($("[type=submit]", form), () => this.#save());
    });
    $("#contact-delete").addEventListener("click", (event) => busy(event.currentTarget, () => this.#delete()));
  }

  nameOf(digits) {
    return this.#people.find((person) => person.number === digits)?.name ?? null;
  }

  async load() {
    const list = $("#contacts");
    try {
      const { contacts } = await get("/contacts");
      this.#people = contacts.sort((a, b) => a.name.localeCompare(b.name, locale));
      this.#draw();
    } catch (fault) {
      if (leaveIfSignedOut(fault)) return;
      list.replaceChildren(h("li", { class: "empty" }, icon("alert"), h("p", {}, faultWords(fault)), button(t("form.retry"), "refresh", () => this.load())));
    }
    list.setAttribute("aria-busy", "false");
    this.#changed();
  }

  #draw() {
    const list = $("#contacts");
    if (this.#people.length > 0) list.replaceChildren(...this.#people.map((person) => this.#row(person)));
    else list.replaceChildren(h("li", { class: "empty" }, icon("people"), h("p", {}, t("contact.none"))));
  }

  #row(person) {
    const open = h("button", { type: "button", class: "person", "data-test": "contact-item", onclick: () => this.show(person) },
      avatar(person.name), h("span", { class: "two" }, h("span", { class: "person-name" }, person.name), h("span", { class: "small soft figures" }, grouped(person.number))));
    const quick = ["video", "audio"].map((kind) => button(t(`contact.${kind}`), kind === "video" ? "video" : "phone", () => this.#call(person.number, kind), {
      class: "button quick", "aria-label": t(`contact.${kind}Name`, { name: person.name }), "data-test": `contact-${kind}`,
    }));
    return h("li", { class: "contact" }, open, h("span", { class: "quick-buttons" }, quick));
  }

  show(person) {
    this.#shown = person;
    fillAvatar($("#person-face"), person.name);
    $("#person-name").textContent = person.name;
    $("#person-number").textContent = grouped(person.number);
    $("#person").showModal();
    $("#person-video").focus();
  }

  edit(person) {
    this.#editing = person;
    clearErrors(form);
    $("#contact-error").hidden = true;
    $("#contact-title").textContent = t(person.id ? "contact.edit" : "contact.add");
    $("#contact-name").value = person.name;
    $("#contact-number").value = grouped(person.number);
    $("#contact-delete").hidden = !person.id;
    this.#askToDelete(false);
    $("#contact").showModal();
    $(person.name || !person.number ? "#contact-name" : "#contact-name").focus();
  }

  async #save() {
    clearErrors(form);
    const name = $("#contact-name").value.trim();
    const digits = digitsOf($("#contact-number").value);
    const errors = {};
    if (!name) errors.name = t("contact.errorName");
    if (digits.length < 3) errors.number = t("contact.errorNumber");
    if (showErrors(form, errors)) return;
    await this.#change(() => (this.#editing.id ? patch(`/contacts/${encodeURIComponent(this.#editing.id)}`, { name, number: digits }) : post("/contacts", { name, number: digits })), t("contact.saved", { name }));
  }

  /** Deleting asks once more on the same button. */
  async #delete() {
    const asked = $("#contact-delete").dataset.asked === "true";
    if (!asked) return this.#askToDelete(true);
    return this.#change(() => remove(`/contacts/${encodeURIComponent(this.#editing.id)}`), t("contact.deleted", { name: this.#editing.name }));
  }

  #askToDelete(asked) {
    const ask = $("#contact-delete");
    ask.dataset.asked = String(asked);
    ask.className = asked ? "button danger" : "button plain";
    $("#contact-delete-words").textContent = t(asked ? "contact.deleteReally" : "contact.delete", { name: this.#editing?.name ?? "" });
  }

  async #change(work, done) {
    try {
      await work();
      $("#contact").close();
      announce(done);
      await this.load();
    } catch (fault) {
      if (leaveIfSignedOut(fault)) return;
      const field = /number/.test(fault.code) ? "number" : /name/.test(fault.code) ? "name" : null;
      if (field && showErrors(form, { [field]: faultWords(fault) })) return;
      $("#contact-error").textContent = faultWords(fault);
      $("#contact-error").hidden = false;
    }
  }
}
