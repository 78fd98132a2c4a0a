// Cameras, microphones and speakers: asks for them, says in one word why it did not get them, remembers the choice.
import { remember, remembered } from "./settings.js";

/** Why a device could not be had: denied, missing, inUse, insecure (no https) or failed. */
export function problemOf(error) {
  switch (error?.name) {
    case "NotAllowedError": return "denied";
    case "SecurityError": return "insecure";
    case "NotFoundError":
    case "OverconstrainedError": return "missing";
    case "NotReadableError":
    case "AbortError": return "inUse";
    case "Insecure": return "insecure";
    default: return "failed";
  }
}

const picture = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

function constraint(kind, facing) {
  const chosen = remembered(kind === "video" ? "camera" : "microphone");
  const device = chosen && !facing ? { deviceId: { ideal: chosen } } : {};
  if (kind === "audio") return { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...device };
  return { ...picture, ...(facing ? { facingMode: { exact: facing } } : chosen ? {} : { facingMode: "user" }), ...device };
}

async function ask(wanted) {
  if (!navigator.mediaDevices?.getUserMedia) throw Object.assign(new Error("no media devices"), { name: "Insecure" });
  return navigator.mediaDevices.getUserMedia(wanted);
}

/** Asks for both at once, so that the browser asks the person once; where that fails, for each alone. */
export async function acquire({ audio = true, video = true }) {
  const got = { audio: null, video: null, problems: {} };
  try {
    const stream = await ask({ audio: audio && constraint("audio"), video: video && constraint("video") });
    got.audio = stream.getAudioTracks()[0] ?? null;
    got.video = stream.getVideoTracks()[0] ?? null;
    return got;
  } catch (error) {
    if (!(audio && video)) {
      got.problems[audio ? "microphone" : "camera"] = problemOf(error);
      return got;
    }
  }
  await acquireOne("audio", got);
  await acquireOne("video", got);
  return got;
}

async function acquireOne(kind, got) {
  try {
    got[kind] = (await ask({ [kind]: constraint(kind) })).getTracks()[0];
  } catch (error) {
    got.problems[kind === "audio" ? "microphone" : "camera"] = problemOf(error);
  }
}

/** A track of one kind, from a given device or from the camera of the other side of a telephone. */
export async function acquireTrack(kind, { device, facing } = {}) {
  const wanted = device ? { ...constraint(kind), deviceId: { exact: device }, facingMode: undefined } : constraint(kind, facing);
  return (await ask({ [kind]: wanted })).getTracks()[0];
}

/** granted, denied, prompt or unknown, without asking the person. */
export async function permission(name) {
  try {
    return (await navigator.permissions.query({ name })).state;
  } catch {
    return "unknown";
  }
}

/** The devices by kind; names are empty until a permission was given. */
export async function devices() {
  const all = await (navigator.mediaDevices?.enumerateDevices?.() ?? Promise.resolve([])).catch(() => []);
  const of = (kind) => all.filter((device) => device.kind === kind && device.deviceId !== "communications");
  return { cameras: of("videoinput"), microphones: of("audioinput"), speakers: of("audiooutput") };
}

export function choose(kind, device) {
  remember(kind, device);
}

export const chosen = (kind) => remembered(kind);

/** Sends the sound of an element to the chosen speaker, where the browser can. */
export async function useSpeaker(element) {
  const speaker = remembered("speaker");
  if (!speaker || !element.setSinkId) return;
  await element.setSinkId(speaker).catch(() => {});
}

export const canChooseSpeaker = () => "setSinkId" in HTMLMediaElement.prototype;

export function onDeviceChange(listener) {
  navigator.mediaDevices?.addEventListener?.("devicechange", listener);
}

/** How loud a track is, 0 to 1, about thirty times a second until the returned function is called. */
export function meter(track, show) {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    const decibels = 20 * Math.log10(Math.sqrt(sum / samples.length) + 1e-6);
    show(Math.min(1, Math.max(0, (decibels + 60) / 55)));
  }, 33);
  return () => {
    clearInterval(timer);
    source.disconnect();
    context.close().catch(() => {});
  };
}
