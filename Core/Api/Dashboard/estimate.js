// How long a run would take, by the runs before it.

const runsLookedAt = 5;
const imagesOfSplit = 48000;

/** Seconds per epoch and image of each model in the newest completed runs, and how much less than their sum a run takes. */
class PastTimes {
  #models = new Map();
  #shares = [];

  static async load() {
    const { items } = await call("comparisons", { query: { top: runsLookedAt, status: "completed" } });
    const past = new PastTimes();
    for (const run of await Promise.all(items.map(({ id }) => call(pathOfRun(id))))) past.#add(run);
    return past;
  }

  #add(run) {
    const trained = run.models.filter(training => training.epoch > 0 && isNumber(training.secondsPerEpoch));
    for (const training of trained) {
      const model = run.configuration.models.find(known => known.name === training.name);
      const images = model?.trainLimit ?? run.configuration.trainLimit ?? imagesOfSplit;
      const known = this.#models.get(training.name) ?? [];
      this.#models.set(training.name, [...known, training.secondsPerEpoch / images]);
    }
    const work = trained.reduce((sum, training) => sum + training.epoch * training.secondsPerEpoch, 0);
    const seconds = secondsOfRun(run);
    if (work > 0 && isNumber(seconds)) this.#shares.push(seconds / work);
  }

  /** The estimate in a sentence, for `{ name, epochs, trainings, images }` of each model; `images` is null for all. */
  describe(models) {
    if (!models.length) return "";
    const unknown = models.filter(model => !this.#models.has(model.name));
    if (unknown.length) {
      const names = listed(unknown.map(({ name }) => title(name)));
      return `Time: unknown, because no earlier run of this server has trained ${names}.`;
    }
    const work = models.reduce((sum, { name, epochs, trainings, images }) =>
      sum + epochs * trainings * mean(this.#models.get(name)) * (images ?? imagesOfSplit), 0);
    const runs = this.#shares.length;
    const like = runs > 1 ? `${runs} completed runs` : "completed run";
    return `Time: about ${remaining(work * mean(this.#shares))}, as fast as the last ${like}.`;
  }
}

const listed = names => names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Seconds of a .NET time span such as `1.02:03:04.5`, in the form that the API takes: `26h3m4s`. */
function budgetText(span) {
  const [, days = 0, hours, minutes, seconds] = span?.match(/^(?:(\d+)\.)?(\d+):(\d+):(\d+)/)?.map(part => Number(part ?? 0)) ?? [];
  if (!isNumber(hours)) return "";
  return [[24 * days + hours, "h"], [minutes, "m"], [seconds, "s"]].filter(([value]) => value).map(part => part.join("")).join("");
}
