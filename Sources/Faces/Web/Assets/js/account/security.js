// Password and sign-ins.
import { get, leaveIfSignedOut, post, remove } from "../api.js";
import { $, announce, button, h, icon, toast } from "../dom.js";
import { busy, clearErrors, showErrors, showFault, showPasswordButton } from "../form.js";
import { moment } from "../format.js";
import { faultWords, t } from "../words.js";

const form = $("#change-password");

function sessionRow(session) {
  const end = button(t("account.endSession"), "leave", (event) => busy(event.currentTarget, async () => {
    await remove(`/sessions/${encodeURIComponent(session.id)}`).catch(() => {});
    announce(t("account.sessionEnded"));
    await showSessions();
  }));
  const mark = session.current ? h("span", { class: "badge good" }, icon("check"), t("account.thisDevice")) : end;
  const seen = h("p", { class: "small soft" }, t("account.seen", { time: moment(session.lastSeenAt) }));
  return h("li", { class: "item", "data-test": "session-item" }, h("div", { class: "grow" }, h("p", {}, session.device || t("account.unknownDevice")), seen), mark);
}

async function showSessions() {
  const list = $("#sessions");
  try {
    const { sessions } = await get("/sessions");
    list.replaceChildren(...sessions.map(sessionRow));
  } catch (fault) {
    if (!leaveIfSignedOut(fault)) list.replaceChildren(h("li", { class: "item" }, faultWords(fault)));
  }
  list.setAttribute("aria-busy", "false");
}

/** A wrong old password belongs to its field; everything else about passwords is about the new one. */
const fieldOf = (code) => (code === "access.old-password-wrong" ? "old" : code.startsWith("access.password") ? "password" : null);

async function change() {
  clearErrors(form);
  const old = $("#old").value;
  const fresh = $("#password").value;
  const errors = {};
  if (!old) errors.old = t("security.errorOld");
  if ([...fresh].length < 8) errors.password = t("register.errorPassword");
  if (showErrors(form, errors)) return;
  try {
    await post("/me/password", { old, new: fresh });
    form.reset();
    toast(t("security.changed"), "check");
    await showSessions();
  } catch (fault) {
    if (fault.code === "access.signed-out" && leaveIfSignedOut(fault)) return;
    showFault(form, fault, fieldOf);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  busy($("[type=submit]", form), change);
});
showPasswordButton();
await showSessions();
