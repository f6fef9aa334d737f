import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DevSystem, TempFolder } from './support/dev-system.ts';

const folder = new TempFolder();
let system: DevSystem;
let base: string;

beforeAll(async () => {
  system = await DevSystem.start(folder.path);
  const { baseUrl, site } = system.facts;
  base = `${baseUrl}/integrator/sites/${site.siteId}/fhir/R4`;
});

afterAll(async () => {
  await system?.program.stop();
  folder[Symbol.dispose]();
});

const get = (path: string, accept: string): Promise<Response> =>
  fetch(`${base}/${path}`, {
    headers: { accept, 'ocp-apim-subscription-key': system.facts.integrator.primaryKey },
  });

interface Attachment {
  readonly contentType: string;
  readonly url: string;
  readonly size: number;
}

async function firstAttachment(): Promise<Attachment> {
  const answer = await get('DocumentReference?_count=1', 'application/fhir+json');
  const bundle = (await answer.json()) as {
    entry: { resource: { content: { attachment: Attachment }[] } }[];
  };
  const attachment = bundle.entry[0]?.resource.content[0]?.attachment;
  if (!attachment) throw new Error('the first document has no attachment');
  return attachment;
}

describe('a document', () => {
  it('is read from where its reference says: as a Binary, and as the file that it is', async () => {
    const { url, contentType, size } = await firstAttachment();
    const asResource = await get(url, 'application/fhir+json');
    const { data } = (await asResource.json()) as { data: string };
    const asFile = await get(url, contentType);
    const bytes = Buffer.from(await asFile.arrayBuffer());
    expect(bytes.length).toBe(size);
    const hash = (content: Buffer) => createHash('sha256').update(content).digest('hex');
    expect(hash(bytes)).toBe(hash(Buffer.from(data, 'base64')));
    expect(asFile.headers.get('content-type')).toBe(contentType);
    expect(asFile.headers.get('etag')).toBe(asResource.headers.get('etag'));
    expect(asFile.headers.get('content-security-policy')).toBe('sandbox');
    expect(asFile.headers.get('content-disposition')).toBe('attachment');
    expect(asFile.headers.get('cache-control')).toContain('no-store');
  });

  it('is refused in a form that it does not have', async () => {
    const { url } = await firstAttachment();
    const answer = await get(url, 'audio/mpeg');
    expect(answer.status).toBe(406);
    expect(await answer.json()).toMatchObject({ resourceType: 'OperationOutcome' });
  });
});
