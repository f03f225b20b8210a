// Which view is shown, and when it asks again.

const routes = [
  { path: /^\/?(?:\?(.*))?$/, page: "#/", make: query => new RunsView(query) },
  { path: /^\/start(?:\?(.*))?$/, page: "#/start", make: query => new StartView(query) },
  { path: /^\/run\/([^/]+)$/, page: "#/", make: id => new RunView(decode(id)) },
  { path: /^\/compare(?:\/(.*))?$/, page: "#/", make: path => new CompareView(path) },
  { path: /^\/datasets$/, page: "#/datasets", make: () => new DatasetsView() },
  { path: /^\/dataset\/([^/]+)$/, page: "#/datasets", make: name => new DatasetView(decode(name)) },
  { path: /^\/models(?:\?(.*))?$/, page: "#/models", make: query => new ModelsView(query) },
  { path: /^\/predict(?:\?(.*))?$/, page: "#/predict", make: query => new PredictView(query) },
];

/** An address of this page that names no view. */
class UnknownView {
  constructor() {
    this.title = "No such page";
    const text = "The address may be mistyped, or it belongs to another version.";
    this.root = element("div", {}, ...noSuchPage("There is no such page", text));
  }
}

const lost = { page: "", path: /^/, make: () => new UnknownView() };
const slowestRetry = 15000;

let view = null;
let timer = 0;
let retry = busyPoll;

/** Asks the view's data, now and again and again; after an error with growing pauses. Nothing is asked while nobody looks. */
async function refresh() {
  clearTimeout(timer);
  const asked = view;
  if (document.hidden || !asked.refresh) return;
  let pause;
  try {
    pause = await asked.refresh();
    if (asked !== view) return;
    if (asked.isLost) reportTrouble("");
    asked.isLost = false;
    retry = busyPoll;
  } catch (error) {
    if (asked !== view) return;
    asked.isLost = true;
    pause = error.status === 404 || error.status === 401 ? slowestRetry : retry;
    retry = Math.min(slowestRetry, 2 * retry);
    reportTrouble(error.status === 401 ? "The host asks for a key: open this page with ?code=KEY." : error.message);
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, pause);
}

function openView() {
  const path = location.hash.slice(1);
  const route = routes.find(known => known.path.test(path)) ?? lost;
  const isFirst = view === null;
  view?.close?.();
  view = route.make(...(path.match(route.path) ?? []).slice(1).map(part => part ?? ""));
  document.title = `${view.title} · ServerlessFashion`;
  document.getElementById("main").replaceChildren(view.root);
  document.getElementById("editor")?.remove();
  reportTrouble("");
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === route.page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const place = history.state?.scroll ?? 0;
  if (!isFirst) {
    scrollTo(0, 0);
    view.root.querySelector("h1").focus({ preventScroll: true });
  }
  refresh().then(() => { if (place) scrollTo(0, place); });
}

/** Remembers how far this entry of the history is scrolled, for the way back to it. */
function rememberPlace() {
  history.replaceState({ scroll: scrollY }, "");
}

/** Opens another view. */
function go(hash) {
  rememberPlace();
  location.hash = hash;
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

history.scrollRestoration = "manual";
addEventListener("hashchange", openView);
addEventListener("click", event => {
  if (event.target.closest?.('a[href^="#/"]')) rememberPlace();
}, { capture: true });
document.addEventListener("visibilitychange", () => refresh());
// A canvas and the shades of seeds keep the colours with which they were drawn.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => view.redraw?.());
document.getElementById("skip").addEventListener("click", event => {
  event.preventDefault();
  view.root.querySelector("h1").focus();
});
// A file dropped anywhere is meant for the model or the data sets, not for the browser to open.
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", event => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  const { files } = event.dataTransfer;
  if (!view.take) {
    history.pushState(null, "", "#/predict");
    openView();
  }
  view.take(files);
});
openView();
