"""The same work in PyTorch, in turns with ours.

python pytorch.py training|sampling UNITS LAYERS BATCH SEQUENCE SYMBOLS
Prints its name; then, for each line on standard input, a number of threads, the seconds of three runs.
"""

import sys
import time

import torch

what = sys.argv[1]
units, layers, batch, sequence, symbols = (int(argument) for argument in sys.argv[2:])
torch.manual_seed(0)


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(symbols, units)
        self.rnn = torch.nn.LSTM(units, units, layers)
        self.decoder = torch.nn.Linear(units, symbols)

    def forward(self, x, state):
        hidden, state = self.rnn(self.embedding(x), state)
        return self.decoder(hidden), state


network = Network()
optimizer = torch.optim.Adam(network.parameters(), lr=0.002)
state = None


def train_step():
    global state
    x = torch.randint(0, symbols, (sequence, batch))
    y = torch.randint(0, symbols, (sequence, batch))
    start = time.perf_counter()
    optimizer.zero_grad()
    logits, after = network(x, state)
    loss = torch.nn.functional.cross_entropy(logits.view(-1, symbols), y.view(-1))
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    optimizer.step()
    loss.item()
    seconds = time.perf_counter() - start
    state = tuple(part.detach() for part in after)
    return seconds


@torch.inference_mode()
def draw_symbols(count=1000):
    carried = None
    symbol = torch.zeros((1, 1), dtype=torch.long)
    start = time.perf_counter()
    for _ in range(count):
        logits, carried = network(symbol, carried)
        symbol = torch.multinomial(torch.softmax(logits.view(-1) / 0.5, 0), 1).view(1, 1)
    return time.perf_counter() - start


run = train_step if what == "training" else draw_symbols
print(f"PyTorch {torch.__version__}", flush=True)
for line in sys.stdin:
    torch.set_num_threads(int(line))
    run()
    print(*(run() for _ in range(3)), flush=True)
