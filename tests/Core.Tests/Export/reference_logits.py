"""Checks an exported model and computes the logits that PyTorch gives for the same weights.

usage: reference_logits.py FOLDER MODEL...
FOLDER/MODEL holds model.onnx, weights.json ([{name, shape}]), weights.bin and images.bin (float32, little-endian);
logits.bin is written there. The networks are built here from the study's description, not from the program's code.
"""
import json
import sys

import numpy as np
import onnx
import torch
from torch import nn
from torchvision.models import resnet50


def conv(inputs, outputs, padding):
    return nn.Conv2d(inputs, outputs, 3, padding=padding)


def norm2d(channels):
    return nn.BatchNorm2d(channels, eps=1e-3)


def norm1d(features):
    return nn.BatchNorm1d(features, eps=1e-3)


class ToRgb32(nn.Module):
    def forward(self, images):
        return nn.functional.pad(images, (2, 2, 2, 2)).repeat(1, 3, 1, 1)


def base():
    network = resnet50(weights=None)
    network.fc = nn.Identity()
    return network


relu, pool, flatten = nn.ReLU, lambda: nn.MaxPool2d(2), nn.Flatten

# (name in the file or None, module) in the order of the study's tables; dropout does nothing here.
NETWORKS = {
    "model1": lambda: [
        ("conv2d", conv(1, 32, 0)), (None, relu()), (None, pool()),
        (None, flatten()), ("dense", nn.Linear(13 * 13 * 32, 64)), (None, relu()), ("classifier", nn.Linear(64, 5)),
    ],
    "model3": lambda: [
        ("conv2d", conv(1, 32, 0)), (None, relu()), (None, pool()),
        ("conv2d_1", conv(32, 64, 0)), (None, relu()), (None, pool()),
        ("conv2d_2", conv(64, 128, 0)), (None, relu()),
        (None, flatten()), ("dense", nn.Linear(3 * 3 * 128, 128)), (None, relu()), ("classifier", nn.Linear(128, 5)),
    ],
    "model4": lambda: [
        ("conv2d", conv(1, 32, 1)), (None, relu()), ("batch_normalization", norm2d(32)),
        ("conv2d_1", conv(32, 32, 1)), (None, relu()), ("batch_normalization_1", norm2d(32)), (None, pool()),
        ("conv2d_2", conv(32, 64, 1)), (None, relu()), ("batch_normalization_2", norm2d(64)),
        ("conv2d_3", conv(64, 128, 1)), (None, relu()), ("batch_normalization_3", norm2d(128)), (None, pool()),
        (None, flatten()),
        ("dense", nn.Linear(7 * 7 * 128, 512)), (None, relu()), ("batch_normalization_4", norm1d(512)),
        ("dense_1", nn.Linear(512, 128)), (None, relu()), ("batch_normalization_5", norm1d(128)),
        ("classifier", nn.Linear(128, 5)),
    ],
    "resnet50": lambda: [
        (None, ToRgb32()), ("resnet50", base()),
        ("dense", nn.Linear(2048, 256)), (None, relu()), ("batch_normalization", norm1d(256)),
        ("classifier", nn.Linear(256, 5)),
    ],
}


def main(model, folder):
    onnx.checker.check_model(onnx.load(f"{folder}/model.onnx"), full_check=True)

    values = np.fromfile(f"{folder}/weights.bin", "<f4")
    weights, start = {}, 0
    for entry in json.load(open(f"{folder}/weights.json")):
        count = int(np.prod(entry["shape"]))
        weights[entry["name"]] = torch.from_numpy(values[start:start + count].reshape(entry["shape"]))
        start += count

    network = nn.Sequential()
    for index, (name, module) in enumerate(NETWORKS[model]()):
        network.add_module(name or f"unnamed_{index}", module)
    missing, unexpected = network.load_state_dict(weights, strict=False)
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    assert not missing and not unexpected, (missing, unexpected)

    images = torch.from_numpy(np.fromfile(f"{folder}/images.bin", "<f4").reshape(-1, 1, 28, 28))
    network.eval()
    with torch.no_grad():
        network(images).numpy().astype("<f4").tofile(f"{folder}/logits.bin")


for argument in sys.argv[2:]:
    main(argument, f"{sys.argv[1]}/{argument}")
