"""Makes the pictures in this folder and expected.json, the 784 grey values that each should become.

usage: cd tests/Prediction.Tests/Samples && /usr/bin/python3 make_files.py
Written with Pillow and NumPy from the description of the Fashion-MNIST pipeline (arXiv 1708.07747, section 2), not from
the program's code. Debian 12: Pillow 9.4, NumPy 1.24.
"""
import json

import numpy as np
from PIL import Image, ImageOps

expected = {}


def keep(name, values):
    values = np.asarray(values)
    assert values.shape == (28, 28), values.shape
    expected[name] = [int(v) for v in values.flatten()]


def luma(rgb):
    return rgb @ np.array([.2126, .7152, .0722])


def scaled(size, edge, longest):
    return max(1, int(np.floor(size * edge / longest + .5)))


def average(rgb, width, height):
    rows = [(i * rgb.shape[0] // height, max(i * rgb.shape[0] // height + 1, (i + 1) * rgb.shape[0] // height)) for i in range(height)]
    columns = [(i * rgb.shape[1] // width, max(i * rgb.shape[1] // width + 1, (i + 1) * rgb.shape[1] // width)) for i in range(width)]
    return np.array([[rgb[t:b, l:r].mean((0, 1)) for l, r in columns] for t, b in rows])


def sharpen(rgb):
    padded = np.pad(rgb, ((1, 1), (1, 1), (0, 0)), mode="edge")
    height, width = rgb.shape[:2]
    gauss = np.array([[np.exp(-(u * u + v * v) / 2) for u in (-1, 0, 1)] for v in (-1, 0, 1)])
    kernel = -gauss
    kernel[1, 1] = 2 * gauss.sum()
    kernel /= kernel.sum()
    full = sum(kernel[v, u] * padded[v:v + height, u:u + width] for v in range(3) for u in range(3))
    grey = luma(padded)
    outline = np.hypot(grey[1:-1, 2:] - grey[1:-1, :-2], grey[2:, 1:-1] - grey[:-2, 1:-1])
    outline /= max(outline.max(), 1e-30)
    return rgb + outline[..., None] * (full - rgb)


def fashion_mnist(rgb):
    rgb = np.asarray(rgb).astype(float)
    corners = rgb[[0, 0, -1, -1], [0, -1, 0, -1]]
    near = (((rgb[:, :, None] - corners) ** 2).sum(-1) <= 3 * (.05 * 255) ** 2).any(-1)
    rows, columns = np.where((~near).any(1))[0], np.where((~near).any(0))[0]
    garment = rgb[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    longest = max(garment.shape[:2])
    if longest > 73:
        garment = average(garment, scaled(garment.shape[1], 73, longest), scaled(garment.shape[0], 73, longest))
    height, width = garment.shape[:2]
    longest = max(height, width)
    new_height, new_width = scaled(height, 28, longest), scaled(width, 28, longest)
    garment = garment[((np.arange(new_height) + .5) * height / new_height).astype(int)]
    garment = garment[:, ((np.arange(new_width) + .5) * width / new_width).astype(int)]
    grey = np.rint(np.clip(luma(sharpen(garment)), 0, 255))
    if luma(corners).mean() >= 128:
        grey = 255 - grey
    canvas = np.zeros((28, 28))
    left, top = (28 - new_width + 1) // 2, (28 - new_height + 1) // 2
    canvas[top:top + new_height, left:left + new_width] = grey
    return canvas


random = np.random.RandomState(7)

# A grey 28x28 image is taken as it is.
grey = random.randint(0, 256, (28, 28)).astype(np.uint8)
Image.fromarray(grey).save("grey28.png")
keep("grey28.png", grey)
Image.fromarray(grey).save("grey28.jpg", quality=95)
keep("grey28.jpg", Image.open("grey28.jpg"))
Image.fromarray(grey).convert("P").save("palette28.png")
keep("palette28.png", grey)


def garment(width, height, ground, seed):
    """A coloured shape with texture on a plain, slightly noisy ground."""
    noise = np.random.RandomState(seed)
    y, x = np.mgrid[0:height, 0:width]
    picture = np.clip(np.array(ground) + noise.randint(-3, 4, (height, width, 3)), 0, 255).astype(float)
    body = (np.abs(x - width * .55) < width * (.12 + .1 * y / height)) & (y > height * .1) & (y < height * .93)
    stripes = 60 + 50 * np.sin(x / width * 40)[..., None] + np.array([70, 20, 0])
    picture[body] = stripes[body]
    return picture.astype(np.uint8)


photo = garment(150, 200, (253, 253, 253), 1)
Image.fromarray(photo).save("photo.png")
keep("photo.png", fashion_mnist(photo))

small = garment(51, 73, (250, 250, 250), 2)
Image.fromarray(small).save("thumbnail.png")
keep("thumbnail.png", fashion_mnist(small))

dark = garment(120, 80, (5, 5, 5), 3)
Image.fromarray(dark).save("dark-ground.png")
keep("dark-ground.png", fashion_mnist(dark))

tiny = garment(12, 9, (255, 255, 255), 4)
Image.fromarray(tiny).save("tiny.png")
keep("tiny.png", fashion_mnist(tiny))

# Transparent pixels count as white.
cut_out = np.dstack([photo, np.where(np.abs(photo.astype(int) - 253).max(-1) <= 3, 0, 255).astype(np.uint8)])
Image.fromarray(cut_out).save("cut-out.png")
white = photo.copy()
white[cut_out[..., 3] == 0] = 255
keep("cut-out.png", fashion_mnist(white))

# The eight EXIF orientations.
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x112] = orientation
    name = f"exif-{orientation}.jpg"
    Image.fromarray(grey).save(name, quality=95, exif=exif)
    keep(name, ImageOps.exif_transpose(Image.open(name)))

Image.fromarray(np.full((40, 30), 200, np.uint8)).save("blank.png")
keep("blank.png", np.zeros((28, 28)))

# A progressive JPEG whose last scan is there 400 times: small to send, long to decode for whoever obeys it.
Image.fromarray(grey).resize((64, 64)).save("many-scans.jpg", progressive=True)
with open("many-scans.jpg", "r+b") as file:
    content = file.read()
    scan = content[content.rindex(b"\xff\xda"):-2]
    file.seek(0)
    file.write(content[:-2] + (scan[:2 + int.from_bytes(scan[2:4], "big")] + b"\0\0") * 400 + b"\xff\xd9")

with open("expected.json", "w") as file:
    json.dump(expected, file)
    file.write("\n")
