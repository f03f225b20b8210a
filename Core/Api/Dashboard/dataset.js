// One data set: its classes, what was found about its images, and some of them.

class DatasetView {
  constructor(name) {
    this.name = name;
    this.title = `Data set ${name}`;
    this.facts = facts("Images", "Classes", "Size", "Registered");
    this.classes = table("Classes in label order", [
      { name: "Label", number: true }, { name: "Class", header: true }, { name: "Training images", number: true },
      { name: "Test images", number: true }]);
    this.samples = element("div", { class: "samples" });
    this.sampleSection = element("section", { "aria-labelledby": "samples" }, element("h2", { id: "samples" }, "Some of the images"),
      element("p", { class: "lead" }, "As a model sees them."), this.samples);
    this.sampleSection.hidden = true;
    this.findings = element("div");
    this.source = element("p", { class: "small long" });
    this.remove = button("Remove", () => this.#remove(), "danger");
    this.remove.hidden = true;
    const query = new URLSearchParams({ dataset: name });
    this.root = element("div", {},
      element("header", { class: "view-head" },
        element("div", {}, element("p", { class: "eyebrow" }, element("a", { href: "#/datasets" }, "Data sets")),
          element("h1", { tabindex: -1 }, name)),
        element("p", { class: "actions" }, element("a", { class: "button primary", href: `#/start?${query}` }, "Start a run"),
          element("a", { class: "button", href: `#/predict?${query}` }, "Predict"),
          element("a", { class: "button", href: `#/models?${query}` }, "Models"), this.remove)),
      element("section", { "aria-label": "Figures" }, this.facts.root),
      this.sampleSection,
      element("section", { "aria-labelledby": "classes" }, element("h2", { id: "classes" }, "Classes"), this.classes.root),
      element("section", { "aria-labelledby": "findings" }, element("h2", { id: "findings" }, "Findings"), this.findings),
      element("section", { "aria-labelledby": "source" }, element("h2", { id: "source" }, "Source"), this.source));
  }

  async refresh() {
    let set;
    try {
      set = await call(pathOfSet(this.name));
    } catch (error) {
      if (error.status !== 404 && error.status !== 400) throw error;
      this.root.replaceChildren(...noSuchPage("There is no such data set", `No data set on this server is called ${this.name}.`,
        "#/datasets", "Show all data sets"));
      document.title = "No such data set · ServerlessFashion";
      return 12 * idlePoll;
    }
    if (this.sha256 === set.sha256) return 12 * idlePoll;
    this.#fill(set);
    await this.#fillSamples();
    this.sha256 = set.sha256;
    return 12 * idlePoll;
  }

  #fill(set) {
    const isBuiltIn = set.name === builtInSet;
    this.facts.set(0, count(set.trainCount + set.testCount), set.testCount ? `${count(set.testCount)} of them for the test`
      : "a run holds a sixth of them out for the test");
    this.facts.set(1, count(set.classes.length), "");
    this.facts.set(2, `${set.side} x ${set.side}`, set.channels === 1 ? "grey" : "colour");
    this.facts.set(3, isBuiltIn ? "Built in" : when(set.createdAt), "");
    const rows = set.classes.map((name, label) => ({ name, label }));
    keep(this.classes.body, rows, row => row.label, () => this.classes.row(), (row, { name, label }) => fillCells(row.cells, 0, [
      count(label), name, count(set.trainPerClass[label]), set.testPerClass.length ? count(set.testPerClass[label]) : missing]));
    this.findings.replaceChildren(findingList(set.findings));
    const { medianWidth, medianHeight } = set.preparation;
    say(this.source, `The pictures of the source have ${medianWidth} x ${medianHeight} pixels in the median. `
      + `SHA-256 of the content: ${set.sha256}`);
    this.remove.hidden = isBuiltIn;
  }

  async #fillSamples() {
    const { items } = await call(`${pathOfSet(this.name)}/images`);
    this.sampleSection.hidden = items.length === 0;
    this.samples.replaceChildren(...items.map(({ row, labelName, png }) => element("figure", {},
      element("img", { src: `data:image/png;base64,${png}`, alt: `Training image ${row}: ${labelName}` }),
      element("figcaption", { class: "small" }, labelName))));
  }

  async #remove() {
    const question = `Remove the data set ${this.name}? Its images are deleted. Runs and their models stay.`;
    if (!await confirmed(question, "Remove the data set")) return;
    await call(pathOfSet(this.name), { method: "DELETE" });
    announce(`The data set ${this.name} is removed.`);
    go("#/datasets");
  }
}
