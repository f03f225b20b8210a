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
from torchvision.models.resnet import BasicBlock, ResNet
from torchvision.transforms.functional import normalize


def conv(inputs, outputs, padding):
    return nn.Conv2d(inputs, outputs, 3, padding=padding)


def norm2d(channels):
    return nn.BatchNorm2d(channels, eps=1e-3)


def norm1d(features):
    return nn.BatchNorm1d(features, eps=1e-3)


class ToImageNet64(nn.Module):
    def forward(self, images):
        large = nn.functional.interpolate(images, size=(64, 64), mode="bilinear", align_corners=False)
        return normalize(large.repeat(1, 3, 1, 1), [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


class ToRgb32(nn.Module):
    def forward(self, images):
        return nn.functional.pad(images, (2, 2, 2, 2)).repeat(1, 3, 1, 1)


def base(network):
    network.fc = nn.Identity()
    return network


def resnet18():
    """As in the file of ML.NET: the last stage has three blocks."""
    return ResNet(BasicBlock, [2, 2, 2, 3])


LABEL_OFFSETS = [28822, -28356, -1956, 0, 8065, 40562, 3, -1961, 83321, 26389]
LABEL_CUTS = [34506, 60652, 80358, 101960]


def brightness(images):
    return (images.double() * 255).sum((1, 2, 3)).round()


def latent_offsets(gates, images, weights):
    """P(y) = sum_k pi_k (F((T_{y+1} - S - b_k) / s) - F((T_y - S - b_k) / s)), a hundredth spread evenly."""
    offsets, cuts = weights["latent_offsets.offsets"].double(), weights["latent_offsets.cuts"].double()
    scale = weights["latent_offsets.log_scale"].double().exp()
    edges = torch.cat([torch.tensor([-1e9]).double(), cuts, torch.tensor([1e9]).double()])
    below = torch.sigmoid((edges - brightness(images).div(10000)[:, None, None] - offsets[None, :, None]) / scale)
    shares = torch.softmax(gates.double(), 1)[:, :, None]
    return .99 * (shares * (below[:, :, 1:] - below[:, :, :-1])).sum(1) + .01 / 5


def garment_rule(gates, images):
    shares = torch.softmax(gates.double(), 1)
    result = torch.full((len(images), 5), .001 / 5).double()
    for image, total in enumerate(brightness(images).tolist()):
        for garment, offset in enumerate(LABEL_OFFSETS):
            result[image, sum(total + offset > cut for cut in LABEL_CUTS)] += .999 * shares[image, garment]
    return result


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
    "resnet50": lambda: resnet(ToRgb32()),
    "resnet50-finetuned": lambda: resnet(ToImageNet64()),
    "resnet18": lambda: smaller_resnet(ToRgb32()),
    "resnet18-finetuned": lambda: smaller_resnet(ToImageNet64()),
    "strong": lambda: strong(),
    "strong-garments": lambda: strong(),
}


def resnet(transform):
    return [
        (None, transform), ("resnet50", base(resnet50(weights=None))),
        ("dense", nn.Linear(2048, 256)), (None, relu()), ("batch_normalization", norm1d(256)),
        ("classifier", nn.Linear(256, 5)),
    ]


def smaller_resnet(transform):
    return [
        (None, transform), ("resnet18", base(resnet18())),
        ("dense", nn.Linear(512, 256)), (None, relu()), ("batch_normalization", norm1d(256)),
        ("classifier", nn.Linear(256, 5)),
    ]


def strong():
    layers, inputs = [], 1
    for index, filters in enumerate([64, 64, 64, 128, 128, 128]):
        number = f"_{index}" if index else ""
        layers += [(f"conv2d{number}", nn.Conv2d(inputs, filters, 3, stride=1 if index else 2, padding=1)), (None, relu()),
                   (f"batch_normalization{number}", norm2d(filters))]
        layers += [(None, pool())] if index == 2 else []
        inputs = filters
    return layers + [(None, nn.AdaptiveAvgPool2d(1)), (None, flatten()), ("classifier", nn.Linear(128, 10))]


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
    unexpected = [name for name in unexpected if not name.startswith("latent_offsets.")]
    assert not missing and not unexpected, (missing, unexpected)

    images = torch.from_numpy(np.fromfile(f"{folder}/images.bin", "<f4").reshape(-1, 1, 28, 28))
    network.eval()
    with torch.no_grad():
        logits(model, network, images, weights).numpy().astype("<f4").tofile(f"{folder}/logits.bin")


def logits(model, network, images, weights):
    """The strong models answer with the mean probability of the image and its mirror image."""
    if model == "strong":
        return sum(latent_offsets(network(side), side, weights) for side in (images, images.flip(3))).div(2).log()
    if model == "strong-garments":
        return sum(garment_rule(network(side), side) for side in (images, images.flip(3))).div(2).log()
    return network(images)


for argument in sys.argv[2:]:
    main(argument, f"{sys.argv[1]}/{argument}")
