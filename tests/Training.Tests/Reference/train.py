"""Full-batch training of the tests' small network without dropout: torch.nn, torch's autograd, and Keras's Adam by its formula.

Usage: train.py START.safetensors TRAIN.bin VALIDATION.bin EPOCHS RATE
A .bin holds count x 784 grey bytes, then count label bytes. Prints per epoch: train loss, right training answers,
validation loss, right validation answers.
"""
import sys

import torch
from torch import nn

from reference_weights import read_safetensors


def read(path):
    data = torch.frombuffer(bytearray(open(path, "rb").read()), dtype=torch.uint8)
    count = len(data) // 785
    return data[:count * 784].reshape(count, 1, 28, 28).float() / 255, data[count * 784:].long()


start, train_path, validation_path, epochs, rate = sys.argv[1:]
weights = read_safetensors(start)
channels = len(next(iter(weights.values())))
network = nn.Sequential(
    nn.Conv2d(1, channels, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(channels, eps=1e-3, momentum=.01), nn.MaxPool2d(2),
    nn.Conv2d(channels, channels, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
    nn.Linear(36 * channels, 16), nn.ReLU(), nn.BatchNorm1d(16, eps=1e-3, momentum=.01), nn.Linear(16, 5))
own = [value for name, value in network.state_dict().items() if not name.endswith("num_batches_tracked")]
assert len(own) == len(weights)
for target, value in zip(own, weights.values()):
    assert target.shape == value.shape
    target.copy_(value)

(images, labels), (validation_images, validation_labels) = read(train_path), read(validation_path)
parameters = list(network.parameters())
first, second = [torch.zeros_like(p) for p in parameters], [torch.zeros_like(p) for p in parameters]
for step in range(1, int(epochs) + 1):
    network.train()
    logits = network(images)
    loss = nn.functional.cross_entropy(logits, labels)
    gradients = torch.autograd.grad(loss, parameters)
    with torch.no_grad():
        corrected = float(rate) * (1 - .999 ** step) ** .5 / (1 - .9 ** step)
        for w, g, m, v in zip(parameters, gradients, first, second):
            m.copy_(.9 * m + .1 * g)
            v.copy_(.999 * v + .001 * g * g)
            w.sub_(corrected * m / (v.sqrt() + 1e-7))
        validation = network.eval()(validation_images)
    print(loss.item(), (logits.argmax(1) == labels).sum().item(),
          nn.functional.cross_entropy(validation, validation_labels).item(), (validation.argmax(1) == validation_labels).sum().item())
