"""The same work in PyTorch, in turns with ours.

Prints its name; then answers each line of standard input, a JSON object with work (training, sampling or
reading), units, embedding, layers, batchSize, sequenceLength, symbols and threads, with the seconds that one
run took and the symbols in it.
"""

import json
import sys
import time

import torch

from network import Network, training_step

SAMPLED = 1000


def training(network, sizes):
    batch, sequence, symbols = sizes["batchSize"], sizes["sequenceLength"], sizes["symbols"]
    optimizer = torch.optim.Adam(network.parameters(), lr=0.002, fused=True)
    state = None

    def run():
        nonlocal state
        x, y = (torch.randint(0, symbols, (sequence, batch)) for _ in range(2))
        start = time.perf_counter()
        state = training_step(network, optimizer, x, y, state, clip_norm=5.0)
        return time.perf_counter() - start, batch * sequence

    return run


def sampling(network, _sizes):
    @torch.inference_mode()
    def run():
        state = None
        symbol = torch.zeros((1, 1), dtype=torch.long)
        start = time.perf_counter()
        for _ in range(SAMPLED):
            logits, state = network(symbol, state)
            symbol = torch.multinomial(torch.softmax(logits.view(-1) / 0.5, 0), 1).view(1, 1)
        return time.perf_counter() - start, SAMPLED

    return run


def reading(network, sizes):
    text = torch.randint(0, sizes["symbols"], (SAMPLED, 1))

    @torch.inference_mode()
    def run():
        start = time.perf_counter()
        hidden, _ = network.rnn(network.embedding(text))
        network.decoder(hidden[-1])
        return time.perf_counter() - start, SAMPLED

    return run


works = {"training": training, "sampling": sampling, "reading": reading}
prepared, run = None, None
print(f"PyTorch {torch.__version__.split('+')[0]}", flush=True)
for line in sys.stdin:
    sizes = json.loads(line)
    torch.set_num_threads(sizes.pop("threads"))
    if sizes != prepared:
        torch.manual_seed(0)
        network = Network(sizes["symbols"], sizes["embedding"], sizes["units"], sizes["layers"])
        prepared, run = sizes, works[sizes["work"]](network, sizes)
    seconds, symbols = run()
    print(json.dumps({"seconds": seconds, "symbols": symbols}), flush=True)
