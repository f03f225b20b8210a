// The settings of a configuration in people's words.

const spaced = name => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);

/** What a setting means that is null or left out. */
const unset = {
  trainLimit: "all", validationLimit: "all", testLimit: "all", seeds: "those of the run", budget: "no limit", device: "auto",
  patience: "no early stopping", groupRateFactor: "one rate for all", wide: "no", recipeEpochs: "none",
};

/** The same of a setting of one model, where it means something else than the run's. */
const unsetOfModel = { trainLimit: "all of the run's images" };

/** The meaning of a setting without a value, by the last part of its name; the settings of a model have longer names. */
function absent(name) {
  const parts = name.split(": ");
  const last = parts.at(-1).replace(/ ([a-z])/g, (_, letter) => letter.toUpperCase());
  const meanings = parts.length > 1 ? { ...unset, ...unsetOfModel } : unset;
  return Object.hasOwn(meanings, last) ? meanings[last] : "none";
}

function settingText(value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Number.isInteger(value)) return count(value);
  return budgetText(String(value)) || String(value);
}

/** A configuration as names and values, e.g. `model1: phases: 1: epochs`. */
function flatten(value, path = "", into = new Map()) {
  if (value === null) {
    into.set(path, absent(path));
  } else if (Array.isArray(value) && value.every(item => typeof item !== "object")) {
    into.set(path, value.join(", ") || "none");
  } else if (typeof value !== "object") {
    into.set(path, settingText(value));
  } else {
    for (const [key, item] of Object.entries(value)) {
      const name = item?.name ?? (Array.isArray(value) ? String(Number(key) + 1) : spaced(key));
      flatten(item, path && path !== "models" ? `${path}: ${name}` : name, into);
    }
  }
  return into;
}
