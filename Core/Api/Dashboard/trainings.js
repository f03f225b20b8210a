// The trainings of a run as a table.

class TrainingTable {
  constructor() {
    this.list = table("Trainings of this run", [
      { name: "Model" }, { name: "State" }, { name: "Epochs" }, { name: "Best epoch", number: true },
      { name: "Training accuracy", number: true },
      { name: "Validation accuracy", number: true }, { name: "Validation loss, nats", number: true },
      { name: "Test accuracy", number: true },
      { name: "Time for an epoch", number: true }, { name: "Time left", number: true }, { name: "Download", hidden: true }]);
    this.root = this.list.root;
  }

  update(run, groups) {
    keep(this.list.body, run.models, Curves.keyOf, () => this.#row(),
      (row, training, index) => this.#fill(row, run, training, groups[index]));
  }

  #row() {
    const { root, cells } = this.list.row();
    const row = {
      root, cells, name: element("span", { class: "named" }), state: pill(), error: element("span", { class: "small problem" }),
      epochs: element("span"), bar: bar("Epochs"), download: element("a", { download: "" }),
    };
    cells[0].append(row.name);
    cells[1].append(row.state.root, row.error);
    cells[2].append(row.epochs, row.bar.root);
    cells[10].append(row.download);
    return row;
  }

  #fill(row, run, training, group) {
    row.name.style.setProperty("--ink", colourOfLine(group));
    say(row.name, group.name);
    row.state.set(training.state);
    say(row.error, training.error ?? "");
    this.#fillEpochs(row, training, group.name);
    const { best } = training;
    const left = isNumber(training.etaSeconds) && training.etaSeconds > 0 ? remaining(training.etaSeconds) : missing;
    fillCells(row.cells, 3, [
      best ? count(best.epoch) : missing, percent(best?.trainAccuracy), percent(training.validationAccuracy ?? best?.validationAccuracy),
      decimal(best?.validationLoss), percent(training.testAccuracy), duration(training.secondsPerEpoch), left]);
    this.#fillDownload(row.download, run, training);
  }

  #fillEpochs(row, training, name) {
    const isTrained = training.plannedEpochs > 0;
    const stoppedEarly = training.epoch === training.epochs && training.epochs < training.plannedEpochs;
    say(row.epochs, !isTrained ? missing
      : stoppedEarly ? `stopped early at epoch ${count(training.epoch)} of ${count(training.plannedEpochs)}`
        : `${count(training.epoch)} of ${count(training.epochs)}`);
    row.bar.root.setAttribute("aria-label", `Epochs of ${name}`);
    row.bar.root.hidden = !isTrained;
    row.bar.set(isTrained ? training.epoch / training.epochs : 0);
  }

  #fillDownload(link, run, training) {
    link.hidden = run.status !== "completed" || training.plannedEpochs === 0 || !isNumber(training.validationAccuracy);
    link.href = address(`${pathOfRun(run.id)}/models/${encodeURIComponent(training.name)}/export`, { seed: training.seed });
    if (!link.firstChild) link.append("Download", unseen(` ${trainingTitle(training, run)} as ONNX and safetensors`));
  }
}
