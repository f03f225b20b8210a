// Images, CSV files and ZIP files of images to predict with the champion of a data set.

const largestFile = 16 * 2 ** 20;
const endings = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".csv", ".zip", ".npy", ".gz"];

/** Most values of an image that is shown in the table of many. */
const mostShownValues = 32 * 32 * 3;

class PredictView {
  #sets = [];

  /** `query` is `dataset=NAME` where the page begins with another set than Fashion-MNIST. */
  constructor(query) {
    this.title = "Predict";
    this.wanted = new URLSearchParams(query).get("dataset") ?? builtInSet;
    this.data = choice("Data set", [[this.wanted, this.wanted]], this.wanted, () => this.#showModel());
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
      element("section", { "aria-label": "Files to predict" }, this.data.root, this.zone),
      this.results);
  }

  async refresh() {
    this.#sets = await listDatasets();
    const names = this.#sets.map(({ name }) => name);
    const chosen = this.data.select.value;
    // A set that was removed still has its champion.
    if (!names.includes(chosen)) names.push(chosen);
    this.data.select.replaceChildren(...names.map(name => element("option", { value: name }, name)));
    this.data.select.value = chosen;
    await this.#showModel();
    return 6 * idlePoll;
  }

  async #showModel() {
    const dataset = this.data.select.value;
    const { items } = await call("models", { query: { top: 1 } });
    const champion = items.length ? await findChampion(dataset) : null;
    if (dataset !== this.data.select.value) return;
    say(this.model, champion
      ? `${nameOfVersion(champion)}: ${percent(champion.version.testAccuracy)} of its test images right, ${labelsOf(champion.version)}.`
      : `There is no champion${dataset === builtInSet ? "" : ` of ${dataset}`} yet: complete a run first.`);
  }

  async take(files) {
    for (const file of [...files]) await this.#predict(file);
  }

  /** The values of many large images would make a huge answer. */
  #showsPixels(set, file) {
    return !isTableOrArchive(file) || !set || set.side * set.side * set.channels <= mostShownValues;
  }

  async #predict(file) {
    const dataset = this.data.select.value;
    const set = this.#sets.find(({ name }) => name === dataset);
    const state = element("p", { class: "note" }, "Asking the model ...");
    const card = element("section", { class: "result", "aria-label": `Prediction of ${file.name}` }, element("h2", {}, file.name), state);
    this.results.prepend(card);
    try {
      if (file.size > largestFile) throw new Refusal(413, {});
      // The content says what a file is; its name may be wrong.
      const query = { images: this.#showsPixels(set, file) ? "pixels" : null, dataset: otherSet(dataset) };
      const { predictions, warnings, model } = await call("predictions", {
        method: "POST", query, body: file, type: "application/octet-stream",
      });
      if (!predictions.length) throw new Error("The file contains no image.");
      const names = namesOfLabels(dataset, set, predictions);
      state.replaceWith(...warnings.map(warning => element("p", { class: "notice" }, warning)),
        predictions.length === 1 ? single(predictions[0], await pictureOf(file), names) : many(predictions, names),
        element("p", { class: "note" }, `Model ${model}`));
      announce(predictions.length === 1
        ? `${file.name}: ${className(predictions[0].labelName, dataset)}, ${percent(Math.max(...predictions[0].probabilities))}.`
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
    409: "No model of this data set can answer yet. Complete a run first, or promote a model on the page Models.",
    413: "The file is too large for an answer at once: at most 16 MB and 1,000 images. Upload it to the container incoming instead.",
    415: "Files of this kind are not understood. Use PNG, JPEG, WebP, GIF, BMP, CSV or ZIP.",
    503: "The server is busy. Try again in a moment.",
  }[status];
  if (words) return [words, message.startsWith("The server answered") ? "" : message];
  if (status !== 400) return [message, ""];
  const reason = message.replace(/^body: /, "");
  return ["The file cannot be read as an image, a CSV table or a ZIP of pictures. It may be damaged or of another kind.", reason];
}

const isTableOrArchive = file => /\.(csv|zip|npy|npz|gz)$/i.test(file.name);

/** The file as an image element; null where the browser cannot show it. */
function pictureOf(file) {
  return new Promise(resolve => {
    const reader = new FileReader();
    const image = element("img", { alt: "The image as it was given" });
    reader.onerror = image.onerror = () => resolve(null);
    image.onload = () => resolve(image);
    reader.onload = () => { image.src = reader.result; };
    if (isTableOrArchive(file)) resolve(null);
    else reader.readAsDataURL(file);
  });
}
