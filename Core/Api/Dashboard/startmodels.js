// The models of a new run: those of the preset and those that users added.

const mostEpochs = 10000;

/** As a preset describes its models, with the title. They train as their files say, whatever the preset is. */
async function loadOwnModels() {
  const own = [];
  let continuation = null;
  do {
    const page = await call("specs", { query: { top: 100, continuation } });
    own.push(...page.items.filter(model => !model.isBuiltIn));
    continuation = page.continuation;
  } while (continuation);
  return Promise.all(own.map(async ({ name, title }) => {
    const spec = await call(`specs/${encodeURIComponent(name)}`);
    return {
      name, title, batchSize: spec.batchSize, epochs: spec.phases.reduce((sum, phase) => sum + phase.epochs, 0), trainLimit: null,
      seeds: 1, isDefault: false, ofFashionMnist: false,
    };
  }));
}

/** The box of a model, with its epochs. `onChange` is called when either changes. */
function modelChoice(model, onChange) {
  const name = model.title ?? title(model.name);
  const change = () => { epochs.disabled = !box.checked; onChange(); };
  const box = element("input", { type: "checkbox", name: "model", value: model.name, checked: model.isDefault, onchange: change });
  const epochs = element("input", {
    type: "number", name: "epochs", min: 1, max: mostEpochs, step: 1, placeholder: model.epochs, "data-model": model.name,
    disabled: !model.isDefault, "aria-label": `Epochs of ${name}, ${model.epochs} if left empty`, oninput: onChange,
  });
  const notes = [model.title ? "added" : "", `batches of ${count(model.batchSize)}`,
    model.trainLimit ? `${count(model.trainLimit)} images` : "", model.seeds > 1 ? `${model.seeds} seeds` : ""];
  return element("div", { class: "model-choice" }, element("label", {}, box, " ", name),
    element("span", { class: "small" }, notes.filter(note => note).join(", ")),
    element("span", { class: "epochs" }, epochs, element("span", { class: "small", "aria-hidden": "true" }, "epochs")));
}
