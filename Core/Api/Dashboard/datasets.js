// The data sets, and the form that registers another one.

const sizeChoices = [["", "Nearest to the pictures"], ["28", "28 x 28"], ["32", "32 x 32"], ["64", "64 x 64"], ["96", "96 x 96"]];
const colourChoices = [["", "As the pictures are"], ["grey", "Grey"], ["colour", "Colour"]];
const largestSetFile = 100 * 2 ** 20;

class DatasetsView {
  constructor() {
    this.title = "Data sets";
    this.list = table("Data sets", [
      { name: "Name", header: true }, { name: "Images", number: true }, { name: "Classes", number: true }, { name: "Size" },
      { name: "Findings", number: true }, { name: "Registered" }, { name: "Use", hidden: true }]);
    this.added = element("div", { "aria-live": "polite" });
    this.form = this.#form();
    this.root = element("div", {},
      element("header", { class: "view-head" }, element("div", {},
        element("p", { class: "eyebrow" }, "Images"), element("h1", { tabindex: -1 }, this.title),
        element("p", { class: "meta" }, "A run trains on one of these sets. Each set has a champion of its own."))),
      element("section", { "aria-labelledby": "sets" }, element("h2", { id: "sets" }, "Registered sets"), this.list.root),
      element("section", { "aria-labelledby": "add", class: "narrow" }, element("h2", { id: "add" }, "Register a set"),
        element("p", { class: "lead" }, "A ZIP with a folder of pictures for each class; or a ZIP of IDX or CSV files, one CSV with a "
          + "column of labels, an NPZ or a Parquet file; up to 100 MB."),
        this.form, this.added));
  }

  async refresh() {
    const sets = await listDatasets();
    keep(this.list.body, sets, set => `${set.name} ${set.sha256}`, set => this.#row(set), () => {});
    return 6 * idlePoll;
  }

  /** A file that was dropped on the page. */
  take(files) {
    this.file.files = files;
    this.#suggestName();
    this.name.focus();
  }

  #row(set) {
    const { root, cells } = this.list.row();
    cells[0].append(element("a", { href: hashOfSet(set.name) }, set.name));
    fillCells(cells, 1, [count(set.trainCount + set.testCount), count(set.classes.length), sizeOfSet(set), count(set.findings.length)]);
    cells[5].append(set.name === builtInSet ? "built in" : time(set.createdAt));
    cells[6].append(element("span", { class: "links" },
      element("a", { href: `#/start?${new URLSearchParams({ dataset: set.name })}` }, "Start a run", unseen(` on ${set.name}`)),
      element("a", { href: `#/predict?${new URLSearchParams({ dataset: set.name })}` }, "Predict", unseen(` with its champion`))));
    return { root };
  }

  #form() {
    this.file = element("input", { type: "file", accept: ".zip,.csv,.npz,.parquet", onchange: () => this.#suggestName() });
    this.name = element("input", { type: "text", autocomplete: "off", spellcheck: "false" });
    const select = options => element("select", {}, options.map(([value, text]) => element("option", { value }, text)));
    this.size = select(sizeChoices);
    this.colours = select(colourChoices);
    this.strict = formTick("strict", "Refuse the file if anything about its images looks wrong");
    this.replace = formTick("replace", "Replace a set of this name");
    this.error = element("p", { class: "problem", role: "alert", tabindex: -1 });
    this.bar = bar("Progress of the upload");
    this.state = element("p", { class: "small", role: "status" });
    this.bar.root.hidden = true;
    this.submit = element("button", { type: "submit", class: "primary" }, "Register the set");
    return element("form", { novalidate: true, onsubmit: event => this.#add(event) },
      element("div", { class: "pair" },
        formField("File", "file", this.file, "You can also drop it anywhere on this page."),
        formField("Name", "name", this.name, "Lower-case letters, digits and hyphens.")),
      element("div", { class: "pair" },
        formField("Size of the images", "size", this.size, "Every picture becomes a square of this size."),
        formField("Colours", "colours", this.colours, "Grey images are smaller and train faster.")),
      element("p", { class: "ticks" }, this.strict.root, this.replace.root),
      element("div", { class: "submit" }, this.bar.root, this.state, this.error, this.submit));
  }

  #suggestName() {
    const [file] = this.file.files;
    if (!file || this.name.value) return;
    this.name.value = file.name.replace(/\.[a-z]+$/i, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 63);
  }

  async #add(event) {
    event.preventDefault();
    clearProblems(this.form);
    say(this.error, "");
    this.added.replaceChildren();
    const [file] = this.file.files;
    if (!file) return this.#refuse("file", "Choose a file.");
    if (file.size > largestSetFile)
      return this.#refuse("file", "The file has more than 100 MB. Register it with the command line: fashion data add NAME FILE.");
    this.submit.disabled = true;
    this.bar.root.hidden = false;
    try {
      const set = await send("datasets", { query: this.#query(), file, onProgress: share => this.#progress(share) });
      say(this.state, "");
      this.added.replaceChildren(...describeAdded(set));
      this.form.reset();
      await this.refresh();
    } catch (error) {
      say(this.state, "");
      const field = /^(name|size|colours|labels): /.exec(error.message)?.[1];
      this.#refuse(field, error.message.replace(/^body: /, ""));
    } finally {
      this.submit.disabled = false;
      this.bar.root.hidden = true;
    }
  }

  #query() {
    return {
      name: this.name.value.trim(), size: this.size.value, colours: this.colours.value,
      strict: this.strict.box.checked || null, replace: this.replace.box.checked || null,
    };
  }

  #progress(share) {
    this.bar.set(share);
    say(this.state, share < 1 ? `${percent(share, 0)} of the file is sent.` : "The file is sent. The server reads and checks its images.");
  }

  #refuse(field, message) {
    const input = field ? this.form.elements.namedItem(field) : null;
    if (input) showProblem(field, message, input);
    else say(this.error, message);
    (input ?? this.error).focus();
  }
}

const hashOfSet = name => `#/dataset/${encodeURIComponent(name)}`;
const sizeOfSet = ({ side, channels }) => `${side} x ${side}, ${channels === 1 ? "grey" : "colour"}`;

/** What the server has registered. */
function describeAdded(set) {
  const images = `${plural(set.trainCount, "image")}${set.testCount ? ` and ${count(set.testCount)} for the test` : ""}`;
  return [
    element("h3", {}, "Registered: ", element("a", { href: hashOfSet(set.name) }, set.name)),
    element("p", {}, `${images} of ${sizeOfSet(set)}, in ${plural(set.classes.length, "class", "classes")}: ${shortList(set.classes)}.`),
    findingList(set.findings),
  ];
}

/** What was found about the images of a set, with the names of those that it concerns. */
function findingList(findings) {
  if (!findings.length) return element("p", { class: "small" }, "Nothing about the images looks wrong.");
  return element("ul", { class: "findings" }, findings.map(({ message, names }) => element("li", {}, message,
    names.length ? element("details", {}, element("summary", {}, plural(names.length, "name")),
      element("p", { class: "small" }, names.join(", "))) : null)));
}
