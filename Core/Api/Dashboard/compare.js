// Two runs side by side.

const comparableRuns = 100;

class CompareView {
  constructor(first = "", second = "") {
    this.title = "Compare two runs";
    this.ids = [first, second];
    this.choices = ["First run", "Second run"].map((name, index) => {
      const select = element("select", { id: `run-${index}`, onchange: () => { this.ids[index] = select.value; this.#go(); } });
      return { select, root: element("div", { class: "field" }, element("label", { for: `run-${index}` }, name), select) };
    });
    this.notice = element("p", { class: "notice", role: "note" });
    this.notice.hidden = true;
    this.results = table("Accuracy of each model in both runs", [
      { name: "Model" }, { name: "Validation, first", number: true }, { name: "Validation, second", number: true }, { name: "Difference, points", number: true },
      { name: "Test, first", number: true }, { name: "Test, second", number: true }, { name: "Difference, points", number: true }]);
    this.differences = table("Configuration that differs", [{ name: "Setting" }, { name: "First run" }, { name: "Second run" }]);
    this.same = element("p", { class: "note" }, "The two runs have the same configuration.");
    this.figures = new CurveFigures(["first run", "second run"]);
    this.body = element("div", {},
      this.notice,
      element("section", { "aria-labelledby": "results" }, element("h2", { id: "results" }, "Results"),
        element("p", { class: "lead" }, "Of the weights that were best on validation images; with several seeds the mean and the standard deviation."), this.results.root,
        element("p", { class: "note" }, "Whether a difference is more than chance is a question for the paired tests of a report: ",
          this.command = element("code"), " puts both runs into one.")),
      element("section", { "aria-labelledby": "curves" }, element("h2", { id: "curves" }, "Learning curves"),
        element("p", { class: "lead" }, "On validation images, models on shared axes; the legend switches each on and off."), this.figures.root),
      element("section", { "aria-labelledby": "differences" }, element("h2", { id: "differences" }, "What was different"), this.differences.root, this.same));
    this.body.hidden = true;
    this.root = element("div", {},
      element("header", { class: "view-head" }, element("div", {}, element("p", { class: "eyebrow" }, element("a", { href: "#/" }, "Runs")), element("h1", { tabindex: -1 }, this.title))),
      element("section", { "aria-label": "The two runs", class: "pair" }, this.choices.map(choice => choice.root)),
      this.body);
    this.curves = this.ids.map(id => new Curves(id));
  }

  #go() {
    location.hash = `#/compare/${this.ids.map(encodeURIComponent).join("/")}`;
  }

  async refresh() {
    await this.#offer();
    const chosen = this.ids.every(id => id);
    this.body.hidden = !chosen;
    if (!chosen) return idlePoll;
    const runs = await Promise.all(this.ids.map(id => call(pathOfRun(id))));
    await Promise.all(runs.map((run, index) => this.curves[index].update(run.models)));
    this.#warn(runs);
    this.#fillResults(runs);
    this.#fillFigures(runs);
    this.#fillDifferences(runs);
    say(this.command, `./fashion report ${this.ids.join(" ")} --output DIR`);
    return runs.every(run => isFinished(run.status)) ? 6 * idlePoll : 2 * busyPoll;
  }

  async #offer() {
    const { items } = await call("comparisons", { query: { top: comparableRuns } });
    const known = items.map(run => ({ id: run.id, text: `${run.id} · ${run.preset} · ${run.status}` }));
    const named = [...this.ids.filter(id => id && !known.some(run => run.id === id)).map(id => ({ id, text: id })), ...known];
    this.choices.forEach(({ select }, index) => {
      keep(select, [{ id: "", text: "Choose a run" }, ...named], run => run.id,
        run => ({ root: element("option", { value: run.id }) }), (part, run) => say(part.root, run.text));
      select.value = this.ids[index];
    });
  }

  #warn([first, second]) {
    const fields = ["labels", "split", "splitSeed", "testLimit", "validationLimit", "validationShare"].filter(field => first.configuration[field] !== second.configuration[field]);
    this.notice.hidden = fields.length === 0;
    say(this.notice, fields.length ? `The runs were not measured on the same images (${fields.map(spaced).join(", ")} differ): their accuracies cannot be compared fairly.` : "");
  }

  #fillResults(runs) {
    const models = [...new Set(runs.flatMap(modelsOf))];
    const of = (run, name, field) => run.models.filter(training => training.name === name).map(training => training[field]).filter(isNumber);
    keep(this.results.body, models, name => name, () => this.results.row(), (part, name) => {
      const cells = ["validationAccuracy", "testAccuracy"].flatMap(field => {
        const [first, second] = runs.map(run => of(run, name, field));
        return [spread(first), spread(second), points(mean(second) - mean(first))];
      });
      fillCells(part.cells, 0, [title(name), ...cells]);
    });
  }

  #fillFigures(runs) {
    const models = [...new Set(runs.flatMap(modelsOf))];
    const groups = runs.flatMap((run, side) => run.models.map(training => ({
      key: `${side} ${Curves.keyOf(training)}`, name: `${trainingTitle(training, run)}, ${["first", "second"][side]}`,
      ink: inkOf(models.indexOf(training.name)), rows: this.curves[side].of(training), side,
    })));
    this.figures.update(groups.toSorted((a, b) => a.name.localeCompare(b.name)), Math.max(...runs.flatMap(run => run.models.map(training => training.epochs))));
  }

  #fillDifferences(runs) {
    const [first, second] = runs.map(run => flatten(run.configuration));
    const names = [...new Set([...first.keys(), ...second.keys()])].filter(name => first.get(name) !== second.get(name));
    this.same.hidden = names.length > 0;
    this.differences.root.hidden = names.length === 0;
    keep(this.differences.body, names, name => name, () => this.differences.row(), (part, name) =>
      fillCells(part.cells, 0, [name, first.get(name) ?? missing, second.get(name) ?? missing]));
  }
}

const spaced = name => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
const spread = values => values.length > 1 ? `${percent(mean(values))} ± ${(100 * deviation(values)).toFixed(1)}` : percent(values[0]);

/** A configuration as names and values, e.g. `model1: phases: 1: epochs`. */
function flatten(value, path = "", into = new Map()) {
  if (value === null || typeof value !== "object") {
    into.set(path, value === null ? "all" : String(value));
  } else {
    for (const [key, item] of Object.entries(value)) {
      const name = item?.name ?? (Array.isArray(value) ? String(Number(key) + 1) : spaced(key));
      flatten(item, path && name ? `${path}: ${name}` : name, into);
    }
  }
  return into;
}
