import { code, GENERATED, table } from './markdown.mjs';

const DOORS = {
  integrator: ['Integrators', 'Below `/integrator`, with a subscription key.'],
  desktop: ['Desktops', 'Below `/desktop`, with a token and the `DeviceId` it was issued to.'],
  operator: ['The operator', 'Below `/admin`, with the operator’s key.'],
  link: ['Links', 'Below `/link`, with a signature of the site’s identity or a one-time token.'],
  public: ['Anybody', 'No credentials.'],
};

const doorOf = (id, classOf) => {
  const door = { operate: 'operator', signed: 'link', enrol: 'link', upload: 'link' }[classOf];
  if (door) return door;
  if (classOf === 'public') return 'public';
  return id.endsWith('AsDesktop') ? 'desktop' : 'integrator';
};

/** The statuses of one caller by class; an operation that differs from its class is named. */
function cellOf(expects, className, ids) {
  const common = expects[className] ?? expects['*'];
  const special = ids
    .filter((id) => expects[id] !== undefined && expects[id] !== common)
    .map((id) => `${code(id)} ${expects[id]}`);
  return [...(common === undefined ? [] : [common]), ...special].join(', ');
}

function section(door, callers, operations) {
  const [title, how] = DOORS[door];
  const own = Object.entries(operations).filter(
    ([id, { class: name }]) => doorOf(id, name) === door,
  );
  const classes = [...new Set(own.map(([, { class: name }]) => name))];
  const idsOf = (name) => own.filter(([, facts]) => facts.class === name).map(([id]) => id);
  const rows = callers
    .filter((caller) => caller.door === door)
    .map(({ who, expects }) => [who, ...classes.map((name) => cellOf(expects, name, idsOf(name)))]);
  const lines = classes.map((name) => `- **${name}**: ${idsOf(name).map(code).join(', ')}`);
  return `## ${title}\n\n${how}\n\n${lines.join('\n')}\n\n${table(['caller', ...classes], rows)}\n`;
}

/** docs/reference/authorisation.md, from the tables that `test/authorisation-matrix.test.ts` proves. */
export function authorisationPage({ classes, operations, callers }) {
  const meanings = Object.entries(classes).map(([name, what]) => [name, what]);
  const sections = Object.keys(DOORS).map((door) => section(door, callers, operations));
  return `${GENERATED}

# Who may do what

\`test/authorisation-matrix.test.ts\` asks a running gateway with a link for every operation of its own OpenAPI document, as
every kind of caller below, and proves the status in the table. It also proves that a refused answer tells nothing of anybody
else (ids, names, keys, rows), that a refused request has changed nothing in the store and at the practice, and that the same
request succeeds for whoever may make it. An operation that is in no class fails the test. An empty cell does not apply, or is
the caller's right.

${table(['class', 'what its operations give or do'], meanings)}

${sections.join('\n')}`;
}
