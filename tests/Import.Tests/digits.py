"""Writes scikit-learn's digits (1,797 images of 8 x 8, ten classes) in several formats, and the hash of their content.

Usage: digits.py FOLDER. Only numpy and Pillow write the files, and hashlib computes the hash by the rule in docs/own-data.md.
"""
import gzip
import hashlib
import os
import struct
import sys

import numpy
from PIL import Image
from sklearn.datasets import load_digits

folder = sys.argv[1]
digits = load_digits()
images = (digits.images * 15).astype(numpy.uint8)
labels = digits.target.astype(numpy.uint8)
parts = {"train": slice(0, 1500), "test": slice(1500, None)}


def idx(path, array, pack):
    content = struct.pack(">BBBB", 0, 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()
    with (gzip.open if pack else open)(path, "wb") as file:
        file.write(content)


def csv(path, header, columns):
    with open(path, "w") as file:
        file.write(",".join(header) + "\n")
        for row in columns:
            file.write(",".join(str(value) for value in row) + "\n")


def content_hash():
    # The test part of the set has images that the train part has too; that changes nothing about the order within a part.
    text = f"8 1 {len(images[parts['train']])} {len(images[parts['test']])}\n" + "".join(f"{digit}\n" for digit in range(10))
    result = hashlib.sha256(text.encode())
    for part in parts.values():
        rows = sorted(zip(images[part], labels[part]), key=lambda row: (hashlib.sha256(row[0].tobytes()).digest(), row[1]))
        result.update(bytes(label for _, label in rows))
        for image, _ in rows:
            result.update(image.tobytes())
    return result.hexdigest()


for name in ("idx", "csv", "png"):
    os.makedirs(os.path.join(folder, name))
for part, rows in parts.items():
    stem = "train" if part == "train" else "t10k"
    idx(os.path.join(folder, "idx", f"{stem}-images-idx3-ubyte.gz"), images[rows], True)
    idx(os.path.join(folder, "idx", f"{stem}-labels-idx1-ubyte"), labels[rows], False)
    csv(os.path.join(folder, "csv", f"digits_{part}.csv"), ["label"] + [f"pixel{i}" for i in range(64)],
        [[label, *image.ravel()] for image, label in zip(images[rows], labels[rows])])
    for number, (image, label) in enumerate(zip(images[rows], labels[rows])):
        place = os.path.join(folder, "png", part, str(label))
        os.makedirs(place, exist_ok=True)
        Image.fromarray(image).save(os.path.join(place, f"{number}.png"))
numpy.savez_compressed(
    os.path.join(folder, "digits.npz"), x_train=images[parts["train"]], y_train=labels[parts["train"]].astype(numpy.int64),
    x_test=images[parts["test"], :, :, None].astype(numpy.float32), y_test=labels[parts["test"]])
with open(os.path.join(folder, "sha256.txt"), "w") as file:
    file.write(content_hash())
