"""The network that all train, with parameters named as in our model files."""

import torch


class Network(torch.nn.Module):
    def __init__(self, symbols, embedding, units, layers):
        super().__init__()
        self.embedding = torch.nn.Embedding(symbols, embedding)
        self.rnn = torch.nn.LSTM(embedding, units, layers)
        self.decoder = torch.nn.Linear(units, symbols)

    def forward(self, x, state):
        hidden, state = self.rnn(self.embedding(x), state)
        return self.decoder(hidden), state


def training_step(network, optimizer, x, y, state, clip_norm):
    """One step on inputs and targets [T, B]; a negative target does not count. Returns the state to carry on."""
    optimizer.zero_grad()
    logits, state = network(x, state)
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=-1)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), clip_norm)
    optimizer.step()
    loss.item()
    return tuple(part.detach() for part in state)
