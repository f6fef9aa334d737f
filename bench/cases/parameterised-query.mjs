// A search with parameters, as programs send it, whose values differ from request to request, against the same searches
// with literals in their texts. The ratio is the median over paired rounds.
import { compareLoads } from '../support/compare-loads.mjs';
import { startSystem } from '../support/system.mjs';

const CONNECTIONS = [1, 32];
const VARIANTS = 50;
const TEXT = `SELECT TOP (@top) p.InternalID, p.Surname, p.Firstname, p.DOB, s.Description,
    CASE WHEN p.Postcode = @postcode THEN N'near' ELSE N'far' END AS Distance
  FROM Patients AS p LEFT JOIN Sex AS s ON s.SexCode = p.SexCode
  WHERE p.Surname LIKE @name ESCAPE N'!' AND p.DOB >= @from AND p.DOB < @to AND (@email IS NULL OR p.Email = @email)
    AND p.InternalID NOT IN (@a, @b, @c)
    AND EXISTS (SELECT 1 FROM Visits AS v WHERE v.InternalID = p.InternalID AND v.StartTime >= @since)
  ORDER BY CASE WHEN p.Surname IS NULL THEN 1 ELSE 0 END, p.Surname, p.InternalID`;

const LETTERS = 'abcdefghjklmnoprstw';

/** Values of one request: name, type, value, and the value as a literal. */
function values(number) {
  const day = (year) => `${year}-0${1 + (number % 9)}-1${number % 10}`;
  const text = (name, value) => [name, 'NVarChar', value, `N'${value}'`];
  const int = (name, value) => [name, 'Int', String(value), String(value)];
  const date = (name, value) => [name, 'Date', value, `'${value}'`];
  return [
    int('@top', 11),
    text('@postcode', String(4000 + (number % 200))),
    text('@name', `${LETTERS[number % LETTERS.length]}${'aeiou'[number % 5]}%`),
    date('@from', day(1930 + (number % 20))),
    date('@to', day(1990 + (number % 20))),
    ['@email', 'NVarChar', null, 'NULL'],
    ...['@a', '@b', '@c'].map((name, index) => int(name, number + index)),
    date('@since', day(2015)),
  ];
}

function parameterised(number) {
  const parameters = values(number).map(([name, type, value]) => ({ name, type, value }));
  return JSON.stringify({ command: { text: TEXT, parameters } });
}

function withLiterals(number) {
  const literals = new Map(values(number).map(([name, , , literal]) => [name, literal]));
  const text = TEXT.replaceAll(/@\w+/g, (name) => literals.get(name));
  return JSON.stringify({ command: { text } });
}

export async function run(report) {
  const system = await startSystem();
  const side = (body) => ({
    url: `${system.baseUrl}/integrator/sites/${system.site.siteId}/queries/immediate`,
    headers: {
      'ocp-apim-subscription-key': system.integrator.primaryKey,
      'content-type': 'application/json',
    },
    body,
  });
  let number = 0;
  const next = (bodies) => () => {
    number = (number + 1) % VARIANTS;
    return bodies[number];
  };
  const [target, baselineTarget] = [parameterised, withLiterals].map((body) =>
    side(next(Array.from({ length: VARIANTS }, (_, index) => body(index)))),
  );
  try {
    for (const connections of CONNECTIONS) {
      const { ours, baseline, ...facts } = await compareLoads(target, baselineTarget, connections);
      report({
        ...facts,
        baseline: 'the same with literals',
        parameterised: ours,
        literals: baseline,
      });
    }
  } finally {
    await system.stop();
  }
}
