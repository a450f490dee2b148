"""Writes expected.json: what PyTorch makes of some small networks, to compare the engines with.

python make-expected.py > expected.json     (made with PyTorch 2.15.0 in double precision)
"""

import json
import math

import torch

V, E, H, B, T, K = 7, 4, 5, 2, 6, 3
# As JOINT_LOSS_WEIGHT of src/engine/joint-loss.ts.
JOINT_LOSS_WEIGHT = 1


class Prior(torch.nn.Module):
    """The joint output layer."""

    def __init__(self):
        super().__init__()
        self.decoder = torch.nn.Linear(H, V)
        self.weight = torch.nn.Parameter(torch.zeros(1))
        self.gate = torch.nn.Parameter(torch.zeros(1, H))

    def forward(self, hidden, d):
        return self.decoder(hidden) + (self.weight + hidden @ self.gate.T) * d


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
        return self.decoder(hidden), self.prior and self.prior(hidden, d), state

    def parameters_in_order(self):
        """As the engines order them: the joint output layer before the prior's weight and gate."""
        last = ("prior.weight", "prior.gate")
        return sorted(self.named_parameters(), key=lambda entry: entry[0] in last)


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
        for offset, (_, parameter) in enumerate(network.parameters_in_order()):
            parameter.copy_(formula(parameter.numel(), offset).reshape(parameter.shape))
    inputs = torch.tensor([(3 * i + 1) % V for i in range(T * B)]).reshape(T, B)
    targets = torch.tensor([(5 * i + 2) % V for i in range(T * B)]).reshape(T, B)
    targets[2, 1] = -1
    parts = [formula(layers * B * H, offset).reshape(layers, B, H) for offset in (0.5, 0.25)]
    state = tuple(parts) if cell == "lstm" else parts[0]
    optimizer = OPTIMIZERS[optimizer_name](network.parameters(), lr=0.01)

    def loss_of(logits):
        return torch.nn.functional.cross_entropy(logits.view(-1, V), targets.view(-1), ignore_index=-1)

    def losses_of(logits, joint_logits):
        """The loss that is minimised, and those to report."""
        loss = loss_of(logits)
        if joint_logits is None:
            return loss, {"loss": loss.item()}
        joint = loss_of(joint_logits)
        return loss + JOINT_LOSS_WEIGHT * joint, {"loss": loss.item(), "jointLoss": joint.item()}

    d = prior()
    logits, joint_logits, after = network(inputs, state, d)
    total, losses = losses_of(logits, joint_logits)
    total.backward()
    result = {
        "cell": cell,
        "layers": layers,
        "optimizer": optimizer_name,
        "prior": with_prior,
        "logits": rounded(logits),
        "jointLogits": None if joint_logits is None else rounded(joint_logits),
        **losses,
        "h": rounded(after[0] if cell == "lstm" else after),
        "c": rounded(after[1]) if cell == "lstm" else None,
        "gradients": {name: rounded(parameter.grad) for name, parameter in network.parameters_in_order()},
        "steps": [],
    }
    for _ in range(8):
        optimizer.zero_grad()
        logits, joint_logits, after = network(inputs, state, d)
        state = tuple(part.detach() for part in after) if cell == "lstm" else after.detach()
        total, losses = losses_of(logits, joint_logits)
        total.backward()
        norm = torch.nn.utils.clip_grad_norm_(network.parameters(), 0.25)
        optimizer.step()
        result["steps"].append({**losses, "gradientNorm": norm.item()})
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
    case("gru", 2, with_prior=True),
]
print(json.dumps(cases))
