"""Prints what TensorBoard's own reader finds in a folder of event files, as JSON."""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.text.metadata import PLUGIN_NAME
from tensorboard.util.tensor_util import make_ndarray

accumulator = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "tensors": 0})
accumulator.Reload()
try:
    texts = accumulator.PluginTagToContent(PLUGIN_NAME)
except KeyError:
    texts = {}
json.dump(
    {
        "scalars": {
            tag: [[event.step, event.value] for event in accumulator.Scalars(tag)]
            for tag in accumulator.Tags()["scalars"]
        },
        "texts": {
            tag: [
                [event.step, make_ndarray(event.tensor_proto)[0].decode()]
                for event in accumulator.Tensors(tag)
            ]
            for tag in texts
        },
    },
    sys.stdout,
)
