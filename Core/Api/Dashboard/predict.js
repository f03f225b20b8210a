// Images, CSV files and ZIP files of images to predict with the champion.

const pixelsPerImage = 784;
const imageSide = 28;
const rowsAtOnce = 50;
const largestFile = 16 * 2 ** 20;
const endings = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".csv", ".zip", ".npy", ".gz"];

class PredictView {
  constructor() {
    this.title = "Predict";
    this.input = element("input", {
      type: "file", id: "files", multiple: true, accept: endings.join(","),
      onchange: () => { this.take(this.input.files); this.input.value = ""; },
    });
    this.zone = element("label", {
      class: "drop", for: "files",
      ondragover: event => { event.preventDefault(); this.zone.classList.add("over"); },
      ondragleave: () => this.zone.classList.remove("over"),
      ondrop: event => {
        event.preventDefault();
        event.stopPropagation();
        this.zone.classList.remove("over");
        this.take(event.dataTransfer.files);
      },
    }, this.input, element("b", {}, "Drop images, CSV files or ZIP files here"), element("span", { class: "small" },
      "or choose them: PNG, JPEG, WebP, GIF or BMP of any size, CSV, or a ZIP of pictures; up to 1,000 images and 16 MB a file"));
    this.model = element("p", { class: "meta" });
    this.results = element("div", { class: "results" });
    this.root = element("div", {},
      element("header", { class: "view-head" }, element("div", {},
        element("p", { class: "eyebrow" }, "Champion"), element("h1", { tabindex: -1 }, this.title), this.model)),
      element("section", { "aria-label": "Files to predict" }, this.zone),
      this.results);
  }

  async refresh() {
    const { items } = await call("models", { query: { top: 1 } });
    const champion = items.length ? await findChampion() : null;
    say(this.model, champion
      ? `${nameOfVersion(champion)}: ${percent(champion.version.testAccuracy)} of its test images right, `
        + `${phrase(labelsWord, champion.version.labels)}.`
      : "There is no champion yet: complete a run first.");
    return 6 * idlePoll;
  }

  async take(files) {
    for (const file of [...files]) await this.#predict(file);
  }

  async #predict(file) {
    const state = element("p", { class: "note" }, "Asking the model ...");
    const card = element("section", { class: "result", "aria-label": `Prediction of ${file.name}` }, element("h2", {}, file.name), state);
    this.results.prepend(card);
    try {
      if (file.size > largestFile) throw new Refusal(413, {});
      // The content says what a file is; its name may be wrong.
      const sent = { method: "POST", query: { images: "pixels" }, body: file, type: "application/octet-stream" };
      const answer = await call("predictions", sent);
      const { predictions, warnings, model } = answer;
      if (!predictions.length) throw new Error("The file contains no image.");
      state.replaceWith(...warnings.map(warning => element("p", { class: "notice" }, warning)),
        predictions.length === 1 ? single(predictions[0], await pictureOf(file)) : many(predictions),
        element("p", { class: "note" }, `Model ${model}`));
      announce(predictions.length === 1
        ? `${file.name}: ${labelTitle(predictions[0].labelName)}, ${percent(Math.max(...predictions[0].probabilities))}.`
        : `${file.name}: ${plural(predictions.length, "prediction")}.`);
    } catch (error) {
      const [words, detail] = inWords(error);
      state.replaceWith(element("p", { class: "problem" }, words),
        detail ? element("details", {}, element("summary", {}, "What the server said"), element("p", { class: "small" }, detail)) : "");
      announce(`${file.name}: ${words}`);
    }
  }
}

/** An error in people's words, with the words of the server where they say more. */
function inWords({ status, message }) {
  const words = {
    401: "The host asks for a key: open this page with ?code=KEY.",
    409: "No model can answer yet. Complete a run first, or promote a model on the page Models.",
    413: "The file is too large for an answer at once: at most 16 MB and 1,000 images. Upload it to the container incoming instead.",
    415: "Files of this kind are not understood. Use PNG, JPEG, WebP, GIF, BMP, CSV or ZIP.",
    503: "The server is busy. Try again in a moment.",
  }[status];
  if (words) return [words, message.startsWith("The server answered") ? "" : message];
  if (status !== 400) return [message, ""];
  const reason = message.replace(/^body: /, "");
  return ["The file cannot be read as an image, a CSV table or a ZIP of pictures. It may be damaged or of another kind.", reason];
}

/** The file as an image element; null where the browser cannot show it. */
function pictureOf(file) {
  return new Promise(resolve => {
    const reader = new FileReader();
    const image = element("img", { alt: "The image as it was given" });
    reader.onerror = image.onerror = () => resolve(null);
    image.onload = () => resolve(image);
    reader.onload = () => { image.src = reader.result; };
    if (/\.(csv|zip|npy|gz)$/i.test(file.name)) resolve(null);
    else reader.readAsDataURL(file);
  });
}

/** The 28x28 grey values that the model saw; null where the server did not send them. */
function thumbnail(values) {
  if (values?.length !== pixelsPerImage) return null;
  const canvas = element("canvas", {
    width: imageSide, height: imageSide, role: "img", "aria-label": "The 28x28 image that the model saw",
  });
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(imageSide, imageSide);
  values.forEach((value, index) => pixels.data.set([value, value, value, 255], 4 * index));
  context.putImageData(pixels, 0, 0);
  return canvas;
}

function single({ label, labelName, probabilities, pixels }, picture) {
  const shown = [[picture, "as given"], [thumbnail(pixels), "as the model saw it, 28x28"]].filter(([image]) => image);
  return element("div", { class: "prediction" },
    element("div", { class: "pictures" }, shown.map(([image, text]) => element("figure", {}, image, element("figcaption", {}, text)))),
    element("div", {},
      element("p", { class: "answer" }, labelTitle(labelName),
        element("span", { class: "small" }, `with ${percent(probabilities[label])} confidence`)),
      element("ol", { class: "bars", start: 0 }, probabilities.map((share, index) => probability(share, index, index === label)))));
}

function probability(share, index, isMost) {
  const shown = bar(`Probability of label ${index}`);
  shown.set(share);
  return element("li", { class: isMost ? "most" : null },
    element("span", { class: "of" }, String(index)), shown.root, element("span", { class: "n" }, percent(share)));
}

/** Many predictions as a table that begins short, and as a file. */
function many(predictions) {
  const list = table("Predictions", [
    { name: "Image", hidden: true }, { name: "Id", header: true }, { name: "Label" }, { name: "Confidence", number: true },
    { name: "Probabilities" }]);
  const more = button("", () => show());
  let shown = 0;
  const show = () => {
    list.body.append(...predictions.slice(shown, shown + rowsAtOnce).map(prediction => {
      const { root, cells } = list.row();
      cells[0].append(thumbnail(prediction.pixels) ?? "");
      fillCells(cells, 1, [prediction.id, labelTitle(prediction.labelName), percent(prediction.probabilities[prediction.label])]);
      cells[4].append(columns(prediction.probabilities));
      return root;
    }));
    shown = Math.min(predictions.length, shown + rowsAtOnce);
    more.hidden = shown === predictions.length;
    say(more, `Show more of ${count(predictions.length)}`);
  };
  show();
  const counts = predictions[0].probabilities.map((_, label) => predictions.filter(prediction => prediction.label === label).length);
  const shares = counts.map((number, label) => `${count(number)} of label ${label}`);
  const csv = ["Id,Label", ...predictions.map(({ id, label }) => `${field(id)},${label}`), ""].join("\n");
  const href = `data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`;
  return element("div", {},
    element("p", {}, `${plural(predictions.length, "image")}: ${shares.join(", ")}.`),
    list.root,
    element("p", { class: "actions" }, more, element("a", { class: "button", download: "predictions.csv", href }, "Save labels as CSV")));
}

/** An id as a field of CSV. One that a spreadsheet would take for a formula gets an apostrophe in front. */
function field(id) {
  const text = /^[=+\-@\t\r\n]/.test(id) && !/^[+-]?[0-9.]+$/.test(id) ? `'${id}` : id;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** All probabilities of one image, small, as columns. */
function columns(probabilities) {
  const [width, height] = [12, 26];
  return svg("svg", {
    class: "columns", role: "img", viewBox: `0 0 ${width * probabilities.length} ${height}`,
    "aria-label": probabilities.map((share, label) => `${label}: ${percent(share)}`).join(", "),
  }, probabilities.map((share, label) => {
    const tall = Math.max(1, share * height);
    return svg("rect", { x: width * label + 1, width: width - 2, y: height - tall, height: tall });
  }));
}
