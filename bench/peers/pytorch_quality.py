"""Trains the same network on the same text in PyTorch, while a clock runs.

Prints its name. The first line of standard input is a JSON object that says what to train and how; the answer
is the number of threads that is fastest. Each further one is {"until": seconds of training}, answered with
the seconds and characters trained so far, or {"save": path}, which writes all parameters one after the other.
"""

import copy
import json
import sys
import time

import numpy
import torch

from network import Network, training_step


class Streams:
    """As src/training/data/batch-streams.ts cuts a text."""

    def __init__(self, symbols, start_of_file, batch, sequence):
        length = (len(symbols) - 1) // batch
        targets = symbols[1:].clone()
        targets[targets == start_of_file] = -1
        self.inputs = symbols[: batch * length].view(batch, length).t()
        self.targets = targets[: batch * length].view(batch, length).t()
        self.sequence = sequence
        self.windows = -(-length // sequence)

    def window(self, index):
        part = slice(index * self.sequence, (index + 1) * self.sequence)
        return self.inputs[part].contiguous(), self.targets[part].contiguous()


class Training:
    def __init__(self, how):
        specification = how["specification"]
        symbols = torch.from_numpy(numpy.fromfile(how["symbolsPath"], dtype=numpy.int32).astype(numpy.int64))
        self.streams = Streams(symbols, how["startOfFile"], how["batchSize"], how["sequenceLength"])
        self.network = Network(
            specification["vocabularySize"],
            specification["embedding"],
            specification["units"],
            specification["layers"],
        )
        self.names = [name for name, _ in how["parameters"]]
        values = torch.from_numpy(numpy.fromfile(how["weightsPath"], dtype=numpy.float32))
        sizes = [numpy.prod(shape, dtype=int) for _, shape in how["parameters"]]
        shaped = zip(how["parameters"], values.split([int(size) for size in sizes]))
        self.network.load_state_dict({name: part.view(shape) for (name, shape), part in shaped})
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=how["learningRate"], fused=True)
        self.rate, self.decay, self.clip_norm = how["learningRate"], how["learningRateDecay"], how["clipNorm"]
        self.state, self.epoch, self.done = None, 0, 0
        self.seconds, self.characters = 0.0, 0

    def step(self):
        start = time.perf_counter()
        x, y = self.streams.window(self.done)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * self.decay**self.epoch
        self.state = training_step(self.network, self.optimizer, x, y, self.state, self.clip_norm)
        self.seconds += time.perf_counter() - start
        self.characters += x.numel()
        self.done += 1
        if self.done == self.streams.windows:
            self.state, self.done, self.epoch = None, 0, self.epoch + 1


def fastest_threads(training, most):
    """By a second of steps on a copy with each number of threads."""
    speeds = {}
    for threads in range(1, most + 1):
        torch.set_num_threads(threads)
        trial = copy.deepcopy(training)
        for _ in range(3):
            trial.step()
        trial.seconds, trial.characters = 0.0, 0
        while trial.seconds < 1:
            trial.step()
        speeds[threads] = trial.characters / trial.seconds
    return max(speeds, key=speeds.get)


print(f"PyTorch {torch.__version__.split('+')[0]}", flush=True)
how = json.loads(sys.stdin.readline())
training = Training(how)
threads = fastest_threads(training, how["maxThreads"])
torch.set_num_threads(threads)
print(json.dumps({"threads": threads}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if "save" in request:
        parameters = training.network.state_dict()
        parts = [parameters[name].numpy().ravel() for name in training.names]
        numpy.concatenate(parts).astype(numpy.float32).tofile(request["save"])
    while training.seconds < request.get("until", 0):
        training.step()
    print(json.dumps({"seconds": training.seconds, "characters": training.characters}), flush=True)
