"""Makes min-char-rnn.json: the losses of the classic loop in numpy on min-char-rnn.txt.

While its first updates are large the loop is chaotic: another order of summation, or another last digit of exp,
gives another curve after fifteen steps. So sums are taken here in the order of the indices, and exp and tanh are
those of src/recipes/exact-math.ts; every operation is numpy's on float64 arrays.

The vocabulary is that of Vocabulary.fromTexts: two symbols that never occur, then code points by falling
frequency, ties by code point. Initial weights come from a linear congruential generator that the test repeats.

    python3 test/recipes/make-min-char-rnn.py
"""

import json
import math
from collections import Counter
from pathlib import Path

import numpy as np

UNITS, WINDOW, RATE, STEPS = 100, 25, 0.1, 1000

folder = Path(__file__).parent
text = (folder / "min-char-rnn.txt").read_text(encoding="utf-8")
ranked = sorted(Counter(text).items(), key=lambda item: (-item[1], item[0]))
ids = {character: 2 + rank for rank, (character, _) in enumerate(ranked)}
data = [ids[character] for character in text]
vocabulary = 2 + len(ids)


def generator():
    state = 1
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield (state / 2**32 - 0.5) * 0.03


values = generator()


def drawn(*shape):
    return np.array([next(values) for _ in range(int(np.prod(shape)))]).reshape(shape)


weights = {
    "Wxh": drawn(UNITS, vocabulary),
    "Whh": drawn(UNITS, UNITS),
    "Why": drawn(vocabulary, UNITS),
    "bh": np.zeros(UNITS),
    "by": np.zeros(vocabulary),
}
memory = {name: np.zeros_like(value) for name, value in weights.items()}


LOG2_E, LN2_HIGH, LN2_LOW = 1.4426950408889634, 0.6931471803691238, 1.9082149292705877e-10
COEFFICIENTS = [1 / math.factorial(n) for n in range(13, -1, -1)]


def exp(x):
    k = np.floor(x * LOG2_E + 0.5)
    r = x - k * LN2_HIGH - k * LN2_LOW
    total = np.zeros_like(x)
    for coefficient in COEFFICIENTS:
        total = total * r + coefficient
    return np.ldexp(total, k.astype(int))


def tanh(x):
    value = 1 - 2 / (exp(2 * np.minimum(np.abs(x), 20)) + 1)
    return np.where(x < 0, -value, value)


def plus_product(start, matrix, vector):
    """start + matrix @ vector, one column after the other."""
    for column, value in zip(matrix.T, vector):
        start = start + column * value
    return start


def loss_and_gradients(inputs, targets, state):
    w = weights
    states, outputs, loss = [state], [], 0.0
    for x, target in zip(inputs, targets):
        state = tanh(plus_product(w["bh"] + w["Wxh"][:, x], w["Whh"], state))
        logits = plus_product(w["by"], w["Why"], state)
        probabilities = exp(np.maximum(logits - logits.max(), -700))
        probabilities = probabilities / np.cumsum(probabilities)[-1]
        loss -= np.log(probabilities[target])
        states.append(state)
        outputs.append(probabilities)
    d = {name: np.zeros_like(value) for name, value in w.items()}
    d_next = np.zeros(UNITS)
    for t in reversed(range(len(inputs))):
        d_logits = outputs[t].copy()
        d_logits[targets[t]] -= 1
        d["Why"] += np.outer(d_logits, states[t + 1])
        d["by"] += d_logits
        d_raw = (1 - states[t + 1] ** 2) * plus_product(d_next, w["Why"].T, d_logits)
        d["bh"] += d_raw
        d["Wxh"][:, inputs[t]] += d_raw
        d["Whh"] += np.outer(d_raw, states[t])
        d_next = plus_product(np.zeros(UNITS), w["Whh"].T, d_raw)
    for gradient in d.values():
        np.clip(gradient, -5, 5, out=gradient)
    return loss, d, states[-1]


position, state = 0, np.zeros(UNITS)
smooth = np.log(vocabulary) * WINDOW
losses, smooths = [], []
for step in range(STEPS):
    if position + WINDOW + 1 >= len(data):
        position, state = 0, np.zeros(UNITS)
    inputs = data[position : position + WINDOW]
    targets = data[position + 1 : position + WINDOW + 1]
    loss, gradients, state = loss_and_gradients(inputs, targets, state)
    smooth = smooth * 0.999 + loss * 0.001
    for name, gradient in gradients.items():
        memory[name] += gradient**2
        weights[name] -= RATE * gradient / np.sqrt(memory[name] + 1e-8)
    position += WINDOW
    losses.append(round(float(loss), 9))
    smooths.append(round(float(smooth), 9))

result = {"units": UNITS, "window": WINDOW, "rate": RATE, "losses": losses, "smoothLosses": smooths}
(folder / "min-char-rnn.json").write_text(json.dumps(result) + "\n")
