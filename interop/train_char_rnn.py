"""Trains a network with PyTorch, on a processor, a GPU, or many, for `char-rnn import`.

    python interop/train_char_rnn.py src/*.c --output code.safetensors --epochs 10
    torchrun --nproc-per-node 4 interop/train_char_rnn.py src/*.c --output code.safetensors

Under torchrun each process learns streams of its own, and DistributedDataParallel adds up their gradients.
"""

import argparse
import os
from collections import Counter
from pathlib import Path

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel

from char_rnn import CELLS, START_OF_FILE, CharRNN, encode, export


def options_of_command_line():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--output", required=True)
    parser.add_argument("--cell", choices=CELLS, default="lstm")
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--units", type=int, default=128)
    parser.add_argument("--embedding", type=int)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--batch-size", type=int, default=50, help="streams of each process")
    parser.add_argument("--sequence-length", type=int, default=200)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--learning-rate", type=float, default=0.002)
    parser.add_argument("--learning-rate-decay", type=float, default=0.97)
    parser.add_argument("--clip-norm", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def main():
    options = options_of_command_line()
    torch.manual_seed(options.seed)
    processes, rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
    on_gpu = torch.cuda.is_available()
    device = torch.device(f"cuda:{os.environ.get('LOCAL_RANK', 0)}" if on_gpu else "cpu")
    if processes > 1:
        distributed.init_process_group("nccl" if on_gpu else "gloo")

    texts = [Path(file).read_text(encoding="utf-8").replace("\r\n", "\n") for file in options.files]
    counts = Counter("".join(texts))
    ranked = sorted(counts, key=lambda character: (-counts[character], character))
    vocabulary = ["\ufffd", "\u0002", *ranked]
    symbols = [symbol for text in texts for symbol in [START_OF_FILE, *encode(text, vocabulary)]]

    streams = options.batch_size * processes
    length = (len(symbols) - 1) // streams
    if length < 1:
        raise SystemExit(f"{len(symbols)} characters are too few for {streams} streams; lower --batch-size")

    def cut(begin):
        rows = torch.tensor(symbols[begin : begin + streams * length]).view(streams, length)
        return rows[rank * options.batch_size : (rank + 1) * options.batch_size].to(device)

    inputs, targets = cut(0), cut(1)
    network = CharRNN(
        len(vocabulary), options.cell, options.layers, options.units, options.embedding, options.dropout
    ).to(device)
    if options.cell == "lstm":
        for name, bias in network.rnn.named_parameters():
            if name.startswith("bias"):
                # The forget gate begins by remembering.
                bias.data[options.units : 2 * options.units] = float(name.startswith("bias_ih"))
    trained = DistributedDataParallel(network) if processes > 1 else network
    optimizer = torch.optim.Adam(trained.parameters(), options.learning_rate)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, options.learning_rate_decay)

    for epoch in range(options.epochs):
        state, total, windows = None, 0.0, 0
        for begin in range(0, length, options.sequence_length):
            window = slice(begin, begin + options.sequence_length)
            logits, state = trained(inputs[:, window], state)
            state = tuple(part.detach() for part in state) if options.cell == "lstm" else state.detach()
            wanted = targets[:, window].masked_fill(targets[:, window] == START_OF_FILE, -100)
            loss = nn.functional.cross_entropy(logits.flatten(0, 1), wanted.flatten())
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(trained.parameters(), options.clip_norm)
            optimizer.step()
            total, windows = total + loss.item(), windows + 1
        schedule.step()
        if rank == 0:
            print(f"epoch {epoch + 1}: loss {total / windows:.4f} nats", flush=True)

    if rank == 0:
        export(trained, vocabulary, options.output)
    if processes > 1:
        distributed.destroy_process_group()


if __name__ == "__main__":
    main()
