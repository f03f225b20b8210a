"""Logits of one of the study's networks or of a pruned one, built by hand from torch.nn and torchvision.

Usage: forward.py MODEL WEIGHTS.safetensors IMAGES.f32 LOGITS.f32
IMAGES holds float32 images (count x 784, 0..1); LOGITS receives count x classes.
"""
import sys

import torch
from torch import nn

from reference_weights import read_safetensors

RATE = 0.5  # any: the network is in evaluation mode


def conv(i, o, padding=0):
    return [nn.Conv2d(i, o, 3, padding=padding), nn.ReLU()]


def norm1(n):
    return nn.BatchNorm1d(n, eps=1e-3, momentum=.01)


def norm2(n):
    return nn.BatchNorm2d(n, eps=1e-3, momentum=.01)


def model1(classes):
    return nn.Sequential(*conv(1, 32), nn.MaxPool2d(2), nn.Dropout(RATE), nn.Flatten(),
                         nn.Linear(5408, 64), nn.ReLU(), nn.Linear(64, classes))


def model3(classes):
    return nn.Sequential(*conv(1, 32), nn.MaxPool2d(2), nn.Dropout(RATE), *conv(32, 64), nn.MaxPool2d(2), nn.Dropout(RATE),
                         *conv(64, 128), nn.Dropout(RATE), nn.Flatten(), nn.Linear(1152, 128), nn.ReLU(), nn.Linear(128, classes))


def model4(classes, share=1):
    """With 1/share of the channels."""
    a, b, c, d, e = (n // share for n in (32, 64, 128, 512, 128))
    return nn.Sequential(
        *conv(1, a, 1), norm2(a), *conv(a, a, 1), norm2(a), nn.MaxPool2d(2), nn.Dropout(RATE),
        *conv(a, b, 1), norm2(b), nn.Dropout(RATE), *conv(b, c, 1), norm2(c), nn.MaxPool2d(2), nn.Dropout(RATE), nn.Flatten(),
        nn.Linear(49 * c, d), nn.ReLU(), norm1(d), nn.Dropout(RATE),
        nn.Linear(d, e), nn.ReLU(), norm1(e), nn.Dropout(RATE), nn.Linear(e, classes))


def model4_slim(classes):
    return model4(classes, share=2)


class Block(nn.Module):
    def __init__(self, body, shortcut=None):
        super().__init__()
        self.body = nn.Sequential(*body)
        self.shortcut = shortcut or nn.Identity()

    def forward(self, maps):
        return torch.relu(self.body(maps) + self.shortcut(maps))


def tiny_blocks(classes):
    return nn.Sequential(
        *conv(1, 16, 1),
        Block([nn.Conv2d(16, 16, 3, padding=1, groups=16), nn.ReLU(), norm2(16), nn.Conv2d(16, 16, 1)]),
        nn.AvgPool2d(2),
        Block([nn.Conv2d(16, 32, 3, padding=1, stride=2), nn.ReLU(), nn.Dropout(RATE), nn.Conv2d(32, 32, 3, padding=1)],
              nn.Conv2d(16, 32, 1, stride=2)),
        nn.Conv2d(32, 32, 3, stride=2, groups=32), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, classes))


def to_rgb32(grey):
    return nn.functional.pad(grey, (2, 2, 2, 2)).repeat(1, 3, 1, 1)


def to_imagenet64(grey):
    from torchvision.transforms.functional import normalize
    large = nn.functional.interpolate(grey, size=(64, 64), mode="bilinear", align_corners=False)
    return normalize(large.repeat(1, 3, 1, 1), [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


def resnet50():
    import torchvision  # slow to load
    return torchvision.models.resnet50(weights=None)


def resnet18():
    """As in the file of ML.NET: the last stage has three blocks."""
    from torchvision.models.resnet import BasicBlock, ResNet
    return ResNet(BasicBlock, [2, 2, 2, 3])


class OnBase(nn.Module):
    def __init__(self, classes, base, transform):
        super().__init__()
        self.transform = transform
        self.prefix = f"{base.__name__}."
        self.base = base()
        features = self.base.fc.in_features
        self.base.fc = nn.Identity()  # its own global average pooling stays
        self.head = nn.Sequential(nn.Linear(features, 256), nn.ReLU(), nn.Dropout(RATE), norm1(256), nn.Linear(256, classes))

    def forward(self, grey):
        return self.head(self.base(self.transform(grey)))


def load(network, weights):
    """The base by torchvision's names; everything else by order, each shape checked by copy_."""
    if isinstance(network, OnBase):
        prefix = network.prefix
        base = {name[len(prefix):]: value for name, value in weights.items() if name.startswith(prefix)}
        missing, unexpected = network.base.load_state_dict(base, strict=False)
        assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
        weights = {name: value for name, value in weights.items() if not name.startswith(prefix)}
        network = network.head
    own = [value for name, value in network.state_dict().items() if not name.endswith("num_batches_tracked")]
    assert len(own) == len(weights)
    for target, value in zip(own, weights.values()):
        assert target.shape == value.shape
        target.copy_(value)


model, weights_path, images_path, logits_path = sys.argv[1:]
weights = read_safetensors(weights_path)
build = {"model1": model1, "model3": model3, "model4": model4, "model4-pruned": model4, "model4-slim": model4_slim, "tiny-blocks": tiny_blocks,
         "resnet50": lambda classes: OnBase(classes, resnet50, to_rgb32),
         "resnet50-finetuned": lambda classes: OnBase(classes, resnet50, to_imagenet64),
         "resnet18": lambda classes: OnBase(classes, resnet18, to_rgb32),
         "resnet18-finetuned": lambda classes: OnBase(classes, resnet18, to_imagenet64)}[model]
network = build(weights["classifier.bias"].shape[0])
with torch.no_grad():
    load(network, weights)
    images = torch.frombuffer(bytearray(open(images_path, "rb").read()), dtype=torch.float32).reshape(-1, 1, 28, 28)
    open(logits_path, "wb").write(network.eval()(images).numpy().tobytes())
