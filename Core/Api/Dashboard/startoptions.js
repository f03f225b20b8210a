// Options of the training of single models, and the search for better ones.

const mostTrials = 500;
const setExample = "model1.batchSize=128\nmodel1.learningRate=0.001";
const spaceExample = `{
  "learningRate": { "from": 0.0003, "to": 0.03, "scale": "log" },
  "batchSize": { "values": [32, 64, 128] }
}`;

class OptionFields {
  constructor() {
    this.set = element("textarea", { rows: 3, class: "code", spellcheck: "false", placeholder: setExample });
    this.space = element("textarea", { rows: 5, class: "code", spellcheck: "false", oninput: () => this.#checkSpace() });
    this.trials = element("input", { type: "number", min: 2, max: mostTrials, step: 1, placeholder: 12 });
    this.sample = element("button", { type: "button", onclick: () => { this.space.value = spaceExample; this.#checkSpace(); } },
      "Fill in a sample");
    this.root = element("details", { class: "more" }, element("summary", {}, "Options of the training, and search"),
      element("div", { class: "parts" },
        formField("Options", "set", this.set, "One in each line, as model.option=value. The report lists them."),
        formField("Search space", "search", this.space,
          "JSON: for each option of the one chosen model its limits or its values. Empty: no search."),
        element("p", { class: "actions" }, this.sample),
        formField("Trials", "trials", this.trials, "Variants of the model that the search trains. Empty: 12.")));
  }

  /** What the API is asked for. Throws a `FieldProblem`. */
  get options() {
    const lines = this.set.value.split("\n").map(line => line.trim()).filter(line => line);
    const set = Object.fromEntries(lines.map(line => {
      const [name, value] = line.split(/=(.*)/s, 2).map(part => part.trim());
      if (!name || !value) throw new FieldProblem("set", `'${line}' does not have the form model.option=value.`);
      return [name, value];
    }));
    const space = this.#space();
    return {
      ...(lines.length ? { set } : {}),
      ...(space ? { search: { space, ...(this.trials.value === "" ? {} : { trials: Number(this.trials.value) }) } } : {}),
    };
  }

  /** Takes over the options of another run. */
  fill({ set, search }) {
    this.set.value = Object.entries(set ?? {}).map(([name, value]) => `${name}=${value}`).join("\n");
    this.space.value = search?.space ? JSON.stringify(search.space, null, 2) : "";
    this.trials.value = search?.trials ?? "";
    this.root.open = Boolean(this.set.value || this.space.value);
  }

  #space() {
    if (!this.space.value.trim()) return null;
    try {
      return JSON.parse(this.space.value);
    } catch (error) {
      throw new FieldProblem("search", `This is not JSON: ${error.message}.`);
    }
  }

  #checkSpace() {
    let problem = "";
    try {
      this.#space();
    } catch ({ message }) {
      problem = message;
    }
    say(document.getElementById("problem-search"), problem);
  }
}
