"""Char-RNN models in PyTorch, both ways. Needs torch and safetensors.

    network, vocabulary = load("code.safetensors")     # a model that Char-RNN trained
    export(network, vocabulary, "out.safetensors")     # for: char-rnn import out.safetensors --model …

As a command it lets a model write:

    python interop/char_rnn.py code.safetensors --prime "int main"
"""

import argparse
import json

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

UNKNOWN, START_OF_FILE = 0, 1
CELLS = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}


class CharRNN(nn.Module):
    """Embedding (or one-hot, where `embedding` is 0), recurrent layers, linear layer: symbols [B, T] to logits."""

    def __init__(self, vocabulary_size, cell="lstm", layers=2, units=128, embedding=None, dropout=0.0):
        super().__init__()
        embedding = units if embedding is None else embedding
        self.cell = cell
        self.vocabulary_size = vocabulary_size
        if embedding > 0:
            self.embedding = nn.Embedding(vocabulary_size, embedding)
        # Between layers alone, as here; PyTorch warns of dropout where there is one layer.
        self.rnn = CELLS[cell](
            embedding or vocabulary_size,
            units,
            num_layers=layers,
            dropout=dropout if layers > 1 else 0.0,
            batch_first=True,
        )
        self.decoder = nn.Linear(units, vocabulary_size)

    def forward(self, symbols, state=None):
        """Symbols [B, T] and the state to go on from (None: a file's start) to logits [B, T, V] and the state."""
        if hasattr(self, "embedding"):
            inputs = self.embedding(symbols)
        else:
            inputs = functional.one_hot(symbols, self.vocabulary_size).to(self.decoder.weight.dtype)
        outputs, state = self.rnn(inputs, state)
        return self.decoder(outputs), state


def load(path):
    """The network of a model file, and its vocabulary: symbols by id, the unknown one and the start first."""
    with safe_open(path, framework="pt") as file:
        description = json.loads(file.metadata()["char-rnn"])
    specification = description["specification"]
    network = CharRNN(
        specification["vocabularySize"],
        specification["cell"],
        specification["layers"],
        specification["units"],
        specification["embedding"],
        specification["dropout"],
    )
    # The file also has the optimiser's moments, the carried state and, of a jointly trained network, `prior.*`: the
    # output layer that predicts together with the context model. The decoder is complete without it.
    weights = load_file(path)
    network.load_state_dict({name: weights[name] for name in network.state_dict()})
    return network.eval(), description["vocabulary"]


def export(network, vocabulary, path):
    """Writes a network for `char-rnn import`. It may be wrapped in DistributedDataParallel, or of 16-bit floats."""
    tensors = {name: value.detach().cpu().contiguous() for name, value in network.state_dict().items()}
    save_file(tensors, path, metadata={"format": "pt", "vocabulary": json.dumps(vocabulary)})


def encode(text, vocabulary):
    ids = {symbol: number for number, symbol in enumerate(vocabulary)}
    return [ids.get(character, UNKNOWN) for character in text]


@torch.no_grad()
def sample(network, vocabulary, prime="", length=500, temperature=0.5):
    opening = [START_OF_FILE] if prime == "" else encode("\n" + prime, vocabulary)
    logits, state = network(torch.tensor([opening]))
    written = []
    for _ in range(length):
        scores = logits[0, -1].clone()
        scores[: START_OF_FILE + 1] = -torch.inf
        if temperature > 0:
            symbol = int(torch.multinomial(torch.softmax(scores / temperature, 0), 1))
        else:
            symbol = int(scores.argmax())
        written.append(vocabulary[symbol])
        logits, state = network(torch.tensor([[symbol]]), state)
    return "".join(written)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("--prime", default="")
    parser.add_argument("--length", type=int, default=500)
    parser.add_argument("--temperature", type=float, default=0.5)
    options = parser.parse_args()
    print(sample(*load(options.model), options.prime, options.length, options.temperature))
