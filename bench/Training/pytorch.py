"""The workload in PyTorch, as its tutorials write a training: argument 1 is the workload as JSON.

The process does its work once to warm up, and then once for each line that it reads, and answers with the seconds.
"""
import json
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F

work = json.loads(sys.argv[1])
torch.set_num_threads(work["threads"])


def activate(layer):
    return [nn.ReLU()] if layer.get("activation", "relu") == "relu" else []


def resnet_features(trainable):
    import torchvision

    network = torchvision.models.resnet50()
    features = nn.Sequential(*list(network.children())[:-2])
    for name, parameter in features.named_parameters():
        parameter.requires_grad = (
            "bn" in name or name.startswith("1.") or (trainable == "headAndLastTwoBlocks" and name.startswith(("7.1.", "7.2.")))
        )
    return features


def modules(layer, shape):
    kind = layer["kind"]
    channels, side = shape
    if kind == "conv2D":
        padding = layer["kernel"] // 2 if layer["padding"] == "same" else 0
        return [nn.Conv2d(channels, layer["filters"], layer["kernel"], layer.get("stride", 1), padding), *activate(layer)]
    if kind == "batchNormalization":
        return [nn.BatchNorm1d(channels) if side is None else nn.BatchNorm2d(channels)]
    if kind == "maxPool2D":
        return [nn.MaxPool2d(layer["size"])]
    if kind == "dropout":
        return [nn.Dropout(layer["rate"])]
    if kind == "flatten":
        return [nn.Flatten()]
    if kind == "dense":
        return [nn.Linear(channels * (side or 1) ** 2, layer["units"]), *activate(layer)]
    if kind == "globalAveragePooling2D":
        return [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    if kind == "resNet50Base":
        return [resnet_features(work["trainable"])]
    raise SystemExit(f"pytorch.py: no module for {kind}")


network = nn.Sequential(*[m for layer in work["layers"] for m in modules(layer, (layer["inputChannels"], layer["inputSide"]))])
trained = [p for p in network.parameters() if p.requires_grad]
decay = work["weightDecay"]
optimizer = (
    torch.optim.AdamW(trained, work["learningRate"], weight_decay=decay) if decay else torch.optim.Adam(trained, work["learningRate"])
)
side, channels = work["side"], work["channels"]
images = torch.rand(work["images"], channels, side, side)
labels = torch.randint(0, 5, (work["images"],))
validation = torch.rand(work["validationImages"], channels, side, side)


def epoch():
    network.train()
    for chosen in torch.randperm(len(images)).split(work["batchSize"]):
        optimizer.zero_grad()
        loss = F.cross_entropy(network(images[chosen]), labels[chosen])
        loss.backward()
        optimizer.step()
        loss.item()
    network.eval()
    with torch.no_grad():
        for batch in validation.split(work["batchSize"]):
            network(batch).argmax(1)


epoch()
for _ in sys.stdin:
    started = time.perf_counter()
    epoch()
    print(time.perf_counter() - started, flush=True)
