// The form that starts a run.

const presetWords = {
  smoke: "Shows within a minute or two that everything works.",
  quick: "Minutes on two cores; honest subset sizes.",
  report: "The study's own epochs and batches on all images; hours.",
  best: "The strongest recipe.",
};
const mostSeeds = 100;

class StartView {
  constructor() {
    this.title = "Start a run";
    this.error = element("p", { class: "problem", role: "alert", tabindex: -1 });
    this.presets = element("div", { class: "options" }, catalogue.presets.map(preset => this.#preset(preset)));
    this.models = element("div", { class: "model-choices" });
    this.labels = this.#radios("labels", catalogue.labels.map(choice => [choice.scheme, choice.title, choice.description]));
    this.split = this.#radios("split", [["competition", "Competition", "Tested on the first 10,000 images of the train file."], ["original", "Original", "Tested on the published test file."]]);
    this.seeds = element("input", { type: "number", id: "seeds", name: "seeds", min: 1, max: mostSeeds, step: 1, placeholder: 1, "aria-describedby": "seeds-note", oninput: () => this.#sum() });
    this.summary = element("p", { class: "sum", "aria-live": "polite" });
    this.submit = element("button", { type: "submit", class: "primary" }, "Start the run");
    this.form = element("form", { novalidate: true, onsubmit: event => this.#start(event) },
      this.#group("Preset", "preset", this.presets),
      this.#group("Models and epochs", "models", this.models),
      element("div", { class: "pair" }, this.#group("Labels", "labels", this.labels), this.#group("Split", "split", this.split)),
      element("div", { class: "field" }, element("label", { for: "seeds" }, "Seeds"), this.seeds,
        element("p", { class: "small", id: "seeds-note" }, "How many times each model is trained; three or more tell chance from skill. Empty: as the preset says."), this.#place("seeds")),
      element("div", { class: "submit" }, this.summary, this.error, this.submit));
    this.root = element("div", {},
      element("header", { class: "view-head" }, element("div", {},
        element("p", { class: "eyebrow" }, "New comparison"), element("h1", { tabindex: -1 }, this.title),
        element("p", { class: "meta" }, "Everything is optional: the defaults make a fair comparison. The whole configuration is kept with the run."))),
      element("section", { "aria-label": "Options of the run", class: "narrow" }, this.form));
    this.#choosePreset(catalogue.presets.find(preset => preset.name === catalogue.defaultPreset) ?? catalogue.presets[0]);
  }

  #group(name, field, ...content) {
    return element("fieldset", { "data-field": field }, element("legend", {}, name), content, this.#place(field));
  }

  /** Where an error of a field is said. */
  #place(field) {
    return element("p", { class: "problem", id: `problem-${field}` });
  }

  #preset(preset) {
    const images = preset.trainLimit ? `${count(preset.trainLimit)} training images` : "all training images";
    const input = element("input", { type: "radio", name: "preset", value: preset.name, checked: preset.name === catalogue.defaultPreset, onchange: () => this.#choosePreset(preset) });
    return element("label", { class: "option" }, input,
      element("span", {}, element("b", {}, capitalised(preset.name)), element("span", { class: "small" }, phrase(presetWords, preset.name) === preset.name ? "" : presetWords[preset.name]), element("span", { class: "small" }, images)));
  }

  #radios(name, choices) {
    return element("div", { class: "options" }, choices.map(([value, text, note], index) => element("label", { class: "option" },
      element("input", { type: "radio", name, value, checked: index === 0 }),
      element("span", {}, element("b", {}, text), element("span", { class: "small" }, note)))));
  }

  #choosePreset(preset) {
    this.preset = preset;
    this.models.replaceChildren(...preset.models.map(model => {
      const box = element("input", { type: "checkbox", name: "model", value: model.name, checked: model.isDefault, onchange: () => { epochs.disabled = !box.checked; this.#sum(); } });
      const epochs = element("input", {
        type: "number", name: "epochs", min: 1, max: 10000, step: 1, placeholder: model.epochs, "data-model": model.name, disabled: !model.isDefault,
        "aria-label": `Epochs of ${title(model.name)}, ${model.epochs} if left empty`, oninput: () => this.#sum(),
      });
      return element("div", { class: "model-choice" }, element("label", {}, box, " ", title(model.name)),
        element("span", { class: "small" }, `batches of ${count(model.batchSize)}${model.trainLimit ? `, ${count(model.trainLimit)} images` : ""}${model.seeds > 1 ? `, ${model.seeds} seeds` : ""}`),
        element("span", { class: "epochs" }, epochs, element("span", { class: "small", "aria-hidden": "true" }, "epochs")));
    }));
    this.#sum();
  }

  /** The options as the API takes them; what is left as the preset has it is left out. */
  #options() {
    const data = new FormData(this.form);
    const models = data.getAll("model");
    const epochs = Object.fromEntries([...this.models.querySelectorAll("input[name=epochs]")]
      .filter(input => !input.disabled && input.value !== "").map(input => [input.dataset.model, Number(input.value)]));
    return {
      preset: data.get("preset"), models, labels: data.get("labels"), split: data.get("split"),
      ...(this.seeds.value === "" ? {} : { seeds: Number(this.seeds.value) }),
      ...(Object.keys(epochs).length ? { epochs } : {}),
    };
  }

  #sum() {
    if (!this.form) return;
    const { models, seeds, epochs = {} } = this.#options();
    const chosen = this.preset.models.filter(model => models.includes(model.name));
    const trainings = chosen.reduce((sum, model) => sum + (seeds ?? model.seeds), 0);
    const total = chosen.reduce((sum, model) => sum + (seeds ?? model.seeds) * (epochs[model.name] ?? model.epochs), 0);
    say(this.summary, trainings >= 1
      ? `Trains ${plural(chosen.length, "model")}${trainings > chosen.length ? ` in ${plural(trainings, "training")}` : ""}: ${plural(total, "epoch")} in all.`
      : "Choose at least one model and one seed.");
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
      location.hash = `#/run/${encodeURIComponent(run.id)}`;
    } catch (error) {
      this.#refuse(error.fields ?? [], error.message);
    } finally {
      this.submit.disabled = false;
    }
  }

  #clear() {
    say(this.error, "");
    for (const place of this.form.querySelectorAll("[id^=problem-]")) say(place, "");
    for (const input of this.form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  }

  #refuse(fields, message) {
    for (const { pointer, detail } of fields) {
      const field = String(pointer).split("/")[1];
      const place = document.getElementById(`problem-${field === "epochs" ? "models" : field}`);
      if (place) say(place, detail);
      const input = field === "epochs" ? this.models.querySelector("input:invalid") : field === "seeds" ? this.seeds : null;
      input?.setAttribute("aria-invalid", "true");
      input?.setAttribute("aria-errormessage", place?.id ?? "");
    }
    say(this.error, message);
    const first = this.form.querySelector("[aria-invalid]");
    (first ?? this.error).focus();
  }
}
