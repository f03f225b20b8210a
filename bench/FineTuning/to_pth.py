"""Writes the ResNet50 base of a safetensors file as torch.save writes a torchvision state dict.

Usage: to_pth.py MODEL.safetensors WEIGHTS.pth
"""
import collections
import json
import sys

import torch

PREFIX = "resnet50."
with open(sys.argv[1], "rb") as file:
    header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    data = bytearray(file.read())
state = collections.OrderedDict()
for name, entry in header.items():
    if name.startswith(PREFIX):
        start, end = entry["data_offsets"]
        state[name[len(PREFIX):]] = torch.frombuffer(data, dtype=torch.float32, offset=start, count=(end - start) // 4).reshape(entry["shape"]).clone()
torch.save(state, sys.argv[2])
