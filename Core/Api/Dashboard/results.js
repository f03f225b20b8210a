// What the report of a completed run says about each model: where it is wrong, and the tables to take along.

const tablesOfReport = [
  ["ranking", "Ranking"], ["per-class", "Figures by label"], ["pairs", "Paired tests"], ["errors", "Errors"],
  ["calibration", "Calibration"],
  ["history", "Every epoch"], ["training", "Training"], ["cost", "Cost"],
];
const mostMistakes = 12;

/** The percentage from which the text of a cell has the other colour. At it, both colours have a contrast of 4.5, in light and dark. */
const strongPercent = 76;

class RunResults {
  #document = null;

  constructor(id) {
    this.id = id;
    this.select = element("select", { id: "confused-model", onchange: () => this.#show() });
    this.matrix = element("div");
    this.mistakes = table("Most confident mistakes", [
      { name: "Picture", hidden: true }, { name: "Image", header: true, number: true }, { name: "Predicted" },
      { name: "True label" }, { name: "Confidence", number: true }]);
    this.note = element("p", { class: "note" });
    this.files = element("p", { class: "links" });
    this.root = element("section", { "aria-labelledby": "mistakes" }, element("h2", { id: "mistakes" }, "Mistakes"),
      element("p", { class: "lead" }, "On the test images, with the weights of the best epoch."),
      element("div", { class: "field" }, element("label", { for: "confused-model" }, "Model"), this.select),
      element("div", { class: "two" },
        element("div", {}, element("h3", {}, "Confusion matrix"), this.matrix),
        element("div", {}, element("h3", {}, "Most confident mistakes"), this.mistakes.root, this.note)),
      element("h3", {}, "Tables"), this.files);
    this.root.hidden = true;
  }

  async update(run) {
    if (run.status !== "completed" || this.#document) return;
    try {
      this.#document = await call(`${pathOfRun(this.id)}/report/report.json`);
    } catch (error) {
      if (error.status === 404) return;
      throw error;
    }
    const { models } = this.#document;
    this.run = run;
    this.select.replaceChildren(...models.map((model, index) => element("option", { value: index }, trainingTitle(model, this.#document))));
    this.select.value = Math.max(0, models.findIndex(model => model.name === this.#document.winner));
    const file = (path, text) => element("a", { href: address(`${pathOfRun(this.id)}/report/${path}`), download: "" }, text);
    this.files.replaceChildren(file("report.json", "report.json"),
      ...tablesOfReport.map(([name, text]) => file(`tables/${name}.csv`, `${text} (CSV)`)));
    this.#show();
    this.root.hidden = false;
  }

  #show() {
    const model = this.#document.models[this.select.value];
    const names = this.#document.labelNames;
    const label = index => names[index] === undefined ? String(index) : className(names[index], this.run.dataset?.name);
    this.matrix.replaceChildren(confusionTable(model.confusion, label));
    const shown = model.mistakes.slice(0, mostMistakes);
    keep(this.mistakes.body, shown, mistake => mistake.id, mistake => this.#mistake(mistake), ({ cells }, mistake) => fillCells(cells, 1, [
      String(mistake.id), label(mistake.predictedLabel), label(mistake.trueLabel), percent(mistake.confidence)]));
    this.#showPictures(shown);
    this.mistakes.root.hidden = shown.length === 0;
    say(this.note, shown.length === 0 ? "No test image is labelled wrong."
      : `The number is the row of the image in ${this.#isHeldOut ? "the train part" : "its split"}. The report shows the images themselves.`);
  }

  /** The data set has no test part, so that its test images are rows of the train part. */
  get #isHeldOut() {
    return this.run.configuration.split === "heldOut";
  }

  #mistake({ id }) {
    const row = this.mistakes.row();
    row.picture = element("img", { alt: this.#isHeldOut ? `Image ${id} of the train part` : `Test image ${id}` });
    row.picture.hidden = true;
    row.cells[0].append(row.picture);
    return row;
  }

  /** The images themselves, where the data set of the run is still registered as it was. */
  async #showPictures(mistakes) {
    const { dataset } = this.run;
    if (!dataset || !mistakes.length) return;
    try {
      this.isSame ??= (await call(pathOfSet(dataset.name))).sha256 === dataset.sha256;
      if (!this.isSame) return;
      const rows = mistakes.map(({ id }) => id);
      const part = this.#isHeldOut ? "train" : "test";
      const { items } = await call(`${pathOfSet(dataset.name)}/images`, { query: { part, rows: rows.join() } });
      for (const { row, png } of items) {
        const picture = this.mistakes.body.kept?.get(row)?.picture;
        if (!picture) continue;
        picture.src = `data:image/png;base64,${png}`;
        picture.hidden = false;
      }
    } catch (error) {
      if (error.status !== 404) reportTrouble(error.message);
    }
  }
}

/** Rows are true labels, columns predicted ones. The shade of a cell is its share of the row. */
function confusionTable(confusion, label) {
  const head = element("tr", {}, element("td", {}, "True \\ predicted"),
    confusion.map((_, column) => element("th", { scope: "col", class: "n", title: label(column) }, String(column))));
  const rows = confusion.map((row, index) => {
    const all = row.reduce((sum, images) => sum + images, 0);
    const name = element("th", { scope: "row" }, `${index} `, element("span", { class: "small" }, label(index)));
    return element("tr", {}, name, row.map((images, column) => {
      const share = all ? images / all : 0;
      const shade = Math.round(100 * share);
      const cell = element("td", { class: `n heat${shade >= strongPercent ? " strong" : ""}` },
        count(images), unseen(`, ${percent(share)} of label ${index}`));
      cell.style.setProperty("--share", `${shade}%`);
      if (column === index) cell.classList.add("right");
      return cell;
    }));
  });
  return scroller("Confusion matrix", element("table", { class: "matrix" },
    element("caption", { class: "unseen" }, "Test images by true and predicted label"),
    element("thead", {}, head), element("tbody", {}, rows)));
}
