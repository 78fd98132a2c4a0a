// The tones of the phone, made by WebAudio: ringing here, ringing there, engaged, the warning before credit ends, the end.

let context = null;

function audio() {
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume().catch(() => {});
  return context;
}

// A browser lets a page sound only after the person touched it; the first touch opens the way for the ringtone.
for (const event of ["pointerdown", "keydown"]) addEventListener(event, () => audio(), { once: true, capture: true });

/** Whether the next tone will be heard. */
export const canSound = () => context !== null && context.state === "running";

function beep(at, seconds, frequencies, loudness) {
  const where = audio();
  const gain = where.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loudness, at + 0.02);
  gain.gain.setValueAtTime(loudness, at + seconds - 0.04);
  gain.gain.linearRampToValueAtTime(0, at + seconds);
  gain.connect(where.destination);
  return frequencies.map((frequency) => {
    const oscillator = where.createOscillator();
    oscillator.type = "sine";
    oscillator.frequency.value = frequency;
    oscillator.connect(gain);
    oscillator.start(at);
    oscillator.stop(at + seconds);
    return oscillator;
  });
}

/** Tones as [start, seconds, frequencies] within a period; a period of 0 sounds once. */
const patterns = {
  incoming: { period: 3, loudness: 0.22, tones: [[0, 0.22, [659, 1318]], [0.26, 0.22, [784, 1568]], [0.52, 0.22, [988, 1976]], [0.78, 0.5, [784, 1568]]] },
  // The ringing tone of Chinese networks: 450 Hz, one second on, four off; engaged is 0.35 on and off.
  ringback: { period: 5, loudness: 0.08, tones: [[0, 1, [450]]] },
  busy: { period: 0, loudness: 0.08, tones: [0, 0.7, 1.4, 2.1].map((at) => [at, 0.35, [450]]) },
  warning: { period: 0, loudness: 0.1, tones: [[0, 0.15, [880]], [0.22, 0.15, [880]]] },
  ended: { period: 0, loudness: 0.08, tones: [[0, 0.12, [520]], [0.16, 0.2, [390]]] },
  test: { period: 0, loudness: 0.2, tones: [[0, 0.35, [523]], [0.4, 0.35, [659]], [0.8, 0.7, [784]]] },
};

let stopCurrent = () => {};

/** Plays a pattern until `silence()` or the next one. */
export function play(name) {
  silence();
  const { period, loudness, tones } = patterns[name];
  let sounding = [];
  const round = () => {
    const start = audio().currentTime + 0.03;
    sounding = tones.flatMap(([at, seconds, frequencies]) => beep(start + at, seconds, frequencies, loudness / frequencies.length));
  };
  round();
  const timer = period > 0 ? setInterval(round, period * 1000) : 0;
  stopCurrent = () => {
    clearInterval(timer);
    for (const oscillator of sounding) {
      try {
        oscillator.stop();
      } catch {
        // It had ended by itself.
      }
    }
  };
}

export function silence() {
  stopCurrent();
  stopCurrent = () => {};
}

/** Tones follow the chosen speaker where the browser can. */
export async function useSpeaker(device) {
  await audio().setSinkId?.(device ?? "").catch(() => {});
}
