// The box of notices: what has been seen is marked as read after a moment, or all of it at once.
import { leaveIfSignedOut, post } from "../api.js";
import { $, $$, toast } from "../dom.js";
import { busy } from "../form.js";
import { faultWords } from "../words.js";

$("#read-all")?.addEventListener("click", (event) => busy(event.currentTarget, async () => {
  try {
    await post("/me/notices/read", { ids: $$("[data-unread-notice]").map((item) => item.dataset.id) });
    location.reload();
  } catch (fault) {
    if (!leaveIfSignedOut(fault)) toast(faultWords(fault), "alert");
  }
}));
