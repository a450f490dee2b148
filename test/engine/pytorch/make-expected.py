"""Writes expected.json: what PyTorch makes of some small networks, to compare the engines with.

python make-expected.py > expected.json     (made with PyTorch 2.15.0 in double precision)
"""

import json
import math

import torch

V, E, H, B, T, K = 7, 4, 5, 2, 6, 3


class Prior(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(1))
        self.gate = torch.nn.Parameter(torch.zeros(1, H))

    def forward(self, hidden, d):
        return (self.weight + hidden @ self.gate.T) * d


CELLS = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}
OPTIMIZERS = {
    "adam": torch.optim.Adam,
    "rmsprop": torch.optim.RMSprop,
    "adagrad": torch.optim.Adagrad,
    "sgd": torch.optim.SGD,
}


class Network(torch.nn.Module):
    def __init__(self, cell, layers, prior):
        super().__init__()
        self.embedding = torch.nn.Embedding(V, E)
        self.rnn = CELLS[cell](E, H, layers)
        self.decoder = torch.nn.Linear(H, V)
        self.prior = Prior() if prior else None

    def forward(self, inputs, state, d):
        hidden, state = self.rnn(self.embedding(inputs), state)
        logits = self.decoder(hidden)
        return (logits if self.prior is None else logits + self.prior(hidden, d)), state


def formula(count, offset):
    """Values anybody can make again: i -> 0.6 sin(1.3 i + offset), as floats."""
    return torch.tensor([0.6 * math.sin(1.3 * i + offset) for i in range(count)]).double()


def rounded(tensor):
    return [float(f"{value:.9g}") for value in tensor.flatten().tolist()]


def prior():
    """d [T, B, V] of K entries a row, some of them unused, some for the same symbol."""
    d = torch.zeros(T * B, V).double()
    for row in range(T * B):
        for k in range(K):
            i = row * K + k
            if i % 4 != 1:
                d[row, (2 * i + 1) % V] += 0.5 * (i % 7)
    return d.reshape(T, B, V)


def case(cell, layers, optimizer_name="adam", with_prior=False):
    network = Network(cell, layers, with_prior).double()
    with torch.no_grad():
        for offset, parameter in enumerate(network.parameters()):
            parameter.copy_(formula(parameter.numel(), offset).reshape(parameter.shape))
    inputs = torch.tensor([(3 * i + 1) % V for i in range(T * B)]).reshape(T, B)
    targets = torch.tensor([(5 * i + 2) % V for i in range(T * B)]).reshape(T, B)
    targets[2, 1] = -1
    parts = [formula(layers * B * H, offset).reshape(layers, B, H) for offset in (0.5, 0.25)]
    state = tuple(parts) if cell == "lstm" else parts[0]
    optimizer = OPTIMIZERS[optimizer_name](network.parameters(), lr=0.01)

    def loss_of(logits):
        return torch.nn.functional.cross_entropy(logits.view(-1, V), targets.view(-1), ignore_index=-1)

    d = prior()
    logits, after = network(inputs, state, d)
    loss = loss_of(logits)
    loss.backward()
    result = {
        "cell": cell,
        "layers": layers,
        "optimizer": optimizer_name,
        "prior": with_prior,
        "logits": rounded(logits),
        "loss": loss.item(),
        "h": rounded(after[0] if cell == "lstm" else after),
        "c": rounded(after[1]) if cell == "lstm" else None,
        "gradients": {name: rounded(parameter.grad) for name, parameter in network.named_parameters()},
        "steps": [],
    }
    for _ in range(8):
        optimizer.zero_grad()
        logits, after = network(inputs, state, d)
        state = tuple(part.detach() for part in after) if cell == "lstm" else after.detach()
        loss = loss_of(logits)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(network.parameters(), 0.25)
        optimizer.step()
        result["steps"].append({"loss": loss.item(), "gradientNorm": norm.item()})
    result["decoderBias"] = rounded(network.decoder.bias.detach())
    return result


cases = [
    case("lstm", 1),
    case("lstm", 2),
    case("lstm", 1, with_prior=True),
    case("gru", 1, "rmsprop"),
    case("gru", 2, "adagrad"),
    case("rnn", 1, "sgd"),
    case("rnn", 2),
]
print(json.dumps(cases))
