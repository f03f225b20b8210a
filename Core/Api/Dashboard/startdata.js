// The data set of a new run, with its labels and its split.

const splitChoices = [
  ["competition", "Competition", "Tested on the first 10,000 images of the train file."],
  ["original", "Original", "Tested on the published test file."],
];

class DataChoice {
  #sets = [];

  /** `wanted` is the data set that the form begins with; empty for Fashion-MNIST. */
  constructor(wanted, onChange) {
    this.wanted = wanted || builtInSet;
    this.select = element("select", { onchange: () => { this.#show(); onChange(); } },
      element("option", { value: builtInSet }, builtInSet));
    this.field = formField("Data set", "dataset", this.select, "");
    this.note = this.field.querySelector("#dataset-note");
    this.schemes = element("div", { class: "pair" },
      formGroup("Labels", "labels",
        formRadios("labels", catalogue.labels.map(choice => [choice.scheme, choice.title, choice.description]))),
      formGroup("Split", "split", formRadios("split", splitChoices)));
    this.#show();
  }

  /** The description of the chosen set; null for Fashion-MNIST. */
  get set() {
    return this.select.value === builtInSet ? null : this.#sets.find(set => set.name === this.select.value) ?? null;
  }

  /** What the API is asked for. */
  get options() {
    if (this.select.value !== builtInSet) return { dataset: this.select.value };
    const chosen = name => this.schemes.querySelector(`input[name=${name}]:checked`)?.value;
    return { labels: chosen("labels"), split: chosen("split") };
  }

  async load() {
    this.#sets = await listDatasets();
    const chosen = this.isLoaded ? this.select.value : this.wanted;
    this.isLoaded = true;
    this.select.replaceChildren(...this.#sets.map(({ name }) => element("option", { value: name }, name)));
    this.choose(chosen);
  }

  /** Chooses a set; Fashion-MNIST where it is not registered any more. */
  choose(name) {
    this.select.value = this.#sets.some(set => set.name === name) ? name : builtInSet;
    this.#show();
  }

  #show() {
    const { set } = this;
    this.schemes.hidden = this.select.value !== builtInSet;
    say(this.note, set
      ? `${plural(set.classes.length, "class", "classes")}: ${shortList(set.classes)}. ${imagesOfSet(set)}`
      : "70,000 garments in ten classes, or in five by brightness.");
  }
}

/** The first of many names. */
function shortList(names, most = 12) {
  return names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** How many images a set has, in a sentence. */
function imagesOfSet({ trainCount, testCount }) {
  return testCount ? `${count(trainCount)} images for training and ${count(testCount)} for the test.`
    : `${plural(trainCount, "image")}; a run holds a sixth of them out for the test.`;
}
