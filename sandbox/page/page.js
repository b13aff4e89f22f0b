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

/** Calls a route of the sandbox. Gives the answer, or null after saying what is wrong. */
async function call(method, path, body) {
  const options = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  try {
    const response = await fetch(path, options);
    const answer = await response.json();
    if (response.ok) return answer;
    const { detail } = answer;
    say(Array.isArray(detail) ? detail.map(({ loc, msg }) => `${loc.at(-1)}: ${msg}`).join('. ') : detail);
  } catch {
    say('The sandbox does not answer.');
  }
  return null;
}

/** The fields of a form that are filled in; numbers as numbers. */
function fieldsOf(form) {
  const filled = [...form.elements].filter(({ name, value }) => name && value !== '');
  return Object.fromEntries(
    filled.map(({ name, type, value }) => [name, type === 'number' ? Number(value) : value]),
  );
}

async function act(method, path, body, done) {
  const answer = await call(method, path, body);
  if (answer === null) return;
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

/** Text that can be opened. What was open stays open when the row is drawn again. */
const opened = new Set();

function bodies(key, texts) {
  const filled = texts.filter(([, text]) => text);
  if (filled.length === 0) return 'None';
  const made = element('details', { open: opened.has(key) }, element('summary', { textContent: 'Show' }));
  for (const [title, text] of filled) {
    made.append(
      element('strong', { textContent: title }),
      element('pre', { textContent: pretty(text), tabIndex: 0 }),
    );
  }
  made.addEventListener('toggle', () => (made.open ? opened.add(key) : opened.delete(key)));
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

function requestRow({ at, method, path, query, status, fault, body, answer }, index) {
  const target = query ? `${path}?${query}` : path;
  const texts = [
    ['Request', body],
    ['Answer', answer],
  ];
  return row(
    shown(at),
    `${method} ${target}`,
    String(status ?? 'reset'),
    fault ?? 'None',
    bodies(`${at} ${index}`, texts),
  );
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
  if (!endpoint) return 'Nowhere yet';
  if (disabled) return `${endpoint.url} (disabled)`;
  return failingSince ? `${endpoint.url} (failing since ${shown(failingSince)})` : endpoint.url;
}

let state = null;
const drawn = new Map();

/** Draws a part again only if what it shows has changed. */
function draw(name, value, render) {
  const text = JSON.stringify(value);
  if (drawn.get(name) === text) return;
  drawn.set(name, text);
  render(value);
}

async function refresh() {
  const fresh = await call('GET', '/sandbox/state');
  if (fresh === null) return;
  state = fresh;
  byId('now').textContent = `${shown(state.now)}${state.running ? '' : ' (stopped)'}`;
  byId('next').textContent = state.next ? shown(state.next) : 'Nothing';
  byId('endpoint').textContent = endpointText(state);
  options(document.querySelector('[name=script]'), state.scripts);
  options(document.querySelector('[data-post="/sandbox/faults"] [name=fault]'), state.kinds.api);
  options(
    document.querySelector('[data-post="/sandbox/delivery-faults"] [name=fault]'),
    state.kinds.delivery,
  );
  draw('faults', state.faults, (list) =>
    byId('faults').replaceChildren(...list.map((one) => faultItem('/sandbox/faults', one))),
  );
  draw('delivery-faults', state.deliveryFaults, (list) =>
    byId('delivery-faults').replaceChildren(...list.map((one) => faultItem('/sandbox/delivery-faults', one))),
  );
  draw('messages', state.messages, (list) =>
    byId('messages').replaceChildren(...list.toReversed().map(messageRow)),
  );
  draw('requests', state.requests, (list) =>
    byId('received').replaceChildren(...list.map(requestRow).reverse()),
  );
}

await refresh();
setInterval(refresh, PERIOD_MS);
