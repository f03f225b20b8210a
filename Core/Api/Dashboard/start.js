// The form that starts a run.

const presetWords = {
  smoke: "Shows within a minute or two that everything works.",
  quick: "Minutes on two cores; honest subset sizes.",
  report: "The study's own epochs and batches on all images; hours.",
  best: "The strongest recipe.",
};
const splitChoices = [
  ["competition", "Competition", "Tested on the first 10,000 images of the train file."],
  ["original", "Original", "Tested on the published test file."],
];
const mostSeeds = 100;
const mostEpochs = 10000;

class StartView {
  #past = null;

  /** `query` is `from=ID` where the form begins with the configuration of another run. */
  constructor(query) {
    this.title = "Start a run";
    this.from = new URLSearchParams(query).get("from");
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
    this.#past ??= await PastTimes.load();
    if (this.from && !this.isFilled) this.#fill(await call(pathOfRun(this.from)));
    this.isFilled = true;
    this.#sum();
    return 12 * idlePoll;
  }

  #form() {
    const labels = this.#radios("labels", catalogue.labels.map(choice => [choice.scheme, choice.title, choice.description]));
    this.seeds = element("input", { type: "number", min: 1, max: mostSeeds, step: 1, placeholder: 1, oninput: () => this.#sum() });
    this.budget = element("input", { type: "text", placeholder: "no limit", autocomplete: "off", inputmode: "text" });
    this.classWeights = element("input", { type: "checkbox", name: "classWeights" });
    this.name = element("input", { type: "text", autocomplete: "off" });
    this.tags = element("input", { type: "text", autocomplete: "off" });
    this.notes = element("textarea", { rows: 3 });
    return element("form", { novalidate: true, onsubmit: event => this.#start(event) },
      this.#group("Preset", "preset", element("div", { class: "options" }, catalogue.presets.map(preset => this.#preset(preset)))),
      this.#group("Models and epochs", "models", this.models),
      element("div", { class: "pair" },
        this.#group("Labels", "labels", labels), this.#group("Split", "split", this.#radios("split", splitChoices))),
      element("div", { class: "pair" },
        this.#field("Seeds", "seeds", this.seeds,
          "How many times each model is trained; three or more tell chance from skill. Empty: as the preset says."),
        this.#field("Time budget", "budget", this.budget, "Such as 30m or 1h30m. The run trains fewer epochs to meet it. Empty: no limit.")),
      this.#group("Class weights", "classWeights", element("label", { class: "option" }, this.classWeights,
        element("span", {}, element("b", {}, "Weigh all classes the same"),
          element("span", { class: "small" }, "In the training loss, however many images each class has.")))),
      element("div", { class: "pair" },
        this.#field("Name", "name", this.name, "By which you find the run again."),
        this.#field("Tags", "tags", this.tags, "Separated by commas.")),
      this.#field("Notes", "notes", this.notes, "What the run is for."),
      element("div", { class: "submit" }, this.summary, this.time, this.error, this.submit));
  }

  #group(name, field, ...content) {
    return element("fieldset", { "data-field": field }, element("legend", {}, name), content, this.#place(field));
  }

  #field(label, name, input, note) {
    const attributes = { id: name, name, "aria-describedby": `${name}-note` };
    for (const [attribute, value] of Object.entries(attributes)) input.setAttribute(attribute, value);
    return element("div", { class: "field" }, element("label", { for: name }, label), input,
      element("p", { class: "small", id: `${name}-note` }, note), this.#place(name));
  }

  /** Where an error of a field is said. */
  #place(field) {
    return element("p", { class: "problem", id: `problem-${field}` });
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

  #radios(name, choices) {
    return element("div", { class: "options" }, choices.map(([value, text, note], index) => element("label", { class: "option" },
      element("input", { type: "radio", name, value, checked: index === 0 }),
      element("span", {}, element("b", {}, text), element("span", { class: "small" }, note)))));
  }

  #choosePreset(preset) {
    this.preset = preset;
    this.models.replaceChildren(...preset.models.map(model => this.#model(model)));
    this.#sum();
  }

  #model(model) {
    const change = () => { epochs.disabled = !box.checked; this.#sum(); };
    const box = element("input", { type: "checkbox", name: "model", value: model.name, checked: model.isDefault, onchange: change });
    const epochs = element("input", {
      type: "number", name: "epochs", min: 1, max: mostEpochs, step: 1, placeholder: model.epochs, "data-model": model.name,
      disabled: !model.isDefault, "aria-label": `Epochs of ${title(model.name)}, ${model.epochs} if left empty`, oninput: () => this.#sum(),
    });
    const images = model.trainLimit ? `, ${count(model.trainLimit)} images` : "";
    const seeds = model.seeds > 1 ? `, ${model.seeds} seeds` : "";
    return element("div", { class: "model-choice" }, element("label", {}, box, " ", title(model.name)),
      element("span", { class: "small" }, `batches of ${count(model.batchSize)}${images}${seeds}`),
      element("span", { class: "epochs" }, epochs, element("span", { class: "small", "aria-hidden": "true" }, "epochs")));
  }

  /** Takes over the choices of another run; what that run has as its preset has it stays empty. */
  #fill(run) {
    const { configuration } = run;
    const preset = catalogue.presets.find(known => known.name === configuration.preset) ?? this.preset;
    const check = (name, value) => {
      for (const input of this.form.querySelectorAll(`input[name=${name}]`)) input.checked = input.value === value;
    };
    check("preset", preset.name);
    check("labels", configuration.labels);
    check("split", configuration.split);
    this.#choosePreset(preset);
    for (const known of preset.models) {
      const trained = configuration.models.find(model => model.name === known.name);
      const [box, epochs] = ["[name=model]", "[name=epochs]"].map((name, i) =>
        this.models.querySelector(`input${name}[${i ? "data-model" : "value"}="${known.name}"]`));
      box.checked = trained !== undefined;
      epochs.disabled = trained === undefined;
      const total = configuration.recipeEpochs?.[known.name]?.reduce((sum, part) => sum + part, 0)
        ?? trained?.phases.reduce((sum, phase) => sum + phase.epochs, 0);
      epochs.value = trained && total !== known.epochs ? total : "";
    }
    this.seeds.value = configuration.seeds.length > 1 ? configuration.seeds.length : "";
    this.budget.value = budgetText(configuration.budget);
    this.classWeights.checked = configuration.classWeights === true;
    this.name.value = run.name ?? "";
    this.tags.value = (run.tags ?? []).join(", ");
    this.origin.hidden = false;
    const link = element("a", { href: `#/run/${encodeURIComponent(run.id)}` }, nameOfRun(run));
    this.origin.replaceChildren("Filled with the choices of ", link, ".");
  }

  /** The options as the API takes them; what is left as the preset has it is left out. */
  #options() {
    const data = new FormData(this.form);
    const epochs = Object.fromEntries([...this.models.querySelectorAll("input[name=epochs]")]
      .filter(input => !input.disabled && input.value !== "").map(input => [input.dataset.model, Number(input.value)]));
    const tags = tagsOf(this.tags.value);
    const texts = Object.entries({ budget: this.budget.value.trim(), name: this.name.value.trim(), notes: this.notes.value.trim() });
    return {
      preset: data.get("preset"), models: data.getAll("model"), labels: data.get("labels"), split: data.get("split"),
      ...(this.seeds.value === "" ? {} : { seeds: Number(this.seeds.value) }),
      ...(this.classWeights.checked ? { classWeights: true } : {}),
      ...(Object.keys(epochs).length ? { epochs } : {}),
      ...Object.fromEntries(texts.filter(([, text]) => text)),
      ...(tags.length ? { tags } : {}),
    };
  }

  #sum() {
    if (!this.form) return;
    const { models, seeds, epochs = {} } = this.#options();
    const chosen = this.preset.models.filter(model => models.includes(model.name)).map(model => ({
      name: model.name, trainings: seeds ?? model.seeds, epochs: epochs[model.name] ?? model.epochs,
      images: model.trainLimit ?? this.preset.trainLimit,
    }));
    const trainings = chosen.reduce((sum, model) => sum + model.trainings, 0);
    const inTrainings = trainings > chosen.length ? ` in ${plural(trainings, "training")}` : "";
    const total = chosen.reduce((sum, model) => sum + model.trainings * model.epochs, 0);
    say(this.summary, trainings >= 1
      ? `Trains ${plural(chosen.length, "model")}${inTrainings}: ${plural(total, "epoch")} in all.`
      : "Choose at least one model and one seed.");
    say(this.time, this.#past && trainings >= 1 ? this.#past.describe(chosen) : "");
  }

  async #start(event) {
    event.preventDefault();
    this.#clear();
    const options = this.#options();
    if (!options.models.length) {
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

  #clear() {
    say(this.error, "");
    for (const place of this.form.querySelectorAll("[id^=problem-]")) say(place, "");
    for (const input of this.form.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      if (input.id) input.setAttribute("aria-describedby", `${input.id}-note`);
      else input.removeAttribute("aria-describedby");
    }
  }

  #refuse(fields, message) {
    for (const { pointer, detail } of fields) {
      const field = String(pointer).split("/")[1];
      const place = document.getElementById(`problem-${field === "epochs" ? "models" : field}`);
      if (!place) continue;
      say(place, detail);
      const input = field === "epochs" ? this.models.querySelector("input:invalid") : this[field] instanceof Element ? this[field] : null;
      if (!input?.matches("input, textarea")) continue;
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", place.id);
    }
    say(this.error, message);
    const first = this.form.querySelector("[aria-invalid]");
    (first ?? this.error).focus();
  }
}
