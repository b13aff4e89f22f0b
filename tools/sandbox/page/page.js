/** The sandbox's page: shows `/sandbox/state` and sends the forms to the routes that they name. */

const PERIOD_MS = 1_000;
const byId = (id) => document.getElementById(id);

function element(name, fields = {}, ...children) {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...children);
  return made;
}

const say = (text) => {
  byId('status').textContent = text;
};

const NO_ANSWER = 'The sandbox does not answer.';

/** Calls a route of the sandbox. Gives its answer, or what is wrong. */
async function answerTo(method, path, body) {
  const options = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  try {
    const response = await fetch(path, options);
    const answer = await response.json();
    return response.ok ? { ok: true, answer } : { ok: false, problem: problemText(answer) };
  } catch {
    return { ok: false, problem: NO_ANSWER };
  }
}

function problemText({ detail }) {
  return Array.isArray(detail) ? detail.map(({ loc, msg }) => `${loc.at(-1)}: ${msg}`).join('. ') : detail;
}

/** The fields of a form that are filled in; numbers as numbers. */
function fieldsOf(form) {
  const filled = [...form.elements].filter(({ name, value }) => name && value !== '');
  return Object.fromEntries(
    filled.map(({ name, type, value }) => [name, type === 'number' ? Number(value) : value]),
  );
}

async function act(method, path, body, done) {
  const { ok, answer, problem } = await answerTo(method, path, body);
  if (!ok) return say(problem);
  say(typeof done === 'function' ? done(answer) : done);
  await refresh();
}

for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { post, put, done } = form.dataset;
    act(post ? 'POST' : 'PUT', post ?? put, fieldsOf(form), done);
  });
}

for (const form of document.querySelectorAll('[data-post$="faults"]')) {
  form.append(byId('limits').content.cloneNode(true));
}

/** Adds an empty table to an element that names its columns. @returns its body */
function table(into) {
  const heads = into.dataset.columns
    .split(', ')
    .map((textContent) => element('th', { textContent, scope: 'col' }));
  const body = element('tbody');
  into.append(element('table', {}, element('thead', {}, element('tr', {}, ...heads)), body));
  return body;
}

const messages = table(byId('messages'));
const received = table(byId('received'));

const advance = (seconds) =>
  act('POST', '/sandbox/clock', { advanceSeconds: seconds }, ({ now }) => `It is now ${shown(now)}`);

for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', () => advance(Number(button.dataset.advance)));
}

byId('to-next').addEventListener('click', () => {
  if (state?.next == null) say('Nothing is due.');
  else advance(Math.max(1, Math.ceil((Date.parse(state.next) - Date.parse(state.now)) / 1000)));
});

byId('release').addEventListener('click', () =>
  act('POST', '/sandbox/release', {}, ({ released }) => `${released} released`),
);

const shown = (time) => time.slice(0, 19).replace('T', ' ');

/** Ids of the rows whose text is open. It stays open when the row is made again. */
const opened = new Set();

function bodies(id, texts) {
  const filled = texts.filter(([, text]) => text);
  if (filled.length === 0) return 'None';
  const made = element('details', { open: opened.has(id) }, element('summary', { textContent: 'Show' }));
  for (const [title, text] of filled) {
    made.append(
      element('strong', { textContent: title }),
      element('pre', { textContent: pretty(text), tabIndex: 0 }),
    );
  }
  made.addEventListener('toggle', () => (made.open ? opened.add(id) : opened.delete(id)));
  return made;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function row(...cells) {
  return element('tr', {}, ...cells.map((cell) => element('td', {}, cell)));
}

function messageRow({ svixId, createdAt, eventType, state: outcome, fault, attempts, body }) {
  const tries = attempts.map(({ status }) => status ?? 'no answer').join(', ') || 'None';
  const text = fault ? `${outcome} (${fault})` : outcome;
  return row(shown(createdAt), eventType, text.replaceAll('_', ' '), tries, bodies(svixId, [[svixId, body]]));
}

function requestRow({ id, at, method, path, query, status, fault, body, answer }) {
  const target = query ? `${path}?${query}` : path;
  const texts = [
    ['Request', body],
    ['Answer', answer],
  ];
  return row(shown(at), `${method} ${target}`, String(status ?? 'reset'), fault ?? 'None', bodies(id, texts));
}

function faultItem(path, { id, fault, struck, times }) {
  const often = times === undefined ? `applied ${struck} times` : `applied ${struck} of ${times} times`;
  const remove = element('button', { type: 'button', textContent: 'Remove' });
  remove.setAttribute('aria-label', `Remove ${id}`);
  remove.addEventListener('click', () => act('DELETE', `${path}/${id}`, undefined, `${id} removed`));
  return element('li', {}, `${fault.replaceAll('_', ' ')}: ${often}`, remove);
}

function options(select, names) {
  if (select.options.length > 0) return;
  select.append(...names.map((name) => new Option(name.replaceAll('_', ' '), name)));
}

function endpointText({ endpoint, disabled, failingSince }) {
  if (!endpoint) return 'No endpoint';
  if (disabled) return `${endpoint.url} (disabled)`;
  return failingSince ? `${endpoint.url} (failing since ${shown(failingSince)})` : endpoint.url;
}

/** The last state that was drawn. */
let state = null;
/** What each row shows, by its element. */
const shownIn = new WeakMap();

/**
 * Makes the rows that are new or have changed, and removes those that are gone. The others stay, so that they
 * keep the focus and screen readers keep their place.
 */
function draw(list, rows, render, idOf = ({ id }) => id) {
  const ids = new Set(rows.map((one) => String(idOf(one))));
  for (const child of [...list.children]) if (!ids.has(child.dataset.id)) child.remove();
  let next = list.firstElementChild;
  for (const one of rows) {
    const id = String(idOf(one));
    const text = JSON.stringify(one);
    const known = next?.dataset.id === id ? next : null;
    if (known) next = known.nextElementSibling;
    if (known && shownIn.get(known) === text) continue;
    const made = render(one);
    made.dataset.id = id;
    shownIn.set(made, text);
    if (known) replace(known, made);
    else list.insertBefore(made, next);
  }
}

/** Each row has one element that takes the focus. */
function replace(known, made) {
  const hadFocus = known.contains(document.activeElement);
  known.replaceWith(made);
  if (hadFocus) made.querySelector('summary, button')?.focus();
}

/** The requests for the state so far, and the one whose answer was drawn last: an earlier answer can arrive later. */
let asked = 0;
let drawn = 0;

async function refresh() {
  asked += 1;
  const turn = asked;
  const fresh = await answerTo('GET', '/sandbox/state');
  if (turn < drawn) return;
  drawn = turn;
  showAnswering(fresh.ok);
  if (!fresh.ok) return;
  state = fresh.answer;
  byId('now').textContent = `${shown(state.now)}${state.running ? '' : ' (stopped)'}`;
  byId('next').textContent = state.next ? shown(state.next) : 'Nothing';
  byId('endpoint').textContent = endpointText(state);
  options(document.querySelector('[name=script]'), state.scripts);
  options(document.querySelector('[data-post="/sandbox/faults"] [name=fault]'), state.kinds.api);
  options(
    document.querySelector('[data-post="/sandbox/delivery-faults"] [name=fault]'),
    state.kinds.delivery,
  );
  draw(byId('faults'), state.faults, (one) => faultItem('/sandbox/faults', one));
  draw(byId('delivery-faults'), state.deliveryFaults, (one) => faultItem('/sandbox/delivery-faults', one));
  draw(messages, state.messages.toReversed(), messageRow, ({ svixId }) => svixId);
  draw(received, state.requests.toReversed(), requestRow);
}

let answering = true;

/** Writes only a change, because screen readers read the status line whenever it is written. */
function showAnswering(now) {
  if (now !== answering) say(now ? 'The sandbox answers again.' : NO_ANSWER);
  answering = now;
}

await refresh();
setInterval(refresh, PERIOD_MS);
