// The form that starts a run.

const presetWords = {
  smoke: "Shows within a minute or two that everything works.",
  quick: "Minutes on two cores; honest subset sizes.",
  report: "The study's own epochs and batches on all images; hours.",
  fast: "One small network, within minutes.",
  best: "The strongest recipe.",
};
/** Fields of the API that are said at the place of another one. */
const sameField = { epochs: "models", space: "search", sampler: "search" };
const mostSeeds = 100;
const fewestFolds = 2;
const mostFolds = 20;

class StartView {
  /** What earlier runs took, by the name of their data set. */
  #past = new Map();

  /** Models that users added; null until they are known. */
  #own = null;

  /** `query` is `from=ID` where the form begins with the configuration of another run, or `dataset=NAME`. */
  constructor(query) {
    const fields = new URLSearchParams(query);
    this.title = "Start a run";
    this.from = fields.get("from");
    this.data = new DataChoice(fields.get("dataset"), () => { this.#choosePreset(this.preset); refresh(); });
    this.more = new OptionFields();
    this.error = element("p", { class: "problem", role: "alert", tabindex: -1 });
    this.models = element("div", { class: "model-choices" });
    this.summary = element("p", { class: "sum", "aria-live": "polite" });
    this.time = element("p", { class: "small", id: "time" });
    this.submit = element("button", { type: "submit", class: "primary" }, "Start the run");
    this.origin = element("p", { class: "notice" });
    this.origin.hidden = true;
    this.form = this.#form();
    this.root = element("div", {},
      element("header", { class: "view-head" }, element("div", {},
        element("p", { class: "eyebrow" }, "New comparison"), element("h1", { tabindex: -1 }, this.title),
        element("p", { class: "meta" },
          "Everything is optional: the defaults make a fair comparison. The whole configuration is kept with the run."))),
      element("section", { "aria-label": "Options of the run", class: "narrow" }, this.origin, this.form));
    this.#choosePreset(catalogue.presets.find(preset => preset.name === catalogue.defaultPreset) ?? catalogue.presets[0]);
  }

  async refresh() {
    this.#own ??= await loadOwnModels();
    if (!this.isFilled) await this.#loadData();
    if (this.from && !this.isFilled) this.#fill(await call(pathOfRun(this.from)));
    this.isFilled = true;
    const set = this.data.select.value;
    if (!this.#past.has(set)) this.#past.set(set, await PastTimes.load(set));
    this.#sum();
    return 12 * idlePoll;
  }

  #form() {
    this.seeds = element("input", { type: "number", min: 1, max: mostSeeds, step: 1, placeholder: 1, oninput: () => this.#sum() });
    this.folds = element("input", {
      type: "number", min: fewestFolds, max: mostFolds, step: 1, placeholder: "none", oninput: () => this.#sum(),
    });
    this.budget = element("input", { type: "text", placeholder: "no limit", autocomplete: "off", inputmode: "text" });
    this.classWeights = element("input", { type: "checkbox", name: "classWeights" });
    this.name = element("input", { type: "text", autocomplete: "off" });
    this.tags = element("input", { type: "text", autocomplete: "off" });
    this.notes = element("textarea", { rows: 3 });
    return element("form", { novalidate: true, onsubmit: event => this.#start(event) },
      this.data.field,
      formGroup("Preset", "preset", element("div", { class: "options" }, catalogue.presets.map(preset => this.#preset(preset)))),
      formGroup("Models and epochs", "models", this.models),
      this.data.schemes,
      element("div", { class: "pair" },
        formField("Seeds", "seeds", this.seeds,
          "How many times each model is trained; three or more tell chance from skill. Empty: as the preset says."),
        formField("Folds", "folds", this.folds,
          "For a cross-validation: each model is trained once for each fold and validated on it. Leave the seeds empty. Empty: no folds."),
        formField("Time budget", "budget", this.budget, "Such as 30m or 1h30m. The run trains fewer epochs to meet it. Empty: no limit.")),
      formGroup("Class weights", "classWeights", element("label", { class: "option" }, this.classWeights,
        element("span", {}, element("b", {}, "Weigh all classes the same"),
          element("span", { class: "small" }, "In the training loss, however many images each class has.")))),
      this.more.root,
      element("div", { class: "pair" },
        formField("Name", "name", this.name, "By which you find the run again."),
        formField("Tags", "tags", this.tags, "Separated by commas.")),
      formField("Notes", "notes", this.notes, "What the run is for."),
      element("div", { class: "submit" }, this.summary, this.time, this.error, this.submit));
  }

  #preset(preset) {
    const images = preset.trainLimit ? `${count(preset.trainLimit)} training images` : "all training images";
    const input = element("input", {
      type: "radio", name: "preset", value: preset.name, checked: preset.name === catalogue.defaultPreset,
      onchange: () => this.#choosePreset(preset),
    });
    const words = phrase(presetWords, preset.name);
    return element("label", { class: "option" }, input, element("span", {}, element("b", {}, capitalised(preset.name)),
      element("span", { class: "small" }, words === preset.name ? "" : words), element("span", { class: "small" }, images)));
  }

  #choosePreset(preset) {
    this.preset = preset;
    this.models.replaceChildren(...this.#suitable().map(model => modelChoice(model, () => this.#sum())));
    this.#sum();
  }

  /** The models of the preset and of users that the data set allows. */
  #suitable() {
    const isBuiltIn = this.data.select.value === builtInSet;
    return [...this.preset.models, ...this.#own ?? []].filter(model => isBuiltIn || !model.ofFashionMnist);
  }

  /** Models that are ticked already stay so, unless the form begins with another data set. */
  async #loadData() {
    await this.data.load();
    if (this.data.set || this.#own.length) this.#choosePreset(this.preset);
  }

  /** Takes over the choices of another run; what that run has as its preset has it stays empty. */
  #fill(run) {
    const { configuration } = run;
    const preset = catalogue.presets.find(known => known.name === configuration.preset) ?? this.preset;
    const check = (name, value) => {
      for (const input of this.form.querySelectorAll(`input[name=${name}]`)) input.checked = input.value === value;
    };
    check("preset", preset.name);
    this.data.choose(configuration.dataset);
    this.more.fill(configuration);
    check("labels", configuration.labels);
    check("split", configuration.split);
    this.#choosePreset(preset);
    for (const known of this.#suitable()) {
      const trained = configuration.models.find(model => model.name === known.name);
      const [box, epochs] = ["[name=model]", "[name=epochs]"].map((name, i) =>
        this.models.querySelector(`input${name}[${i ? "data-model" : "value"}="${known.name}"]`));
      box.checked = trained !== undefined;
      epochs.disabled = trained === undefined;
      const total = configuration.recipeEpochs?.[known.name]?.reduce((sum, part) => sum + part, 0)
        ?? trained?.phases.reduce((sum, phase) => sum + phase.epochs, 0);
      epochs.value = trained && total !== known.epochs ? total : "";
    }
    this.folds.value = configuration.folds ?? "";
    this.seeds.value = configuration.seeds.length > 1 && !configuration.folds ? configuration.seeds.length : "";
    this.budget.value = budgetText(configuration.budget);
    this.classWeights.checked = configuration.classWeights === true;
    this.name.value = run.name ?? "";
    this.tags.value = (run.tags ?? []).join(", ");
    this.origin.hidden = false;
    const link = element("a", { href: `#/run/${encodeURIComponent(run.id)}` }, nameOfRun(run));
    const gone = configuration.models.map(({ name }) => name).filter(name => !this.#suitable().some(known => known.name === name));
    const end = gone.length ? `, without ${listed(gone.map(title))}, which this server does not offer any more.` : ".";
    this.origin.replaceChildren("Filled with the choices of ", link, end);
  }

  #epochs() {
    return Object.fromEntries([...this.models.querySelectorAll("input[name=epochs]")]
      .filter(input => !input.disabled && input.value !== "").map(input => [input.dataset.model, Number(input.value)]));
  }

  /** The options as the API takes them; what is left as the preset has it is left out. */
  #options() {
    const data = new FormData(this.form);
    const epochs = this.#epochs();
    const tags = tagsOf(this.tags.value);
    const texts = Object.entries({ budget: this.budget.value.trim(), name: this.name.value.trim(), notes: this.notes.value.trim() });
    const models = data.getAll("model");
    return {
      preset: data.get("preset"), ...(this.#isByPreset(models) ? {} : { models }), ...this.data.options,
      ...(this.seeds.value === "" ? {} : { seeds: Number(this.seeds.value) }),
      ...(this.folds.value === "" ? {} : { folds: Number(this.folds.value) }),
      ...(this.classWeights.checked ? { classWeights: true } : {}),
      ...(Object.keys(epochs).length ? { epochs } : {}),
      ...Object.fromEntries(texts.filter(([, text]) => text)),
      ...(tags.length ? { tags } : {}),
      ...this.more.options,
    };
  }

  /** Whether the choice is that of the preset on another data set: the server then leaves out models that cannot take its images. */
  #isByPreset(models) {
    const names = this.#suitable().filter(model => model.isDefault).map(({ name }) => name);
    return this.data.select.value !== builtInSet && models.join() === names.join();
  }

  #sum() {
    if (!this.form) return;
    const given = [this.folds, this.seeds].find(input => input.value !== "");
    const seeds = given ? Number(given.value) : null;
    const epochs = this.#epochs();
    const models = new FormData(this.form).getAll("model");
    const chosen = this.#suitable().filter(model => models.includes(model.name)).map(model => ({
      name: model.name, trainings: seeds ?? model.seeds, epochs: epochs[model.name] ?? model.epochs,
      images: model.trainLimit ?? this.preset.trainLimit,
    }));
    const trainings = chosen.reduce((sum, model) => sum + model.trainings, 0);
    const inTrainings = trainings > chosen.length ? ` in ${plural(trainings, "training")}` : "";
    const total = chosen.reduce((sum, model) => sum + model.trainings * model.epochs, 0);
    say(this.summary, trainings >= 1
      ? `Trains ${plural(chosen.length, "model")}${inTrainings}: ${plural(total, "epoch")} in all.`
      : "Choose at least one model and one seed.");
    say(this.time, trainings >= 1 ? this.#past.get(this.data.select.value)?.describe(chosen, this.data.set) ?? "" : "");
  }

  async #start(event) {
    event.preventDefault();
    clearProblems(this.form);
    say(this.error, "");
    let options;
    try {
      options = this.#options();
    } catch (problem) {
      this.#refuse([{ pointer: `/${problem.field}`, detail: problem.message }], problem.message);
      return;
    }
    if (options.models?.length === 0) {
      this.#refuse([{ pointer: "/models", detail: "Choose at least one model." }], "Choose at least one model.");
      return;
    }
    this.submit.disabled = true;
    try {
      const run = await call("comparisons", { method: "POST", json: options });
      announce(`Run ${run.id} is started.`);
      go(`#/run/${encodeURIComponent(run.id)}`);
    } catch (error) {
      this.#refuse(error.fields ?? [], error.message);
    } finally {
      this.submit.disabled = false;
    }
  }

  #refuse(fields, message) {
    for (const { pointer, detail } of fields) {
      const parts = String(pointer).split("/").map(part => sameField[part] ?? part);
      const field = parts.findLast(part => part && document.getElementById(`problem-${part}`));
      if (!field) continue;
      const input = field === "models" ? this.models.querySelector("input:invalid") : this.form.elements.namedItem(field);
      showProblem(field, detail, input);
    }
    say(this.error, message);
    const first = this.form.querySelector("[aria-invalid]");
    (first ?? this.error).focus();
  }
}
