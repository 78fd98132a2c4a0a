// Evidence for the identity check: files are sent as they are chosen, and handed in together.
import { leaveIfSignedOut, post } from "../api.js";
import { FileDrop } from "../components/file-drop.js";
import { $ } from "../dom.js";
import { busy } from "../form.js";
import { faultWords, t } from "../words.js";

const types = ["image/jpeg", "image/png", "application/pdf"];
const most = 10 * 1024 * 1024;
const count = 10;

export function evidence(done = () => location.reload()) {
  const holder = $("#drop");
  if (!holder) return;
  const complain = (words) => {
    $("#evidence-error").textContent = words;
    $("#evidence-error").hidden = !words;
  };
  const drop = new FileDrop(holder, {
    path: (file) => `/me/evidence?name=${encodeURIComponent(file.name.slice(0, 100))}`, types, most, count, done: () => complain(""),
  });
  drop.count = Number(holder.dataset.count);
  $("#evidence-done").addEventListener("click", (event) => busy(event.currentTarget, async () => {
    if (drop.count === 0) return complain(t("identity.errorNoFile"));
    try {
      await post("/me/evidence/done", {});
      done();
    } catch (fault) {
      if (!leaveIfSignedOut(fault)) complain(faultWords(fault));
    }
    return undefined;
  }));
}
