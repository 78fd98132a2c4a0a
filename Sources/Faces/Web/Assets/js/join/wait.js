// Waiting: who acts next. The page looks again by itself and shows what has changed.
import { evidence } from "../account/evidence.js";
import { get, leaveIfSignedOut } from "../api.js";
import { $ } from "../dom.js";

const page = $("#wait");
const lookAgainMilliseconds = 4_000;
const longestMilliseconds = 60_000;
let pause = lookAgainMilliseconds;

/** A page with files on their way must not go away under them. */
const uploading = () => document.querySelector(".drop-files progress") !== null;

async function look() {
  try {
    const { mark } = await get("/me/joining");
    pause = lookAgainMilliseconds;
    if (mark !== page.dataset.mark && !uploading()) return location.reload();
  } catch (fault) {
    if (leaveIfSignedOut(fault)) return undefined;
    pause = Math.min(longestMilliseconds, pause * 2);
  }
  return setTimeout(look, pause);
}

evidence();
if (!page.querySelector('[data-test="open-phone"]')) setTimeout(look, pause);
