// The list of runs.

const runsPage = 20;
const busyPoll = 1000;
const idlePoll = 5000;

/** A run in a few words. */
function describeRun(configuration) {
  return [configuration.preset, phrase(labelsWord, configuration.labels), phrase(splitWord, configuration.split)].join(" · ");
}

class RunsView {
  #older = [];
  #continuation = null;
  #chosen = new Set();

  constructor() {
    this.title = "Runs";
    this.list = table("Runs, newest first", [
      { name: "Compare" }, { name: "Run", header: true }, { name: "Status" }, { name: "Preset" }, { name: "Models" }, { name: "Winner" }, { name: "Report" }]);
    this.empty = element("div", { class: "empty" },
      element("p", {}, "No run yet. A run trains several classifiers on the same images, side by side, and says honestly which is best."),
      element("p", {}, element("a", { class: "button primary", href: "#/start" }, "Start the first run")));
    this.empty.hidden = true;
    this.more = button("Show older runs", () => this.#showOlder());
    this.compare = element("a", { class: "button", "aria-live": "polite" });
    this.root = element("div", {},
      element("header", { class: "view-head" }, element("div", {},
        element("p", { class: "eyebrow" }, "Fashion-MNIST model comparison"), element("h1", { tabindex: -1 }, this.title),
        element("p", { class: "meta" }, "Each run trains several models on the same images and compares them. Mark two to see them side by side.")),
        element("p", { class: "actions" }, this.compare)),
      element("section", { "aria-label": "List of runs" }, this.empty, this.list.root, element("p", { class: "actions" }, this.more)));
    this.#mark();
  }

  async refresh() {
    const page = await call("comparisons", { query: { top: runsPage } });
    if (this.#older.length === 0) this.#continuation = page.continuation;
    const newest = new Set(page.items.map(run => run.id));
    const runs = [...page.items, ...this.#older.filter(run => !newest.has(run.id))];
    const details = await this.#progressOf(page.items);
    keep(this.list.body, runs, run => run.id, run => this.#row(run), (row, run) => this.#fill(row, run, details.get(run.id)));
    this.empty.hidden = runs.length > 0;
    this.list.root.hidden = runs.length === 0;
    this.more.hidden = !this.#continuation;
    return page.items.every(run => isFinished(run.status)) ? idlePoll : busyPoll;
  }

  /** Of the runs that are at work; seldom more than one. */
  async #progressOf(runs) {
    const running = runs.filter(run => run.status === "running").slice(0, 3);
    return new Map((await Promise.all(running.map(run => call(pathOfRun(run.id))))).map(run => [run.id, run]));
  }

  #row(run) {
    const { root, cells } = this.list.row();
    const [choose, name, status, preset, models, winner, report] = cells;
    const box = element("input", { type: "checkbox", "aria-label": `Compare run ${run.id}`, onchange: () => this.#choose(run.id, box) });
    const state = pill();
    const progress = bar(`Progress of run ${run.id}`);
    const left = element("span", { class: "small" });
    choose.append(element("label", { class: "tick" }, box));
    name.append(element("a", { href: `#/run/${encodeURIComponent(run.id)}` }, run.id), element("span", { class: "small" }, time(run.createdAt)));
    status.append(state.root, progress.root, left);
    preset.textContent = run.preset;
    models.textContent = run.models.map(title).join(", ");
    models.className = "long";
    return { root, winner, report, state, progress, left };
  }

  #fill(row, run, detail) {
    row.state.set(run.status);
    const epochs = detail?.models.reduce((sum, model) => sum + model.epochs, 0);
    row.progress.root.hidden = !detail;
    row.progress.set(detail ? detail.models.reduce((sum, model) => sum + model.epoch, 0) / epochs : 0);
    say(row.left, detail ? (isNumber(detail.etaSeconds) ? `about ${remaining(detail.etaSeconds)} left` : "at work") : run.error ?? "");
    fillCells([row.winner], 0, [run.winner ? title(run.winner) : missing]);
    if (run.status === "completed" && !row.report.firstChild) row.report.append(reportLink(run.id));
  }

  #choose(id, box) {
    if (box.checked && this.#chosen.size === 2) {
      box.checked = false;
      announce("Two runs are marked already.");
      return;
    }
    if (box.checked) this.#chosen.add(id);
    else this.#chosen.delete(id);
    this.#mark();
  }

  #mark() {
    const chosen = [...this.#chosen];
    this.compare.hidden = chosen.length === 0;
    say(this.compare, chosen.length === 2 ? "Compare the two" : "Compare with another");
    this.compare.href = `#/compare/${chosen.map(encodeURIComponent).join("/")}`;
  }

  async #showOlder() {
    const page = await call("comparisons", { query: { top: runsPage, continuation: this.#continuation } });
    this.#older.push(...page.items);
    this.#continuation = page.continuation;
    await this.refresh();
    announce(`${plural(page.items.length, "older run")} shown.`);
  }
}

function reportLink(id, kind = null) {
  return element("a", { class: kind, href: reportOf(id), target: "_blank", rel: "noopener" }, kind ? "Open the report" : "Report", unseen(` of run ${id}, in a new tab`));
}
