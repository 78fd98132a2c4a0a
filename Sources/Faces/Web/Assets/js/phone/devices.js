// The choice of camera, microphone and speaker, in the device check and in a call.
import { $, h } from "../dom.js";
import * as media from "../media.js";
import * as ring from "../ring.js";
import { t } from "../words.js";

const kinds = [["camera", "cameras"], ["microphone", "microphones"], ["speaker", "speakers"]];

function fill(select, devices, chosen) {
  select.replaceChildren(...devices.map((device, index) => h("option", { value: device.deviceId, selected: device.deviceId === chosen }, device.label || t("check.deviceNumber", { number: index + 1 }))));
}

/** Fills the selects that `selectOf(kind)` names; hides what offers no choice. */
export async function fillDevices(selectOf, current = {}) {
  const found = await media.devices();
  for (const [kind, list] of kinds) {
    const { select, field } = selectOf(kind);
    const devices = found[list].filter((device) => device.deviceId);
    fill(select, devices, current[kind] ?? media.chosen(kind));
    field.hidden = devices.length === 0 || (kind === "speaker" && !media.canChooseSpeaker());
  }
}

export function devicesDialog(currentCall, sound) {
  const dialog = $("#devices-dialog");
  const selectOf = (kind) => ({ select: $(`#use-${kind}`), field: $(`#use-${kind}`).closest(".field") });
  const refill = () => fillDevices(selectOf, {
    camera: currentCall()?.selfVideo?.getSettings().deviceId,
  });
  for (const [kind] of kinds) {
    $(`#use-${kind}`).addEventListener("change", async (event) => {
      await currentCall()?.useDevice(kind, event.target.value);
      if (kind === "speaker") {
        await media.useSpeaker(sound);
        await ring.useSpeaker(event.target.value);
      }
    });
  }
  media.onDeviceChange(() => dialog.open && refill());
  return async () => {
    await refill();
    dialog.showModal();
  };
}
