// One run: its curves while they grow, and where each training stands.

class RunView {
  #told = new Map();

  constructor(id) {
    this.id = id;
    this.title = `Run ${id}`;
    this.epochs = new Curves(id);
    this.heading = element("h1", { tabindex: -1 }, this.title);
    this.meta = element("p", { class: "meta" });
    this.state = pill();
    this.report = reportLink(id, "button primary");
    this.cancel = button("Cancel the run", () => this.#cancel(), "danger");
    this.progress = bar("Progress of the run");
    this.facts = facts("Epochs", "Time", "Best on validation", "Images");
    this.figures = new CurveFigures();
    this.trainings = table("Trainings of this run", [
      { name: "Model" }, { name: "State" }, { name: "Epochs" }, { name: "Best epoch", number: true }, { name: "Training accuracy", number: true }, { name: "Validation accuracy", number: true },
      { name: "Validation loss, nats", number: true }, { name: "Time for an epoch", number: true }, { name: "Time left", number: true }, { name: "Test accuracy", number: true }]);
    this.problem = element("p", { class: "notice", role: "note" });
    this.numbers = table("Figures of every epoch", [
      { name: "Model" }, { name: "Epoch", number: true }, { name: "Training accuracy", number: true }, { name: "Validation accuracy", number: true },
      { name: "Training loss, nats", number: true }, { name: "Validation loss, nats", number: true }]);
    this.numbersFold = element("details", { ontoggle: () => this.#fillNumbers() }, element("summary", {}, "The figures as a table"), this.numbers.root);
    this.configuration = element("pre", { tabindex: 0, role: "region", "aria-label": "Effective configuration" });
    this.problem.hidden = true;
    this.report.hidden = true;
    this.cancel.hidden = true;
    this.root = element("div", {},
      element("header", { class: "view-head" },
        element("div", {}, element("p", { class: "eyebrow" }, element("a", { href: "#/" }, "Runs")), this.heading, element("p", { class: "meta" }, this.state.root), this.meta),
        element("p", { class: "actions" }, this.report, element("a", { class: "button", href: `#/compare/${encodeURIComponent(id)}` }, "Compare with another"), this.cancel)),
      this.problem,
      element("section", { "aria-label": "Progress" }, this.progress.root, this.facts.root),
      element("section", { "aria-labelledby": "curves" }, element("h2", { id: "curves" }, "Learning curves"),
        element("p", { class: "lead" }, "Validation should go on improving with training; where the two part, the model begins to overfit."), this.figures.root, this.numbersFold),
      element("section", { "aria-labelledby": "trainings" }, element("h2", { id: "trainings" }, "Models"),
        element("p", { class: "lead" }, "Each trains by itself; if one fails, the others go on. All figures of a row are those of its best epoch on validation. The same seed with another number of threads or another kind of processor gives slightly different figures."), this.trainings.root),
      element("section", { "aria-labelledby": "configuration" }, element("h2", { id: "configuration" }, "Configuration"),
        element("details", {}, element("summary", {}, "Everything that decides this run's numbers"), this.configuration)));
  }

  async refresh() {
    const run = await call(pathOfRun(this.id));
    await this.epochs.update(run.models);
    this.run = run;
    this.#head(run);
    this.#summarise(run);
    const models = modelsOf(run);
    const groups = run.models.map(training => ({
      key: Curves.keyOf(training), name: trainingTitle(training, run), ink: inkOf(models.indexOf(training.name)), rows: this.epochs.of(training),
    }));
    this.figures.update(groups, Math.max(...run.models.map(training => training.epochs)));
    keep(this.trainings.body, run.models, Curves.keyOf, () => this.#row(), (row, training, index) => this.#fill(row, training, groups[index]));
    this.#fillNumbers();
    this.#tell(run);
    return isFinished(run.status) ? idlePoll : busyPoll;
  }

  #head(run) {
    const { configuration } = run;
    this.state.set(run.status);
    say(this.meta, `${describeRun(configuration)} · ${plural(run.models.length, "training")} · started ${when(run.startedAt ?? run.createdAt)}`);
    this.report.hidden = run.status !== "completed";
    this.cancel.hidden = isFinished(run.status);
    say(this.problem, run.error ? `The run failed: ${run.error}` : "");
    this.problem.hidden = !run.error;
    say(this.configuration, JSON.stringify(configuration, null, 2));
  }

  #summarise(run) {
    const [done, all] = ["epoch", "epochs"].map(field => run.models.reduce((sum, training) => sum + training[field], 0));
    const ended = run.models.filter(training => training.state === "completed").length;
    this.progress.set(done / all);
    this.facts.set(0, `${count(done)} of ${count(all)}`, `${ended} of ${plural(run.models.length, "training")} complete`);
    const took = duration(secondsBetween(run.startedAt ?? run.createdAt, run.finishedAt));
    if (isFinished(run.status)) this.facts.set(1, took, "from start to end");
    else if (run.status === "pending") this.facts.set(1, "Waiting", "for its turn");
    else this.facts.set(1, isNumber(run.etaSeconds) ? `${remaining(run.etaSeconds)} left` : done < all ? "Estimating" : "Finishing", `${took} so far`);
    const best = run.winner
      ? run.models.filter(training => training.name === run.winner).toSorted((a, b) => (b.validationAccuracy ?? 0) - (a.validationAccuracy ?? 0))[0]
      : run.models.filter(training => training.best).toSorted((a, b) => b.best.validationAccuracy - a.best.validationAccuracy)[0];
    const accuracy = best?.validationAccuracy ?? best?.best?.validationAccuracy;
    this.facts.set(2, run.winner || best ? title(run.winner ?? best.name) : missing,
      !run.winner && !best ? "no epoch has ended yet" : run.winner ? `the winner${best ? `: ${percent(accuracy)} of validation images` : ""}` : `${percent(accuracy)} in its best epoch`);
    const { trainLimit, validationLimit, testLimit } = run.configuration;
    this.facts.set(3, trainLimit ? count(trainLimit) : "All", `for training; ${validationLimit ? count(validationLimit) : "all"} for validation, ${testLimit ? count(testLimit) : "all 10,000"} for the test`);
  }

  #row() {
    const { root, cells } = this.trainings.row();
    const parts = { root, cells, name: element("span", { class: "named" }), state: pill(), error: element("span", { class: "small problem" }), epochs: element("span"), bar: bar("Epochs") };
    cells[0].append(parts.name);
    cells[1].append(parts.state.root, parts.error);
    cells[2].append(parts.epochs, parts.bar.root);
    return parts;
  }

  #fill(row, training, group) {
    row.name.className = `named ${group.ink}`;
    say(row.name, group.name);
    row.state.set(training.state);
    say(row.error, training.error ?? "");
    const stopped = training.epoch === training.epochs && training.epochs < training.plannedEpochs;
    const trains = training.plannedEpochs > 0;
    say(row.epochs, !trains ? missing : stopped ? `stopped early at epoch ${count(training.epoch)} of ${count(training.plannedEpochs)}` : `${count(training.epoch)} of ${count(training.epochs)}`);
    row.bar.root.setAttribute("aria-label", `Epochs of ${group.name}`);
    row.bar.root.hidden = !trains;
    row.bar.set(trains ? training.epoch / training.epochs : 0);
    const { best } = training;
    const left = isNumber(training.etaSeconds) && training.etaSeconds > 0 ? remaining(training.etaSeconds) : missing;
    fillCells(row.cells, 3, [
      best ? count(best.epoch) : missing, percent(best?.trainAccuracy), percent(training.validationAccuracy ?? best?.validationAccuracy), decimal(best?.validationLoss), duration(training.secondsPerEpoch), left, percent(training.testAccuracy)]);
  }

  #fillNumbers() {
    if (!this.numbersFold.open || !this.run) return;
    const rows = this.run.models.flatMap(training => this.epochs.of(training).map(row => ({ key: `${Curves.keyOf(training)} ${row.epoch}`, name: trainingTitle(training, this.run), row })));
    keep(this.numbers.body, rows, item => item.key, () => this.numbers.row(), (part, { name, row }) =>
      fillCells(part.cells, 0, [name, count(row.epoch), percent(row.trainAccuracy), percent(row.validationAccuracy), decimal(row.trainLoss), decimal(row.validationLoss)]));
  }

  /** Says what has changed to those who listen; not every epoch. */
  #tell(run) {
    const states = new Map([["", run.status], ...run.models.map(training => [trainingTitle(training, run), training.state])]);
    const changed = this.#told.size ? [...states].filter(([key, state]) => this.#told.get(key) !== state) : [];
    this.#told = states;
    if (changed.length) announce(changed.map(([key, state]) => `${key || "The run"}: ${state}`).join(". "));
  }

  async #cancel() {
    if (!await confirmed(`Cancel run ${this.id}? It stops after the batch at hand and keeps the epochs that are done.`, "Cancel the run")) return;
    await call(`${pathOfRun(this.id)}/cancel`, { method: "POST" });
    announce("The run is asked to stop.");
    await this.refresh();
  }
}
