// One run: its curves while they grow, and where each training stands.

class RunView {
  #told = new Map();

  constructor(id) {
    this.id = id;
    this.title = `Run ${id}`;
    this.epochs = new Curves(id);
    this.heading = element("h1", { tabindex: -1 }, this.title);
    this.about = element("div", { class: "about" });
    this.meta = element("p", { class: "meta" });
    this.state = pill();
    this.stopping = element("span", { class: "small" }, "Stops after the batch at hand.");
    this.progress = bar("Progress of the run");
    this.facts = facts("Epochs", "Time", "Best on validation", "Images");
    this.figures = new CurveFigures();
    this.trainings = new TrainingTable();
    this.results = new RunResults(id);
    this.use = new ResourceUse();
    this.problem = element("p", { class: "notice", role: "note" });
    this.numbers = table("Figures of every epoch", [
      { name: "Model" }, { name: "Epoch", number: true }, { name: "Training accuracy", number: true },
      { name: "Validation accuracy", number: true }, { name: "Training loss, nats", number: true },
      { name: "Validation loss, nats", number: true }]);
    this.numbersFold = element("details", { ontoggle: () => this.#fillNumbers() },
      element("summary", {}, "The figures as a table"), this.numbers.root);
    this.configuration = element("pre", { tabindex: 0, role: "region", "aria-label": "Effective configuration" });
    this.noCurves = element("p", { class: "empty" }, "No epoch has ended.");
    this.curves = element("div", {}, element("p", { class: "lead" },
      "Validation is measured after each epoch. Training is the mean over the epoch, with dropout on and weights still changing: a gap "
      + "between the two is not yet overfitting. The section Overfitting of the report says what it means."),
    this.figures.root, this.numbersFold);
    this.problem.hidden = this.stopping.hidden = this.noCurves.hidden = true;
    const section = (name, heading, lead, ...content) => element("section", { "aria-labelledby": name },
      element("h2", { id: name }, heading), lead ? element("p", { class: "lead" }, lead) : null, ...content);
    this.root = element("div", {},
      element("header", { class: "view-head" },
        element("div", {}, element("p", { class: "eyebrow" }, element("a", { href: "#/" }, "Runs")), this.heading,
          element("p", { class: "meta" }, this.state.root, this.stopping), this.meta, this.about),
        this.#actions()),
      this.problem,
      element("section", { "aria-label": "Progress" }, this.progress.root, this.facts.root),
      section("curves", "Learning curves", null, this.noCurves, this.curves),
      section("trainings", "Models", "Each trains by itself; if one fails, the others go on. All figures of a row are those of its best "
        + "epoch on validation. The same seed with another number of threads or another kind of processor gives slightly different "
        + "figures.",
      this.trainings.root),
      this.use.root,
      this.results.root,
      section("configuration", "Configuration", null,
        element("details", {}, element("summary", {}, "Everything that decides this run's numbers"), this.configuration)));
  }

  async refresh() {
    const run = await this.#ask();
    if (!run) return 6 * idlePoll;
    await this.epochs.update(run.models);
    this.run = run;
    this.#head(run);
    this.#summarise(run);
    this.redraw();
    this.#fillNumbers();
    this.#tell(run);
    await this.results.update(run);
    return isFinished(run.status) ? idlePoll : busyPoll;
  }

  /** All that has colours of its own, from what is known. */
  redraw() {
    const { run } = this;
    if (!run) return;
    const groups = groupsOf(run, training => this.epochs.of(training));
    this.curves.hidden = isFinished(run.status) && groups.every(group => !group.rows.length);
    this.noCurves.hidden = !this.curves.hidden;
    this.figures.update(groups, Math.max(...run.models.map(training => training.epochs)));
    this.trainings.update(run, groups);
    this.use.update(groups);
  }

  close() {
    this.figures.close();
    this.use.close();
  }

  /** The run; null where there is none, which the page then says. */
  async #ask() {
    try {
      return await call(pathOfRun(this.id));
    } catch (error) {
      if (error.status !== 404 && error.status !== 400) throw error;
      this.root.replaceChildren(...noSuchPage("There is no such run",
        `No run on this server is called ${this.id}. It may have been deleted, or it belongs to another server.`));
      document.title = "No such run · ServerlessFashion";
      return null;
    }
  }

  #actions() {
    this.report = reportLink(this.id, "button primary");
    this.resume = button("Resume", () => this.#resume());
    this.again = element("a", { class: "button", href: `#/start?from=${encodeURIComponent(this.id)}` }, "Run again");
    this.edit = button("Edit", () => this.#edit());
    this.cancel = button("Cancel the run", () => this.#cancel(), "danger");
    this.remove = button("Delete", () => this.#delete(), "danger");
    for (const part of [this.report, this.resume, this.cancel, this.remove]) part.hidden = true;
    return element("p", { class: "actions" }, this.report, this.resume, this.again,
      element("a", { class: "button", href: `#/compare/${encodeURIComponent(this.id)}` }, "Compare with others"),
      this.edit, this.cancel, this.remove);
  }

  #head(run) {
    const { configuration } = run;
    const ended = isFinished(run.status);
    this.state.set(run.stopping ? "cancelling" : run.status);
    this.stopping.hidden = !run.stopping;
    say(this.heading, nameOfRun(run));
    say(this.meta, [run.name ? run.id : "", describeRun(configuration), plural(run.models.length, "training"),
      run.startedAt ? `started ${when(run.startedAt)}` : `created ${when(run.createdAt)}`].filter(text => text).join(" · "));
    const about = JSON.stringify([run.tags, run.notes]);
    if (this.described !== about) {
      this.described = about;
      this.about.replaceChildren(
        run.tags?.length ? tagList(run.tags, tag => go(`#/?${new URLSearchParams({ tag })}`)) : "",
        run.notes ? element("p", { class: "notes" }, run.notes) : "");
    }
    this.report.hidden = run.status !== "completed";
    this.cancel.hidden = ended || run.stopping;
    this.resume.hidden = !ended || run.status === "completed" && run.failures.length === 0;
    this.remove.hidden = !ended;
    say(this.problem, run.error ? `The run failed: ${run.error}` : "");
    this.problem.hidden = !run.error;
    say(this.configuration, JSON.stringify(configuration, null, 2));
  }

  #summarise(run) {
    const [done, all] = ["epoch", "epochs"].map(field => run.models.reduce((sum, training) => sum + training[field], 0));
    const ended = run.models.filter(training => training.state === "completed").length;
    this.progress.set(done / all);
    this.facts.set(0, `${count(done)} of ${count(all)}`, `${ended} of ${plural(run.models.length, "training")} complete`);
    const took = duration(secondsOfRun(run));
    if (isFinished(run.status)) this.facts.set(1, took, "from start to end");
    else if (run.status === "pending") this.facts.set(1, "Waiting", "for its turn");
    else {
      const left = isNumber(run.etaSeconds) ? `${remaining(run.etaSeconds)} left` : done < all ? "Estimating" : "Finishing";
      this.facts.set(1, left, `${took} so far`);
    }
    const accuracyOf = training => training.validationAccuracy ?? training.best?.validationAccuracy ?? -1;
    const best = run.models.filter(training => run.winner ? training.name === run.winner : training.best)
      .toSorted((a, b) => accuracyOf(b) - accuracyOf(a))[0];
    const accuracy = best ? percent(accuracyOf(best)) : missing;
    this.facts.set(2, run.winner || best ? title(run.winner ?? best.name) : missing,
      !run.winner && !best ? `no epoch has ended${isFinished(run.status) ? "" : " yet"}`
        : run.winner ? `the winner${best ? `: ${accuracy} of validation images` : ""}` : `${accuracy} in its best epoch`);
    const { trainLimit, validationLimit, testLimit } = run.configuration;
    const others = `${validationLimit ? count(validationLimit) : "all"} for validation, `
      + `${testLimit ? count(testLimit) : run.dataset ? "all" : "all 10,000"} for the test`;
    this.facts.set(3, trainLimit ? count(trainLimit) : "All", `for training; ${others}`);
  }

  #fillNumbers() {
    if (!this.numbersFold.open || !this.run) return;
    const rows = this.run.models.flatMap(training => this.epochs.of(training)
      .map(row => ({ key: `${Curves.keyOf(training)} ${row.epoch}`, name: trainingTitle(training, this.run), row })));
    keep(this.numbers.body, rows, item => item.key, () => this.numbers.row(), (part, { name, row }) => fillCells(part.cells, 0, [
      name, count(row.epoch), percent(row.trainAccuracy), percent(row.validationAccuracy),
      decimal(row.trainLoss), decimal(row.validationLoss)]));
  }

  /** Says what has changed to those who listen; not every epoch. */
  #tell(run) {
    const states = new Map([["", run.status], ...run.models.map(training => [trainingTitle(training, run), training.state])]);
    const changed = this.#told.size ? [...states].filter(([key, state]) => this.#told.get(key) !== state) : [];
    this.#told = states;
    if (changed.length) announce(changed.map(([key, state]) => `${key || "The run"}: ${state}`).join(". "));
  }

  async #cancel() {
    const question = `Cancel run ${this.id}? It stops after the batch at hand and keeps the epochs that are done.`;
    if (!await confirmed(question, "Cancel the run")) return;
    await call(`${pathOfRun(this.id)}/cancel`, { method: "POST" });
    announce("The run is asked to stop.");
    await this.refresh();
  }

  async #resume() {
    await call(`${pathOfRun(this.id)}/resume`, { method: "POST" });
    announce("The run continues where it stopped.");
    await this.refresh();
  }

  async #edit() {
    if (!this.run || !await edited(this.run)) return;
    announce(`Run ${this.id} is changed.`);
    await this.refresh();
  }

  async #delete() {
    if ((await deleted([this.run])).length) go("#/");
  }
}

/** The curves of a run's trainings: an ink for each model, a shade of it for each further seed. */
function groupsOf(run, rowsOf) {
  const models = modelsOf(run);
  return run.models.map(training => ({
    key: Curves.keyOf(training), name: trainingTitle(training, run), panel: title(training.name),
    ink: inkOf(models.indexOf(training.name)), shade: run.models.filter(other => other.name === training.name).indexOf(training),
    best: training.best?.epoch, rows: rowsOf(training),
  }));
}

/** What a page says whose address names nothing. */
function noSuchPage(heading, text, href = "#/", link = "Show all runs") {
  return [
    element("header", { class: "view-head" }, element("div", {},
      element("p", { class: "eyebrow" }, "Not found"), element("h1", { tabindex: -1 }, heading))),
    element("section", { "aria-label": "What now" }, element("p", {}, text), element("p", { class: "actions" },
      element("a", { class: "button primary", href }, link))),
  ];
}
