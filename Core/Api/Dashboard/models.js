// The registry: what can be served, and what is.

const causes = {
  first: "the first model of this registry", rule: "by the promotion rule", hand: "by hand", rollBack: "by going back",
};
const mostChampions = 20;

class ModelsView {
  #items = [];
  #continuation = null;

  /** `query` is `dataset=NAME` where the page shows the champions of another set than Fashion-MNIST. */
  constructor(query) {
    this.title = "Models";
    const dataset = new URLSearchParams(query).get("dataset") ?? builtInSet;
    this.data = choice("Data set", [[dataset, dataset]], dataset, () => refresh());
    this.data.root.hidden = dataset === builtInSet;
    this.champion = element("div", { class: "champion" });
    this.back = button("Roll back", () => this.#rollBack());
    this.past = table("Champions, newest first", [
      { name: "Model", header: true }, { name: "Run" }, { name: "Promoted" }, { name: "How" }, { name: "Why" }]);
    this.pastSection = element("section", { "aria-labelledby": "history" },
      element("h2", { id: "history" }, "History of champions"), this.past.root);
    this.list = table("Models that can be served", [
      { name: "Model" }, { name: "Run" }, { name: "Labels" }, { name: "Validation accuracy", number: true },
      { name: "Test accuracy", number: true }, { name: "Macro F1", number: true }, { name: "Parameters", number: true },
      { name: "Promote", hidden: true }]);
    this.empty = element("p", { class: "empty" }, "No model yet: each completed run registers its models here.");
    this.empty.hidden = true;
    this.more = button("Show more models", () => this.#showMore());
    this.more.hidden = true;
    this.root = element("div", {},
      element("header", { class: "view-head" }, element("div", {},
        element("p", { class: "eyebrow" }, "Registry"), element("h1", { tabindex: -1 }, this.title),
        element("p", { class: "meta" },
          "The champion answers predictions. A better model takes its place after a run, or you promote one."))),
      element("section", { "aria-labelledby": "champion" },
        element("h2", { id: "champion" }, "Champion"), this.data.root, this.champion, element("p", { class: "actions" }, this.back)),
      this.pastSection,
      element("section", { "aria-labelledby": "versions" },
        element("h2", { id: "versions" }, "Versions"), this.empty, this.list.root, element("p", { class: "actions" }, this.more)));
  }

  async refresh() {
    const page = await call("models");
    const chosen = this.data.select.value;
    const champion = page.items.length ? await findChampion(chosen) : null;
    const { items, previous } = await call("models/champion/history", { query: { top: mostChampions, dataset: otherSet(chosen) } });
    if (chosen !== this.data.select.value) return 0;
    if (!this.#items.length) this.#continuation = page.continuation;
    const first = new Set(page.items.map(versionKey));
    this.#items = [...page.items, ...this.#items.filter(version => !first.has(versionKey(version)))];
    this.#fillData(chosen);
    this.#fillChampion(champion, previous);
    this.pastSection.hidden = items.length < 2;
    keep(this.past.body, items, item => item.promotedAt, () => this.past.row(), (row, item, index) => this.#fillPast(row, item, index));
    keep(this.list.body, this.#items, versionKey, version => this.#row(version), (row, version) => this.#fill(row, version, champion));
    this.empty.hidden = this.#items.length > 0;
    this.list.root.hidden = this.#items.length === 0;
    this.more.hidden = !this.#continuation;
    return idlePoll;
  }

  /** The data sets that have models, to choose from where there are several. */
  #fillData(chosen) {
    const names = [...new Set([builtInSet, chosen, ...this.#items.map(({ dataset }) => dataset ?? builtInSet)])];
    this.data.root.hidden = names.length === 1;
    if (this.data.select.options.length === names.length) return;
    this.data.select.replaceChildren(...names.map(name => element("option", { value: name }, name)));
    this.data.select.value = chosen;
  }

  #fillPast({ cells }, { model, seed, runId, promotedAt, cause, reason }, index) {
    if (!cells[1].firstChild) cells[1].append(element("a", { href: `#/run/${encodeURIComponent(runId)}` }, runId));
    cells[0].className = cells[4].className = "long";
    fillCells(cells, 0, [`${title(model)}, seed ${seed}${index === 0 ? " (now)" : ""}`]);
    fillCells(cells, 2, [when(promotedAt), phrase(causes, cause), reason]);
  }

  /** `previous` is the champion to which a rollback returns; null where none precedes. */
  #fillChampion(champion, previous) {
    this.previous = previous;
    this.back.hidden = !previous;
    if (previous) say(this.back, `Roll back to ${nameOfVersion(previous)}`);
    if (this.shown === (champion?.promotedAt ?? null)) return;
    this.shown = champion?.promotedAt ?? null;
    this.champion.replaceChildren(champion ? describeChampion(champion)
      : element("p", { class: "empty" }, "There is no champion yet. The first completed run names one."));
  }

  #row(version) {
    const { root, cells } = this.list.row();
    const promote = button("Promote", () => this.#promote(version));
    promote.append(unseen(` ${title(version.model)} of run ${version.runId}`));
    const current = element("span", { class: "pill", "data-state": "completed" }, "Champion");
    const small = (...content) => element("span", { class: "small" }, ...content);
    cells[0].className = "long";
    cells[0].append(title(version.model), small(`seed ${version.seed}${version.sideInformation ? ", with side information" : ""}`));
    cells[1].append(element("a", { href: `#/run/${encodeURIComponent(version.runId)}` }, version.runId), small(time(version.registeredAt)));
    cells[2].append(labelsOf(version), small(splitOf(version)));
    cells[4].append(percent(version.testAccuracy), small(`${count(version.testImages)} images`));
    fillCells(cells, 3, [percent(version.validationAccuracy)]);
    fillCells(cells, 5, [decimal(version.testMacroF1), count(version.parameters)]);
    cells[7].append(current, promote);
    return { root, current, promote };
  }

  #fill(row, version, champion) {
    const isChampion = champion !== null && versionKey(champion) === versionKey(version);
    row.current.hidden = !isChampion;
    row.promote.hidden = isChampion;
  }

  async #promote(version) {
    const question = `Let ${nameOfVersion(version)} answer predictions${version.dataset ? ` for ${version.dataset}` : ""} from now on? `
      + "Of several seeds the best on validation images is taken.";
    if (!await confirmed(question, "Promote")) return;
    const champion = await call("models/champion", { method: "PUT", json: { runId: version.runId, model: version.model } });
    announce(`${title(champion.model)}, seed ${champion.seed}, of run ${champion.runId} is the champion now.`);
    await this.refresh();
  }

  async #rollBack() {
    if (!await confirmed(`Let ${nameOfVersion(this.previous)} answer predictions again?`, "Roll back")) return;
    const champion = await call("models/champion/roll-back", {
      method: "POST", query: { dataset: otherSet(this.data.select.value) },
    });
    announce(`${title(champion.model)} of run ${champion.runId} is the champion again.`);
    await this.refresh();
  }

  async #showMore() {
    const page = await call("models", { query: { continuation: this.#continuation } });
    this.#items.push(...page.items);
    this.#continuation = page.continuation;
    await this.refresh();
  }
}

const nameOfVersion = ({ model, runId }) => `${title(model)} of run ${runId}`;
const versionKey = version => `${version.runId}/${version.model}/${version.seed}`;

/** A data set as the API takes it; null for Fashion-MNIST. */
const otherSet = dataset => dataset === builtInSet ? null : dataset;

/** The champion of a data set; null where there is none yet. */
async function findChampion(dataset) {
  try {
    return await call("models/champion", { query: { dataset: otherSet(dataset) } });
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}

function describeChampion({ model, runId, seed, promotedAt, cause, reason, pValue, version }) {
  const shown = facts("Model", "Test accuracy", "Promoted");
  shown.set(0, title(model), `seed ${seed}, run ${runId}`);
  shown.set(1, percent(version.testAccuracy), `${count(version.testImages)} test images, ${labelsOf(version)}`);
  shown.set(2, when(promotedAt), phrase(causes, cause));
  const test = isNumber(pValue) ? ` (McNemar's test: p ${pValue < 0.0001 ? "< 0.0001" : `= ${decimal(pValue, 4)}`})` : "";
  return element("div", {}, shown.root, element("p", { class: "note" }, `Why: ${reason}${test}`));
}
