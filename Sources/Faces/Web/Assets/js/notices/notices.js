// The box of notices: all that is on the page is marked as read at once; what came meanwhile stays unread.
import { leaveIfSignedOut, post } from "../api.js";
import { $, toast } from "../dom.js";
import { busy } from "../form.js";
import { faultWords } from "../words.js";

$("#read-all")?.addEventListener("click", (event) => busy(event.currentTarget, async () => {
  try {
    await post("/me/notices/read", { upTo: Number($("#read-all").dataset.newest) });
    location.reload();
  } catch (fault) {
    if (!leaveIfSignedOut(fault)) toast(faultWords(fault), "alert");
  }
}));
