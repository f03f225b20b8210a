"""Files of torch.save for the reader's tests: two good ones in both formats, and many that it has to refuse.

Usage: pth_files.py FOLDER
"""
import collections
import os
import sys

import torch
from torch import nn

folder = sys.argv[1]


def save(name, value, **options):
    torch.save(value, os.path.join(folder, name + ".pth"), **options)


class Call:
    def __init__(self, *reduced):
        self.reduced = reduced

    def __reduce__(self):
        return self.reduced


model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Linear(2, 2))
with torch.no_grad():
    model[2].weight.copy_(torch.tensor([[1., 2.], [3., -4.5]]))
row = torch.arange(6, dtype=torch.float32)
views = collections.OrderedDict(a=nn.Parameter(row[:2]), b=row[2:].reshape(2, 2), c=torch.tensor(7.))
for suffix, is_zip in ("zip", True), ("legacy", False):
    save("model-" + suffix, model.state_dict(), _use_new_zipfile_serialization=is_zip)
    save("views-" + suffix, views, _use_new_zipfile_serialization=is_zip)

save("system", {"w": Call(os.system, ("true",))})
save("eval", Call(eval, ("1",)))
save("module", nn.Linear(1, 1))
save("dict", {"w": torch.zeros(2)})
save("list", [torch.zeros(2)])
for name, value in {
    "counter": collections.Counter(),
    "double": torch.zeros(2, dtype=torch.float64),
    "half": torch.zeros(2, dtype=torch.float16),
    "bytes": b"x" * 300,
    "float": 1.5,
    "nested": collections.OrderedDict(),
    "transposed": torch.zeros(2, 3).t(),
    "expanded": torch.zeros(1).expand(10 ** 9),
}.items():
    save(name, collections.OrderedDict(w=value))
attributes = collections.OrderedDict(w=torch.zeros(2))
attributes.other = 1
save("attributes", attributes)
