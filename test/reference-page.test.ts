import { existsSync } from 'node:fs';
import { type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TempFolder } from './support/dev-system.ts';
import { startGateway } from './support/system.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const isRequired = process.env['PARHELION_REQUIRE_SERVICES'] === '1';

describe.skipIf(!existsSync(CHROMIUM) && !isRequired)('the reference page', () => {
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let browser: BrowserContext;
  const folder = new TempFolder();
  const profile = new TempFolder();

  beforeAll(async () => {
    gateway = await startGateway({ PARHELION_DATA_DIR: folder.path });
    browser = await chromium.launchPersistentContext(profile.path, {
      executablePath: CHROMIUM,
      headless: true,
      args: FLAGS,
    });
  });

  afterAll(async () => {
    await browser?.close();
    await gateway?.program.stop();
    folder[Symbol.dispose]();
    profile[Symbol.dispose]();
  });

  test('shows a reader the operations, and one in full', async () => {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(`${gateway.url}/docs`);
    const operation = page.getByRole('button', { name: /Send an immediate query/ });
    await operation.first().click();
    await page.getByText('maxTimeInQueue').first().waitFor();
    await page.getByText('Ocp-Apim-Subscription-Key').first().waitFor();
    expect(problems).toEqual([]);
  });
});
