// One order: it can be taken back until it is carried out.
import { leaveIfSignedOut, post } from "../api.js";
import { dialogs } from "../components/dialog.js";
import { $ } from "../dom.js";
import { busy, showFormError } from "../form.js";
import { faultWords } from "../words.js";

const opener = $("#cancel-order");
dialogs();
opener?.addEventListener("click", () => $("#cancel-dialog").showModal());
$("#cancel-really").addEventListener("click", (event) => busy(event.currentTarget, async () => {
  try {
    await post(`/me/orders/${encodeURIComponent(opener.dataset.number)}/cancel`, {});
    location.reload();
  } catch (fault) {
    if (leaveIfSignedOut(fault)) return;
    $("#cancel-dialog").close();
    showFormError(faultWords(fault));
  }
}));
