// Images and CSV files to predict with the champion.

const pixelsPerImage = 784;
const imageSide = 28;
const rowsAtOnce = 50;
const kinds = { png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", webp: "image/webp", gif: "image/gif", bmp: "image/bmp", csv: "text/csv" };

class PredictView {
  constructor() {
    this.title = "Predict";
    this.input = element("input", { type: "file", id: "files", multiple: true, accept: [...Object.keys(kinds).map(ending => `.${ending}`), ...Object.values(kinds)].join(","), onchange: () => { this.take(this.input.files); this.input.value = ""; } });
    this.zone = element("label", {
      class: "drop", for: "files",
      ondragover: event => { event.preventDefault(); this.zone.classList.add("over"); },
      ondragleave: () => this.zone.classList.remove("over"),
      ondrop: event => { event.preventDefault(); event.stopPropagation(); this.zone.classList.remove("over"); this.take(event.dataTransfer.files); },
    }, this.input, element("b", {}, "Drop images or CSV files here"), element("span", { class: "small" }, "or choose them: PNG, JPEG, WebP, GIF or BMP of any size, or CSV with up to 1,000 images"));
    this.model = element("p", { class: "meta" });
    this.results = element("div", { class: "results" });
    this.root = element("div", {},
      element("header", { class: "view-head" }, element("div", {}, element("p", { class: "eyebrow" }, "Champion"), element("h1", { tabindex: -1 }, this.title), this.model)),
      element("section", { "aria-label": "Files to predict" }, this.zone),
      this.results);
  }

  async refresh() {
    const { items } = await call("models", { query: { top: 1 } });
    const champion = items.length ? await findChampion() : null;
    say(this.model, champion
      ? `${title(champion.model)} of run ${champion.runId}: ${percent(champion.version.testAccuracy)} of its test images right, ${phrase(labelsWord, champion.version.labels)}.`
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
      const type = kinds[file.name.split(".").pop().toLowerCase()] ?? file.type;
      const answer = await call("predictions", { method: "POST", body: file, type: type || "application/octet-stream" });
      const picture = type === "text/csv" ? null : await pictureOf(file);
      const pixels = type === "text/csv" ? grey(await file.text()) : [];
      state.replaceWith(...answer.warnings.map(warning => element("p", { class: "notice" }, warning)),
        answer.predictions.length === 1 ? single(answer.predictions[0], picture ?? thumbnail(pixels[0])) : many(answer.predictions, pixels),
        element("p", { class: "note" }, `Model ${answer.model}`));
      announce(answer.predictions.length === 1
        ? `${file.name}: ${labelTitle(answer.predictions[0].labelName)}, ${percent(Math.max(...answer.predictions[0].probabilities))}.`
        : `${file.name}: ${plural(answer.predictions.length, "prediction")}.`);
    } catch (error) {
      state.className = "problem";
      say(state, error.message);
      announce(`${file.name}: ${error.message}`);
    }
  }
}

/** The file as an image element; null where the browser cannot show it. */
function pictureOf(file) {
  return new Promise(resolve => {
    const reader = new FileReader();
    const image = element("img", { alt: "The image as it was given" });
    reader.onerror = image.onerror = () => resolve(null);
    image.onload = () => resolve(image);
    reader.onload = () => { image.src = reader.result; };
    reader.readAsDataURL(file);
  });
}

/** The grey values of each row of a CSV file: its last 784 columns. Other layouts give no picture, but they are predicted. */
function grey(text) {
  return text.split(/\r?\n/).filter(line => line).slice(1).map(line => line.split(",").slice(-pixelsPerImage).map(Number));
}

function thumbnail(values) {
  if (values?.length !== pixelsPerImage || values.some(Number.isNaN)) return null;
  const canvas = element("canvas", { width: imageSide, height: imageSide, role: "img", "aria-label": "The image as it was given" });
  const pixels = canvas.getContext("2d").createImageData(imageSide, imageSide);
  values.forEach((value, index) => pixels.data.set([value, value, value, 255], 4 * index));
  canvas.getContext("2d").putImageData(pixels, 0, 0);
  return canvas;
}

function single({ label, labelName, probabilities }, picture) {
  return element("div", { class: "prediction" }, picture,
    element("div", {}, element("p", { class: "answer" }, labelTitle(labelName), element("span", { class: "small" }, `with ${percent(probabilities[label])} confidence`)),
      element("ol", { class: "bars", start: 0 }, probabilities.map((share, index) => probability(share, index, index === label)))));
}

function probability(share, index, isMost) {
  const shown = bar(`Probability of label ${index}`);
  shown.set(share);
  return element("li", { class: isMost ? "most" : null }, element("span", { class: "of" }, String(index)), shown.root, element("span", { class: "n" }, percent(share)));
}

/** Many predictions as a table that begins short, and as a file. */
function many(predictions, pixels) {
  const list = table("Predictions", [{ name: "Image", hidden: true }, { name: "Id", header: true }, { name: "Label" }, { name: "Confidence", number: true }, { name: "Probabilities" }]);
  const more = button("", () => show());
  let shown = 0;
  const show = () => {
    list.body.append(...predictions.slice(shown, shown + rowsAtOnce).map((prediction, index) => {
      const { root, cells } = list.row();
      cells[0].append(thumbnail(pixels[shown + index]) ?? "");
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
  const csv = ["Id,Label", ...predictions.map(({ id, label }) => `${field(id)},${label}`), ""].join("\n");
  return element("div", {},
    element("p", {}, `${plural(predictions.length, "image")}: ${counts.map((number, label) => `${count(number)} of label ${label}`).join(", ")}.`),
    list.root,
    element("p", { class: "actions" }, more, element("a", { class: "button", download: "predictions.csv", href: `data:text/csv;charset=utf-8,${encodeURIComponent(csv)}` }, "Save labels as CSV")));
}

/** An id as a field of CSV. One that a spreadsheet would take for a formula gets an apostrophe in front. */
function field(id) {
  const text = /^[=+\-@\t\r\n]/.test(id) && !/^[+-]?[0-9.]+$/.test(id) ? `'${id}` : id;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** All probabilities of one image, small, as columns. */
function columns(probabilities) {
  const [width, height] = [12, 26];
  return svg("svg", { class: "columns", role: "img", viewBox: `0 0 ${width * probabilities.length} ${height}`, "aria-label": probabilities.map((share, label) => `${label}: ${percent(share)}`).join(", ") },
    probabilities.map((share, label) => svg("rect", { x: width * label + 1, width: width - 2, y: height - Math.max(1, share * height), height: Math.max(1, share * height) })));
}
