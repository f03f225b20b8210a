// How numbers, times and names are written: as in the report.

const catalogue = JSON.parse(document.getElementById("catalogue").textContent);
const missing = "–";

const isNumber = value => typeof value === "number" && Number.isFinite(value);
const count = value => isNumber(value) ? value.toLocaleString("en") : missing;
const percent = (share, digits = 1) => isNumber(share) ? `${(100 * share).toFixed(digits)} %` : missing;

/** With an exponent where the digits would take more room, as in the loss of a training that diverges. */
const decimal = (value, digits = 3) => !isNumber(value) ? missing
  : Math.abs(value) < 1e5 ? value.toFixed(digits)
  : value.toExponential(3).replace(/\.?0+e/, "e");
const points = difference => isNumber(difference) ? `${difference < 0 ? "−" : "+"}${Math.abs(100 * difference).toFixed(1)}` : missing;
const plural = (number, one, several = `${one}s`) => `${count(number)} ${number === 1 ? one : several}`;
const capitalised = text => text.charAt(0).toUpperCase() + text.slice(1);

/** A model's name for people; its plain name where this version does not know it. */
const title = model => Object.hasOwn(catalogue.titles, model) ? catalogue.titles[model] : model;

/** What a label is, for people; its plain name where this version does not know it. */
const labelTitle = name => capitalised(Object.hasOwn(catalogue.labelTitles, name) ? catalogue.labelTitles[name] : name);

/** The training's model, and its seed where the run trains the model with several. */
const trainingTitle = (training, run) => run.models.filter(other => other.name === training.name).length > 1
  ? `${title(training.name)}, seed ${training.seed}` : title(training.name);

/** The names of a run's models, in order. */
const modelsOf = run => [...new Set(run.models.map(training => training.name))];

function duration(seconds) {
  if (!isNumber(seconds)) return missing;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes === 0 ? `${rest} s` : rest ? `${minutes} min ${rest} s` : `${minutes} min`;
}

/** An estimate, no finer than it deserves. */
function remaining(seconds) {
  if (!isNumber(seconds)) return missing;
  if (seconds < 60) return `${Math.max(5, Math.ceil(seconds / 5) * 5)} s`;
  return duration(seconds < 600 ? Math.round(seconds / 15) * 15 : Math.round(seconds / 60) * 60);
}

/** Until now where there is no end; never negative, for this machine's clock may be behind the server's. */
const secondsBetween = (from, to) => Math.max(0, new Date(to ?? Date.now()) - new Date(from)) / 1000;
const moment = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const when = time => time ? moment.format(new Date(time)) : missing;

const labelsWord = Object.fromEntries(catalogue.labels.map(choice => [choice.scheme, choice.title.toLowerCase()]));
const splitWord = { competition: "competition split", original: "original split" };
const phrase = (words, value) => Object.hasOwn(words, value) ? words[value] : value;

/** The data set that runs and models mean where they name none. */
const builtInSet = "fashion-mnist";

/** What the labels of a run or a model stand for. */
const labelsOf = ({ dataset, labels }) => dataset ? `classes of ${dataset}` : phrase(labelsWord, labels);

/** Where the test images of a run or a model come from. */
const splitOf = ({ dataset, split }) => !dataset ? phrase(splitWord, split)
  : split === "heldOut" ? "test images held out" : "own test part";

/** The name of a class: that of another data set as it is, for its owner chose it. */
const className = (name, dataset) => dataset && dataset !== builtInSet ? name : labelTitle(name);

function mean(values) {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : NaN;
}

/** Of a sample: divided by n - 1. */
function deviation(values) {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
