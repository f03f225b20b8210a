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

/** The newest completed runs on one data set. Runs on other sets do not count, because images of another size take another time. */
class PastTimes {
  #runs = [];

  /** `dataset` is the name of the set. */
  static async load(dataset) {
    const { items } = await call("comparisons", { query: { top: runsLookedAt, status: "completed", dataset } });
    const past = new PastTimes();
    past.#runs = await Promise.all(items.map(({ id }) => call(pathOfRun(id))));
    return past;
  }

  /**
   * The estimate in a sentence, for `{ name, epochs, trainings, images }` of each model; `images` is null for all. `set` is the data
   * set of the runs; null means Fashion-MNIST.
   */
  describe(models, set) {
    if (!models.length) return "";
    const all = trainingImages(set);
    const paces = new Map();
    const earlier = { runs: 0, seconds: 0, work: 0 };
    for (const run of this.#runs) {
      const trained = run.models.filter(training => training.epoch > 0 && isNumber(training.secondsPerEpoch));
      for (const training of trained) {
        const model = run.configuration.models.find(known => known.name === training.name);
        const images = Math.min(all, model?.trainLimit ?? run.configuration.trainLimit ?? all);
        paces.set(training.name, [...paces.get(training.name) ?? [], training.secondsPerEpoch / images]);
      }
      const work = trained.reduce((sum, training) => sum + training.epoch * training.secondsPerEpoch, 0);
      const seconds = secondsOfRun(run);
      if (!(work > 0 && isNumber(seconds))) continue;
      earlier.runs++;
      earlier.seconds += seconds;
      earlier.work += work;
    }
    const unknown = models.filter(model => !paces.has(model.name));
    if (unknown.length) return `Time: unknown, because ${this.#whyNot(unknown.map(({ name }) => title(name)))}.`;
    const work = models.reduce((sum, { name, epochs, trainings, images }) =>
      sum + epochs * trainings * mean(paces.get(name)) * Math.min(all, images ?? all), 0);
    const like = earlier.runs > 1 ? `${earlier.runs} completed runs` : "completed run";
    // The whole time of these runs by their whole work: a tiny run, which is mostly start-up, then weighs no more than its seconds. A
    // pause before a resume counts too, because no run says how long it lasted.
    return `Time: about ${remaining(work * earlier.seconds / earlier.work)}, as fast as the last ${like} on this data set.`;
  }

  /** Says no more than these runs show: an older one may well have trained the models. */
  #whyNot(names) {
    const models = listed(names, "or");
    switch (this.#runs.length) {
      case 0: return "no run on this data set is completed";
      case 1: return `the last completed run on this data set did not train ${models}`;
      default: return `none of the last ${this.#runs.length} completed runs on this data set trained ${models}`;
    }
  }
}

const listed = (names, word = "and") => names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;

/** Seconds of a .NET time span such as `1.02:03:04.5`, in the form that the API takes: `26h3m4s`. */
function budgetText(span) {
  const [, days = 0, hours, minutes, seconds] = span?.match(/^(?:(\d+)\.)?(\d+):(\d+):(\d+)/)?.map(part => Number(part ?? 0)) ?? [];
  if (!isNumber(hours)) return "";
  return [[24 * days + hours, "h"], [minutes, "m"], [seconds, "s"]].filter(([value]) => value).map(part => part.join("")).join("");
}
