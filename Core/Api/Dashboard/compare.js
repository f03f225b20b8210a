// Any number of runs side by side.

const offeredRuns = 100;
const letterOf = index => index < 26 ? String.fromCharCode(65 + index) : `${letterOf(Math.floor(index / 26) - 1)}${letterOf(index % 26)}`;

/** Runs have their own inks; where these are used up, their lines are dashed. */
const colourOfRun = index => ({ ink: inkOf(index), dashed: Math.floor(index / inks.length) % 2 === 1 });

/** Mean, and with several seeds the standard deviation in points. */
const spread = values => values.length > 1 ? `${percent(mean(values))} ± ${(100 * deviation(values)).toFixed(1)}` : percent(values[0]);

class CompareView {
  constructor(path = "") {
    this.title = "Compare runs";
    this.ids = [...new Set(path.split("/").filter(part => part).map(decode))];
    this.curves = new Map(this.ids.map(id => [id, new Curves(id)]));
    this.select = element("select", { id: "add-run", onchange: () => this.#go([...this.ids, this.select.value]) });
    this.chosen = element("ul", { class: "chosen" });
    this.notice = element("p", { class: "notice", role: "note" });
    this.notice.hidden = true;
    this.results = element("div");
    this.folded = element("details", {}, element("summary"), element("div"));
    this.differences = element("div");
    this.same = element("p", { class: "note" }, "The runs have the same configuration.");
    this.figures = new CurveFigures({ keys: ["validation"], validationOnly: true, apartFrom: 2 });
    this.parallel = new ParallelView();
    this.command = element("code");
    this.body = element("div", {}, this.notice, ...this.#sections());
    this.body.hidden = true;
    this.root = element("div", {},
      element("header", { class: "view-head" }, element("div", {},
        element("p", { class: "eyebrow" }, element("a", { href: "#/" }, "Runs")), element("h1", { tabindex: -1 }, this.title))),
      element("section", { "aria-label": "The runs" }, this.chosen,
        element("div", { class: "field" }, element("label", { for: "add-run" }, "Add a run"), this.select)),
      this.body);
  }

  #sections() {
    const section = (name, heading, lead, ...content) => element("section", { "aria-labelledby": name },
      element("h2", { id: name }, heading), element("p", { class: "lead" }, lead), ...content);
    return [
      section("results", "Results", "Of the weights that were best on validation images; with several seeds the mean and the standard "
        + "deviation. Differences are to run A, in points.", this.results, this.folded,
      element("p", { class: "note" }, "Whether a difference is more than chance is a question for the paired tests of a report: ",
        this.command, " puts the runs into one.")),
      section("curves", "Learning curves", "On validation images, all on shared axes. A colour is a run; its shades are seeds.",
        this.figures.root),
      section("parallel", "Parallel coordinates",
        "A line is one training, from its settings on the left to its results on the right. Only what differs has an axis.",
        this.parallel.root),
      section("differences", "What was different", "Settings that are not the same in all runs.", this.differences, this.same),
    ];
  }

  async refresh() {
    const runs = await this.#ask();
    await this.#offer(runs);
    this.body.hidden = runs.length < 2;
    if (runs.length < 2) return idlePoll;
    await Promise.all(runs.map(run => this.curves.get(run.id).update(run.models)));
    this.runs = runs;
    this.#warn(runs);
    this.#fillResults(runs);
    this.redraw();
    this.#fillDifferences(runs);
    say(this.command, `./fashion report ${runs.map(run => run.id).join(" ")} --output DIR`);
    return runs.every(run => isFinished(run.status)) ? 6 * idlePoll : 2 * busyPoll;
  }

  /** All that has colours of its own, from what is known. */
  redraw() {
    for (const [, part] of this.chosen.kept ?? []) part.paint();
    if (!this.runs) return;
    this.#fillFigures(this.runs);
    this.parallel.update(this.runs, this.runs.map((_, index) => colourOfRun(index)));
  }

  close() {
    this.figures.close();
  }

  /** The runs that exist; one that does not is said and left out. */
  async #ask() {
    const asked = await Promise.allSettled(this.ids.map(id => call(pathOfRun(id))));
    const lost = asked.find(({ reason }) => reason && reason.status !== 404 && reason.status !== 400);
    if (lost) throw lost.reason;
    this.unknown = this.ids.filter((_, index) => asked[index].reason);
    return asked.filter(({ reason }) => !reason).map(({ value }) => value);
  }

  #go(ids) {
    go(`#/compare/${ids.map(encodeURIComponent).join("/")}`);
  }

  async #offer(runs) {
    const { items } = await call("comparisons", { query: { top: offeredRuns } });
    const others = items.filter(run => !this.ids.includes(run.id));
    const offered = [{ id: "", text: others.length ? "Choose a run" : "There is no other run" },
      ...others.map(({ id, name, preset, status }) => ({ id, text: [name, id, preset, status].filter(part => part).join(" · ") }))];
    keep(this.select, offered, run => run.id, run => ({ root: element("option", { value: run.id }) }),
      (part, run) => say(part.root, run.text));
    const shown = [...runs.map((run, index) => ({ id: run.id, run, index })), ...this.unknown.map(id => ({ id, index: 0 }))];
    keep(this.chosen, shown, item => item.id, item => this.#chip(item), (part, { run, index }) => {
      say(part.letter, run ? letterOf(index) : "?");
      part.paint = () => part.root.style.setProperty("--ink", run ? colourOfLine(colourOfRun(index)) : colour("--muted"));
      part.paint();
      const known = run && [run.name ? run.id : "", describeRun(run.configuration), run.status].filter(text => text).join(" · ");
      say(part.about, known ?? "There is no such run.");
      if (run) say(part.name, run.name || run.id);
    });
  }

  #chip({ id }) {
    const part = { letter: element("b", { class: "letter" }), about: element("span", { class: "small" }) };
    part.name = element("a", { href: `#/run/${encodeURIComponent(id)}` }, id);
    const remove = element("button", { type: "button", onclick: () => this.#go(this.ids.filter(other => other !== id)) },
      "Remove", unseen(` run ${id}`));
    part.root = element("li", {}, part.letter, element("span", {}, part.name, part.about), remove);
    return part;
  }

  #warn([first, ...others]) {
    const fields = ["labels", "split", "splitSeed", "testLimit", "validationLimit", "validationShare"]
      .filter(field => others.some(run => run.configuration[field] !== first.configuration[field]));
    this.notice.hidden = fields.length === 0;
    say(this.notice, `The runs were not measured on the same images (${fields.map(spaced).join(", ")} differ): `
      + "their accuracies cannot be compared fairly.");
  }

  /** Models that not all runs train are folded: nothing is compared there. */
  #fillResults(runs) {
    const models = [...new Set(runs.flatMap(modelsOf))];
    const shared = models.filter(name => runs.every(run => modelsOf(run).includes(name)));
    const rest = models.filter(name => !shared.includes(name));
    const figures = runs.map(run => [run.id, run.models.map(training => [training.validationAccuracy, training.testAccuracy])]);
    const text = JSON.stringify([shared, rest, figures]);
    if (this.filled === text) return;
    this.filled = text;
    this.results.replaceChildren(shared.length ? resultTable("Accuracy of the models of all runs", shared, runs)
      : element("p", { class: "empty" }, "No model is in all of these runs."));
    this.folded.hidden = rest.length === 0;
    say(this.folded.firstChild, `${plural(rest.length, "model")} that only some of the runs train`);
    this.folded.lastChild.replaceChildren(rest.length ? resultTable("Accuracy of the models of some runs", rest, runs) : "");
  }

  #fillFigures(runs) {
    const groups = runs.flatMap((run, index) => groupsOf(run, training => this.curves.get(run.id).of(training)).map(group => ({
      ...group, ...colourOfRun(index), key: `${run.id} ${group.key}`, name: `${letterOf(index)}: ${group.name}`,
    })));
    const planned = Math.max(...runs.flatMap(run => run.models.map(training => training.epochs)));
    this.figures.update(groups.toSorted((a, b) => a.panel.localeCompare(b.panel)), planned);
  }

  #fillDifferences(runs) {
    const flat = runs.map(run => flatten(run.configuration));
    const shared = modelsOf(runs[0]).filter(name => runs.every(run => modelsOf(run).includes(name)));
    const isOfAbsent = name => runs.flatMap(modelsOf).some(model => !shared.includes(model) && name.startsWith(`${model}:`));
    const names = [...new Set(flat.flatMap(map => [...map.keys()]))]
      .filter(name => !isOfAbsent(name) && new Set(flat.map(map => map.get(name))).size > 1);
    this.same.hidden = names.length > 0;
    const text = JSON.stringify(names.map(name => flat.map(map => map.get(name))));
    if (this.told === text) return;
    this.told = text;
    const list = table("Settings that differ", [{ name: "Setting" }, ...runs.map((_, index) => ({ name: `Run ${letterOf(index)}` }))]);
    list.body.append(...names.map(name => {
      const { root, cells } = list.row();
      fillCells(cells, 0, [name, ...flat.map(map => map.get(name) ?? absent(name))]);
      return root;
    }));
    this.differences.replaceChildren(names.length ? list.root : "");
  }
}

function resultTable(caption, models, runs) {
  const list = table(caption, [{ name: "Model" }, ...runs.map((_, index) => ({ name: `Run ${letterOf(index)}`, number: true }))]);
  list.body.append(...models.map(name => {
    const { root, cells } = list.row();
    const of = (run, field) => run.models.filter(training => training.name === name).map(training => training[field]).filter(isNumber);
    const [firstValidation, firstTest] = ["validationAccuracy", "testAccuracy"].map(field => mean(of(runs[0], field)));
    cells[0].append(title(name));
    runs.forEach((run, index) => {
      const [validation, test] = [of(run, "validationAccuracy"), of(run, "testAccuracy")];
      const against = (values, first) => index === 0 || !values.length || !isNumber(first) ? "" : ` (${points(mean(values) - first)})`;
      cells[index + 1].append(...(validation.length || test.length ? [
        element("span", {}, `validation ${spread(validation)}${against(validation, firstValidation)}`),
        element("span", { class: "small" }, `test ${spread(test)}${against(test, firstTest)}`),
      ] : [missing]));
    });
    return root;
  }));
  return list.root;
}
