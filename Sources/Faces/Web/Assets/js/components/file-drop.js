// A file drop: choose, drop or paste files; each shows itself, its progress, and what is wrong with it.
import { upload } from "../api.js";
import { $, button, h, icon } from "../dom.js";
import { faultWords, t } from "../words.js";

const readable = (bytes) => (bytes >= 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`);

export class FileDrop {
  #root;
  #list;
  #options;
  #count = 0;

  /** `root` holds `.drop` (a label with its file input) and `.drop-files`. `path(file)` is where a file goes; `types`, `most` bytes and
   * `count` are checked here, too, so that nobody waits for an upload that must fail. `done()` is called after each one that arrived. */
  constructor(root, { path, types, most, count, done = () => {} }) {
    this.#root = root;
    this.#list = $(".drop-files", root);
    this.#options = { path, types, most, count, done };
    const drop = $(".drop", root);
    const input = $("input[type=file]", root);
    input.addEventListener("change", () => {
      this.add(input.files);
      input.value = "";
    });
    for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      this.add(event.dataTransfer.files);
    });
  }

  /** How many files have arrived, counting those that were there before. */
  get count() {
    return this.#count;
  }

  set count(value) {
    this.#count = value;
  }

  async add(files) {
    for (const file of [...files]) await this.#send(file);
  }

  /** The refusal that the server would give, in the same words. */
  #refusal(file) {
    const { types, most, count } = this.#options;
    if (!types.includes(file.type)) return t("form.fileType");
    if (file.size > most) return t("form.fileTooLarge", { size: readable(file.size), most: readable(most) });
    if (file.size === 0) return t("form.fileEmpty");
    if (this.#count >= count) return t("form.fileTooMany", { count });
    return null;
  }

  async #send(file) {
    const row = h("li", { "data-test": "file" });
    this.#list.append(row);
    const refusal = this.#refusal(file);
    if (refusal) return this.#failed(row, file, refusal, false);
    const progress = h("progress", { max: 1, value: 0, "aria-label": file.name });
    const stop = new AbortController();
    const state = h("p", { class: "small soft", role: "status" }, t("form.fileSending", { percent: 0 }));
    row.replaceChildren(this.#picture(file), h("div", { class: "grow" }, h("p", {}, file.name), progress, state), button(t("form.fileStop"), "close", () => stop.abort()));
    try {
      const answer = await upload(this.#options.path(file), file, (share) => {
        progress.value = share;
        state.textContent = t("form.fileSending", { percent: Math.round(share * 100) });
      }, stop.signal);
      this.#count += 1;
      this.#arrived(row, file);
      this.#options.done(answer);
    } catch (fault) {
      if (fault.code === "stopped") row.remove();
      else this.#failed(row, file, fault.status === 413 ? t("form.fileTooLarge", { size: readable(file.size), most: readable(this.#options.most) }) : faultWords(fault), true);
    }
    return undefined;
  }

  #arrived(row, file) {
    row.dataset.state = "arrived";
    row.replaceChildren(this.#picture(file), h("div", { class: "grow" }, h("p", {}, file.name), h("p", { class: "small soft" }, readable(file.size))),
      h("span", { class: "badge good" }, icon("check"), t("form.fileArrived")));
  }

  #failed(row, file, words, again) {
    row.dataset.state = "failed";
    const retry = again ? button(t("form.retry"), "refresh", () => {
      row.remove();
      this.#send(file);
    }) : null;
    row.replaceChildren(h("div", { class: "grow", role: "alert" }, h("p", {}, file.name), h("p", { class: "error" }, words)), retry ?? "",
      button(t("form.fileRemove"), "close", () => row.remove(), { class: "button plain" }));
  }

  #picture(file) {
    if (!file.type.startsWith("image/")) return h("span", { class: "drop-picture", "aria-hidden": "true" }, "PDF");
    const address = URL.createObjectURL(file);
    const picture = h("img", { class: "drop-picture", alt: t("form.filePreview", { name: file.name }), src: address });
    picture.addEventListener("load", () => URL.revokeObjectURL(address));
    return picture;
  }
}
