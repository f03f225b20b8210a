// How long a run would take, by the runs before it.

const runsLookedAt = 5;
const imagesOfSplit = 48000;
const heldOutShare = 1 / 6;
const validationShare = 1 / 5;

/** Training images of a run without a limit on the data set; null means Fashion-MNIST. */
function trainingImages(set) {
  if (!set) return imagesOfSplit;
  return set.trainCount * (set.testCount ? 1 : 1 - heldOutShare) * (1 - validationShare);
}

/** Seconds per epoch and image of each model in the newest completed runs, and how much less than their sum a run takes. */
class PastTimes {
  #runs = [];

  static async load() {
    const { items } = await call("comparisons", { query: { top: runsLookedAt, status: "completed" } });
    const past = new PastTimes();
    past.#runs = await Promise.all(items.map(({ id }) => call(pathOfRun(id))));
    return past;
  }

  /**
   * The estimate in a sentence, for `{ name, epochs, trainings, images }` of each model; `images` is null for all. Only runs on the same
   * data set count, because images of another size take another time.
   */
  describe(models, set) {
    if (!models.length) return "";
    const runs = this.#runs.filter(run => (run.dataset?.name ?? null) === (set?.name ?? null));
    const all = trainingImages(set);
    const paces = new Map();
    const shares = [];
    for (const run of runs) {
      const trained = run.models.filter(training => training.epoch > 0 && isNumber(training.secondsPerEpoch));
      for (const training of trained) {
        const model = run.configuration.models.find(known => known.name === training.name);
        const images = Math.min(all, model?.trainLimit ?? run.configuration.trainLimit ?? all);
        paces.set(training.name, [...paces.get(training.name) ?? [], training.secondsPerEpoch / images]);
      }
      const work = trained.reduce((sum, training) => sum + training.epoch * training.secondsPerEpoch, 0);
      const seconds = secondsOfRun(run);
      if (work > 0 && isNumber(seconds)) shares.push(seconds / work);
    }
    const unknown = models.filter(model => !paces.has(model.name));
    if (unknown.length) {
      const names = listed(unknown.map(({ name }) => title(name)));
      return `Time: unknown, because no earlier run of this server has trained ${names}${set ? ` on ${set.name}` : ""}.`;
    }
    const work = models.reduce((sum, { name, epochs, trainings, images }) =>
      sum + epochs * trainings * mean(paces.get(name)) * Math.min(all, images ?? all), 0);
    const like = shares.length > 1 ? `${shares.length} completed runs` : "completed run";
    return `Time: about ${remaining(work * mean(shares))}, as fast as the last ${like}.`;
  }
}

const listed = names => names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Seconds of a .NET time span such as `1.02:03:04.5`, in the form that the API takes: `26h3m4s`. */
function budgetText(span) {
  const [, days = 0, hours, minutes, seconds] = span?.match(/^(?:(\d+)\.)?(\d+):(\d+):(\d+)/)?.map(part => Number(part ?? 0)) ?? [];
  if (!isNumber(hours)) return "";
  return [[24 * days + hours, "h"], [minutes, "m"], [seconds, "s"]].filter(([value]) => value).map(part => part.join("")).join("");
}
