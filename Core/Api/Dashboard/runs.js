// The list of runs.

const busyPoll = 1000;
const idlePoll = 5000;

/** A run in a few words. */
function describeRun(configuration) {
  return [configuration.preset, labelsOf(configuration), splitOf(configuration)].join(" · ");
}

/** Seconds that a run took or has taken so far; pending runs have none. */
function secondsOfRun(run) {
  if (isNumber(run.durationSeconds)) return run.durationSeconds;
  return run.startedAt ? secondsBetween(run.startedAt, run.finishedAt) : NaN;
}

class RunsView {
  #chosen = new Map();

  constructor(query) {
    this.title = "Runs";
    this.query = new RunQuery(query);
    this.filters = runFilters(this.query, () => this.#changed());
    this.list = table("Runs", [
      { name: "Mark", hidden: true }, { name: "Run", header: true, sort: "name" }, { name: "Status" }, { name: "Created", sort: "created" },
      { name: "Models" }, { name: "Winner" }, { name: "Validation", number: true, sort: "validation" },
      { name: "Test", number: true, sort: "test" }, { name: "Duration", number: true, sort: "duration" }, { name: "Actions", hidden: true },
    ], sort => { this.query.turn(sort); this.#changed(); });
    this.list.root.classList.add("runs");
    this.empty = element("div", { class: "empty" },
      element("p", {}, "No run yet. A run trains several classifiers on the same images, side by side, and says honestly which is best."),
      element("p", {}, element("a", { class: "button primary", href: "#/start" }, "Start the first run")));
    this.none = element("p", { class: "empty" }, "No run matches these filters.");
    this.empty.hidden = this.none.hidden = true;
    this.more = button("Show more runs", () => this.#showMore());
    this.more.hidden = true;
    this.compare = element("a", { class: "button primary" });
    this.remove = button("Delete the marked", async () => this.#removed(await deleted([...this.#chosen.values()])), "danger");
    this.root = element("div", {},
      element("header", { class: "view-head" }, element("div", {},
        element("p", { class: "eyebrow" }, "Model comparison"), element("h1", { tabindex: -1 }, this.title),
        element("p", { class: "meta" },
          "Each run trains several models on the same images and compares them. Mark runs to see them side by side.")),
        element("p", { class: "actions" }, this.compare, this.remove)),
      element("section", { "aria-label": "List of runs" },
        this.filters.root, this.empty, this.none, this.list.root, element("p", { class: "actions" }, this.more)));
    this.#mark();
  }

  async refresh() {
    const asked = this.query.hash;
    const { runs, hasMore } = await this.query.fetch();
    const details = await this.#progressOf(runs);
    if (asked !== this.query.hash) return busyPoll;
    keep(this.list.body, runs, run => run.id, run => this.#row(run), (row, run) => this.#fill(row, run, details.get(run.id)));
    this.list.mark(this.query.sort, this.query.order === "asc");
    this.empty.hidden = runs.length > 0 || this.query.isFiltered;
    this.none.hidden = runs.length > 0 || !this.query.isFiltered;
    this.filters.root.hidden = !this.empty.hidden;
    this.list.root.hidden = runs.length === 0;
    this.more.hidden = !hasMore;
    await this.#offerSets();
    return runs.every(run => isFinished(run.status)) ? idlePoll : busyPoll;
  }

  /** Last, and once: the list does not need it. */
  async #offerSets() {
    if (this.hasSets) return;
    this.filters.offer((await listDatasets()).map(({ name }) => name));
    this.hasSets = true;
  }

  /** Of the runs that are at work; seldom more than one. */
  async #progressOf(runs) {
    const running = runs.filter(run => run.status === "running").slice(0, 3);
    return new Map((await Promise.all(running.map(run => call(pathOfRun(run.id))))).map(run => [run.id, run]));
  }

  #changed() {
    history.replaceState(history.state, "", this.query.hash);
    this.filters.show();
    refresh();
  }

  #row(run) {
    const { root, cells } = this.list.row();
    const [choose, name, status, created, models, winner, validation, test, took, actions] = cells;
    const row = { root, run, name, winner, validation, test, took, state: pill(), progress: bar(`Progress of run ${run.id}`) };
    row.box = element("input", { type: "checkbox", "aria-label": `Mark run ${run.id}`, onchange: () => this.#choose(row) });
    row.left = element("span", { class: "small cut" });
    row.report = reportLink(run.id);
    row.remove = button("Delete", async () => this.#removed(await deleted([row.run])), "link danger");
    const edit = button("Edit", () => this.#edit(row), "link");
    for (const made of [edit, row.remove]) made.append(unseen(` run ${run.id}`));
    choose.append(element("label", { class: "tick" }, row.box));
    status.append(row.state.root, row.progress.root, row.left);
    created.append(time(run.createdAt));
    // A line may end between two titles; within a title only where the title does not fit into a line.
    const names = run.models.map((model, index) => [index ? " " : "",
      element("span", { class: "whole" }, title(model), index < run.models.length - 1 ? "," : "")]);
    models.append(element("span", {}, ...names.flat()), element("span", { class: "small" }, run.preset),
      run.dataset ? element("span", { class: "small" }, run.dataset) : "");
    models.className = "long";
    actions.append(element("span", { class: "links" }, row.report, edit, row.remove));
    return row;
  }

  #fill(row, run, detail) {
    row.run = run;
    if (this.#chosen.has(run.id)) this.#chosen.set(run.id, run);
    row.box.checked = this.#chosen.has(run.id);
    this.#describe(row, run);
    row.state.set(detail?.stopping ? "cancelling" : run.status);
    const epochs = detail?.models.reduce((sum, model) => sum + model.epochs, 0);
    row.progress.root.hidden = !detail;
    row.progress.set(detail ? detail.models.reduce((sum, model) => sum + model.epoch, 0) / epochs : 0);
    say(row.left, detail ? (isNumber(detail.etaSeconds) ? `about ${remaining(detail.etaSeconds)} left` : "at work") : run.error ?? "");
    const { best } = run;
    const seconds = secondsOfRun(run);
    fillCells([row.winner, row.validation, row.test, row.took], 0, [
      run.winner ? title(run.winner) : missing, percent(best?.validationAccuracy), percent(best?.testAccuracy), duration(seconds)]);
    row.report.hidden = run.status !== "completed";
    row.remove.hidden = !isFinished(run.status);
  }

  /** The name or the id, the tags and the notes; made anew only where they have changed. */
  #describe(row, run) {
    const text = JSON.stringify([run.name, run.tags, run.notes]);
    if (row.described === text) return;
    row.described = text;
    row.name.replaceChildren(
      element("a", { href: `#/run/${encodeURIComponent(run.id)}` }, run.name || run.id),
      run.name ? element("span", { class: "small" }, run.id) : "",
      run.tags?.length ? tagList(run.tags, tag => { this.query.tag = tag; this.#changed(); }) : "",
      run.notes ? element("span", { class: "small cut" }, run.notes) : "");
  }

  async #edit(row) {
    const run = await edited(row.run);
    if (!run) return;
    announce(`Run ${run.id} is changed.`);
    await this.refresh();
  }

  async #removed(ids) {
    for (const id of ids) this.#chosen.delete(id);
    this.#mark();
    await this.refresh();
  }

  #choose({ box, run }) {
    if (box.checked) this.#chosen.set(run.id, run);
    else this.#chosen.delete(run.id);
    this.#mark();
  }

  #mark() {
    const chosen = [...this.#chosen.keys()];
    this.compare.hidden = chosen.length === 0;
    this.remove.hidden = chosen.length === 0;
    say(this.compare, chosen.length > 1 ? `Compare ${chosen.length} runs` : "Compare with others");
    this.compare.href = `#/compare/${chosen.map(encodeURIComponent).join("/")}`;
  }

  async #showMore() {
    this.query.show += runsPage;
    history.replaceState(history.state, "", this.query.hash);
    await this.refresh();
    announce(`${plural(this.list.body.children.length, "run")} shown.`);
  }
}

function reportLink(id, kind = null) {
  const text = kind ? "Open the report" : "Report";
  return element("a", { class: kind, href: reportOf(id), target: "_blank", rel: "noopener" }, text, unseen(` of run ${id}, in a new tab`));
}
