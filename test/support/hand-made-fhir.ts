import type {
  FhirAnswer,
  FhirCourse,
  FhirRequest,
  FhirStatement,
  FhirStep,
  StatementResult,
} from '../../src/fhir/course.ts';
import type { FhirAnswerer } from '../../src/link/fhir/fhir-answerer.ts';
import type { SqlParameter } from '../../src/sql/driver.ts';
import { commandLineOf, connectionsOf } from './process-tree.ts';
import { ENDLESS_READ } from './statements.ts';

/** Answers that say nothing of FHIR but how requests get to the site and back. */
type Course = (request: FhirRequest, argument: string) => FhirCourse;

const FHIR_JSON = 'application/fhir+json; charset=utf-8';

const answer = (status: number, resource: object, headers = {}): FhirAnswer => ({
  status,
  headers: { 'content-type': FHIR_JSON, ...headers },
  body: JSON.stringify(resource),
});

const int = (value: string): SqlParameter => ({
  name: '@p1',
  direction: 'input',
  typeName: 'Int',
  value: Number(value),
});

const text = (name: string, value: string): SqlParameter => ({
  name,
  direction: 'input',
  typeName: 'NVarChar',
  value,
});

const readPatient = (id: string): FhirStatement => ({
  text: 'SELECT InternalID, Surname, Middlename FROM Patients WHERE InternalID = @p1',
  parameters: [int(id)],
});

const plain = (statement: string, catalogue?: string): FhirStatement => ({
  text: statement,
  parameters: [],
  ...(catalogue !== undefined && { catalogue }),
});

function patient([row]: StatementResult['rows']): FhirAnswer {
  if (!row) {
    const issue = [{ severity: 'error', code: 'not-found' }];
    return answer(404, { resourceType: 'OperationOutcome', issue });
  }
  const [id, family, middle] = row;
  const name = [{ family, given: [middle] }];
  return answer(200, { resourceType: 'Patient', id: String(id), name }, { etag: 'W/"1"' });
}

function* setMiddlename(
  id: string,
  name: string,
): Generator<FhirStep, void, readonly StatementResult[]> {
  yield { kind: 'begin' };
  yield {
    kind: 'write',
    statement: {
      text: 'UPDATE Patients SET Middlename = @p1 WHERE InternalID = @p2',
      parameters: [text('@p1', name), { ...int(id), name: '@p2' }],
    },
  };
}

/** Ends the processes that hold the connections of this process's link. */
function killConnections(): void {
  for (const pid of connectionsOf(process.pid)) {
    if (commandLineOf(pid).includes('sqlite-connection')) process.kill(pid, 'SIGKILL');
  }
}

const middlenameOf = (body = '') => (JSON.parse(body) as { middlename: string }).middlename;

const COURSES: Readonly<Record<string, Course>> = {
  *Patient({ method, headers, body }, id) {
    if (method === 'PUT') {
      yield* setMiddlename(id, middlenameOf(body));
      yield { kind: 'commit' };
    }
    if (headers['if-none-match'] === 'W/"1"') return { status: 304, headers: { etag: 'W/"1"' } };
    const [result] = yield { kind: 'read', statements: [readPatient(id)] };
    return patient(result?.rows ?? []);
  },
  /** A change that is not committed. */
  *Undone({ body }, id) {
    yield* setMiddlename(id, middlenameOf(body));
    return answer(422, { resourceType: 'OperationOutcome', issue: [] });
  },
  /** Reading the change back fails. */
  *AfterCommit({ body }, id) {
    yield* setMiddlename(id, middlenameOf(body));
    yield { kind: 'commit' };
    yield { kind: 'read', statements: [plain('SELECT Nothing FROM Nowhere')] };
    return answer(200, {});
  },
  /** The database's process dies as the change is to be committed: nobody can say whether it was. */
  *LostCommit({ body }, id) {
    yield* setMiddlename(id, middlenameOf(body));
    killConnections();
    yield { kind: 'commit' };
    return answer(200, {});
  },
  /** Two changes, of which the second never ends. */
  *EndlessChange({ body }, id) {
    yield* setMiddlename(id, middlenameOf(body));
    const endless = `UPDATE Patients SET Middlename = 'x' WHERE InternalID = 1 AND (${ENDLESS_READ}) = 0`;
    yield { kind: 'write', statement: plain(endless) };
    yield { kind: 'commit' };
    return answer(200, {});
  },
  *Slow({ body }, id) {
    yield { kind: 'begin' };
    const work =
      '(SELECT COUNT(*) FROM Patients a, Patients b, Patients c WHERE c.InternalID <= 8) > 0';
    const slow = `UPDATE Patients SET Middlename = '${middlenameOf(body)}' WHERE InternalID = ${id} AND ${work}`;
    yield { kind: 'write', statement: plain(slow) };
    yield { kind: 'commit' };
    return answer(200, {});
  },
  /** Both catalogues, one after the other and back. */
  *Both() {
    const results = yield {
      kind: 'read',
      statements: [
        plain('SELECT COUNT(*) AS n FROM Patients', 'Patients'),
        plain('SELECT COUNT(*) AS n FROM DocumentContents', 'Documents'),
        plain('SELECT COUNT(*) AS n FROM Patients'),
      ],
    };
    return answer(
      200,
      results.map(({ rows }) => rows[0]?.[0]),
    );
  },
  *Broken() {
    yield { kind: 'read', statements: [plain('SELECT Nothing FROM Nowhere')] };
    return answer(200, {});
  },
  *Caught() {
    try {
      yield { kind: 'read', statements: [plain('SELECT Nothing FROM Nowhere')] };
    } catch {
      return answer(409, { resourceType: 'OperationOutcome' });
    }
    return answer(200, {});
  },
  /** A statement that writes where the course has promised to read. */
  *Sly() {
    yield {
      kind: 'read',
      statements: [plain("UPDATE Patients SET Middlename = 'Sly' WHERE InternalID = 9")],
    };
    return answer(200, {});
  },
  *Endless() {
    yield { kind: 'read', statements: [plain(ENDLESS_READ)] };
    return answer(200, {});
  },
  *ManyRows() {
    yield {
      kind: 'read',
      statements: [plain('SELECT a.Surname, b.Firstname FROM Patients a, Patients b')],
    };
    return answer(200, {});
  },
};

/** Courses that only ask for a turn. */
const ANSWERS: Readonly<Record<string, (request: FhirRequest, argument: string) => FhirAnswer>> = {
  metadata: () => answer(200, { resourceType: 'CapabilityStatement' }),
  echo: (request) => answer(200, request),
  Bug() {
    throw new TypeError('a bug of the course');
  },
  /** A body of so many bytes. */
  Bytes(_request, bytes) {
    const headers = { 'content-type': FHIR_JSON };
    return { status: 200, headers, body: 'x'.repeat(Number(bytes)) };
  },
  Headers: () =>
    answer(201, {}, { location: 'http://x/Patient/1', 'x-secret': 'no', allow: 'GET' }),
  WrongHeader: () => answer(200, {}, { etag: 'a\nb' }),
};

function* answered(make: () => FhirAnswer): FhirCourse {
  yield { kind: 'read', statements: [] };
  return make();
}

/** Courses over the demo practice, by the first piece of the path; the second is their argument. */
export const HAND_MADE_FHIR: FhirAnswerer = {
  answer(request) {
    const [name = '', argument = ''] = request.path.split('/');
    const make = ANSWERS[name];
    if (make) return answered(() => make(request, argument));
    const course = COURSES[name];
    if (!course) throw new Error('There is no such course.');
    return course(request, argument);
  },
};
