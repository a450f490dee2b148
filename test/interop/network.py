"""Answers the tests about PyTorch: `logits FILE IDS` or `export FILE DTYPE OUT`, with interop/char_rnn.py."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "interop"))

import torch  # noqa: E402
from char_rnn import export, load  # noqa: E402

command, path, *rest = sys.argv[1:]
network, vocabulary = load(path)
if command == "logits":
    with torch.no_grad():
        logits, _ = network(torch.tensor([json.loads(rest[0])]))
    json.dump(logits[0].tolist(), sys.stdout)
else:
    dtype, out = rest
    # As DistributedDataParallel names what it wraps.
    wrapped = torch.nn.Module()
    wrapped.module = network.to(getattr(torch, dtype))
    export(wrapped, vocabulary, out)
