"""Cameras of one colour and microphones of one tone, as files that Chromium's fake devices play in a loop."""

import math
import struct
import wave
from pathlib import Path

WIDTH, HEIGHT, RATE = 640, 360, 30
COLOURS = {"red": (200, 30, 30), "blue": (30, 60, 200), "green": (30, 160, 60)}


def to_yuv(red, green, blue):
    """BT.601 limited range, as y4m films have it."""
    y = 16 + (65.738 * red + 129.057 * green + 25.064 * blue) / 256
    u = 128 + (-37.945 * red - 74.494 * green + 112.439 * blue) / 256
    v = 128 + (112.439 * red - 94.154 * green - 18.285 * blue) / 256
    return round(y), round(u), round(v)


def camera(folder: Path, colour: str) -> Path:
    """A one-second film of the colour; a lighter bar moves along the bottom so that every frame differs."""
    path = folder / f"camera-{colour}.y4m"
    if path.exists():
        return path
    y, u, v = to_yuv(*COLOURS[colour])
    chroma = bytes([u]) * (WIDTH // 2 * HEIGHT // 2) + bytes([v]) * (WIDTH // 2 * HEIGHT // 2)
    upper = bytes([y]) * (WIDTH * (HEIGHT - 24))
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420mpeg2\n".encode())
        for frame in range(RATE):
            left = frame * WIDTH // RATE
            row = bytearray([y]) * WIDTH
            row[left : left + 20] = bytes([min(235, y + 90)]) * len(row[left : left + 20])
            film.write(b"FRAME\n" + upper + bytes(row) * 24 + chroma)
    return path


def microphone(folder: Path, hertz: int) -> Path:
    """Two seconds of a tone that comes and goes twice a second, so that levels move."""
    path = folder / f"microphone-{hertz}.wav"
    if path.exists():
        return path
    rate = 48000
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        samples = (
            int(12000 * math.sin(2 * math.pi * hertz * n / rate)) if (n // (rate // 4)) % 2 == 0 else 0 for n in range(rate * 2)
        )
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path
