// Requests to the API. A host that asks for a key gets the one that this page was opened with.

const functionKey = new URLSearchParams(location.search).get("code");

/** A path of the API, relative to this page, with its query. */
function address(path, query = {}) {
  const fields = Object.entries(functionKey ? { ...query, code: functionKey } : query)
    .filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = new URLSearchParams(fields).toString();
  return text ? `${path}?${text}` : path;
}

/** What the server refused, from its problem document. */
class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `The server answered ${status}.`);
    this.status = status;
    /** `{ pointer, detail }` of each field that cannot be used. */
    this.fields = Array.isArray(problem.errors) ? problem.errors : [];
  }
}

async function call(path, { query, method = "GET", json, body, type } = {}) {
  const content = json === undefined ? body : JSON.stringify(json);
  const contentType = json === undefined ? type : "application/json";
  let response;
  try {
    const headers = contentType ? { "Content-Type": contentType } : {};
    response = await fetch(address(path, query), { method, body: content, headers });
  } catch {
    throw new Error("The server does not answer. Is it still running?");
  }
  if (!response.ok) throw new Refusal(response.status, await response.json().catch(() => ({})));
  return response.status === 204 ? null : response.json();
}

/** Sends a file, which may be large. `onProgress` gets the share of it that is sent. */
function send(path, { query, file, onProgress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(path, query));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total ? loaded / total : 0));
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Refusal(request.status, request.response ?? {}));
    });
    request.addEventListener("error", () => reject(new Error("The server does not answer. Is it still running?")));
    request.send(file);
  });
}

const pathOfSet = name => `datasets/${encodeURIComponent(name)}`;

/** All data sets; the built-in one is the first. */
async function listDatasets() {
  const sets = [];
  let continuation = null;
  do {
    const page = await call("datasets", { query: { top: 100, continuation } });
    sets.push(...page.items);
    continuation = page.continuation;
  } while (continuation);
  return sets;
}

const pathOfRun = id => `comparisons/${encodeURIComponent(id)}`;
const reportOf = id => address(`${pathOfRun(id)}/report`);
const isFinished = status => status === "completed" || status === "failed" || status === "cancelled";

/** All epochs of the trainings of a run, fetched as they come: only those that are not known yet. */
class Curves {
  #rows = new Map();

  constructor(id) {
    this.id = id;
  }

  static keyOf(training) {
    return `${training.name} ${training.seed}`;
  }

  of(training) {
    return this.#rows.get(Curves.keyOf(training)) ?? [];
  }

  async update(trainings) {
    const grown = trainings.filter(training => training.epoch > this.of(training).length);
    await Promise.all(grown.map(training => this.#fetch(training)));
  }

  async #fetch(training) {
    const rows = this.of(training).slice();
    let continuation = null;
    do {
      const after = rows.at(-1)?.epoch ?? 0;
      const query = { model: training.name, seed: training.seed, after, continuation };
      const page = await call(`${pathOfRun(this.id)}/metrics`, { query });
      rows.push(...page.items);
      continuation = page.continuation;
    } while (continuation);
    this.#rows.set(Curves.keyOf(training), rows);
  }
}
