// While a dialog is being filled in: of a clause or the terms how they differ from the version in force, and what the regulations say;
// of an act that moves money what it would do.
import { post } from "../api.js";
import { $, $$, h, notice } from "../dom.js";
import { t } from "../words.js";
import { read } from "./acts.js";

const patience = 400;

/** The address of the preview for a dialog that edits a version; null for every other dialog. */
function address(form) {
  const match = /^versions\/([^/]+)\/(?:clauses|passages)\/([^/]+)$/.exec(form.dataset.act) ?? /^versions\/([^/]+)\/(terms)$/.exec(form.dataset.act);
  if (match) return `/staff/versions/${match[1]}/preview/${match[2]}`;
  return "preview" in form.dataset ? `/staff/${form.dataset.act}/preview` : null;
}

const shown = (runs) => h("p", { class: "passage-text" }, ...runs.map((run) => (run.kind === "same" ? run.text : h(run.kind === "added" ? "ins" : "del", { class: run.kind }, run.text))));

/** What an act would do, line by line. */
function drawLines(place, lines) {
  place.replaceChildren(...(lines.length === 0 ? [] : [
    h("h3", {}, t("console.preview")),
    h("dl", { class: "facts preview" }, ...lines.flatMap((line) => [h("dt", {}, line.name), h("dd", { class: "figures", "data-preview-line": line.key }, line.text)])),
  ]));
}

function draw(place, answer) {
  if (answer.lines) {
    drawLines(place, answer.lines);
    return;
  }
  const changed = [...answer.zh, ...answer.en].some((run) => run.kind !== "same");
  place.replaceChildren(
    ...answer.findings.map((one) => notice(one.kind === "refused" ? "bad" : "warn", "alert", one.words, one.article)),
    changed ? h("div", { class: "passage" }, h("h3", {}, t("console.versions.difference")), shown(answer.zh), shown(answer.en)) : "");
}

export function preview() {
  for (const form of $$("form[data-act]")) {
    const path = address(form);
    if (!path) continue;
    const place = h("div", { class: "stack tight", "aria-live": "polite", "data-test": "preview" });
    form.insertBefore(place, $("[data-field=purpose]", form));
    let timer = null;
    let asked = 0;
    const look = (event) => {
      if (event.target.name === "purpose") return;
      clearTimeout(timer);
      timer = setTimeout(async () => {
        asked += 1;
        const mine = asked;
        const { body, errors } = read(form);
        if (Object.keys(errors).length > 0) return;
        delete body.purpose;
        delete body.revision;
        const answer = await post(path, body).catch((fault) => (isMoney && fault.status !== 400 ? { refused: fault } : null));
        if (mine !== asked) return;
        if (answer?.refused) place.replaceChildren(notice("warn", "alert", answer.refused.detail ?? t("fault.general"), ""));
        else if (answer) draw(place, answer);
        else if (isMoney) place.replaceChildren();
      }, patience);
    };
    const isMoney = "preview" in form.dataset;
    form.addEventListener("input", look);
    // What needs no amount can be shown as soon as the dialog is open.
    if (isMoney) form.addEventListener("focusin", look, { once: true });
  }
}
