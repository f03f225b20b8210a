"""Writes shapes.zip beside this file: 20 colour pictures of 32 x 32 pixels of each of three shapes. Needs Pillow."""
import io
import os
import random
import zipfile

from PIL import Image, ImageDraw

SIDE, COUNT = 32, 20
chance = random.Random(1)


def draw(shape):
    image = Image.new("RGB", (SIDE, SIDE), tuple(chance.randrange(0, 80) for _ in range(3)))
    colour = tuple(chance.randrange(120, 256) for _ in range(3))
    size, left, top = chance.randrange(14, 24), chance.randrange(0, 8), chance.randrange(0, 8)
    box = (left, top, left + size, top + size)
    pen = ImageDraw.Draw(image)
    if shape == "circle":
        pen.ellipse(box, fill=colour)
    elif shape == "square":
        pen.rectangle(box, fill=colour)
    else:
        pen.polygon([(left + size // 2, top), (left, top + size), (left + size, top + size)], fill=colour)
    return image


with zipfile.ZipFile(os.path.join(os.path.dirname(os.path.abspath(__file__)), "shapes.zip"), "w") as archive:
    for shape in ("circle", "square", "triangle"):
        for number in range(COUNT):
            picture = io.BytesIO()
            draw(shape).save(picture, "png")
            archive.writestr(zipfile.ZipInfo(f"{shape}/{number:02}.png", (2026, 1, 1, 0, 0, 0)), picture.getvalue())
