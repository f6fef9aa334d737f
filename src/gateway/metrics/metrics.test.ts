import { expect, it } from 'vitest';
import { Metrics } from './metrics.ts';

it('exposes requests, queries, webhooks and sessions by routes, codes and outcomes', async () => {
  const metrics = new Metrics();
  metrics.requestAnswered('GET', '/integrator/sites/:siteId', 200, 4);
  metrics.queryEnded('immediate', 'executionFailed', 'mssql');
  metrics.webhookAttempted('async', 'retry', 'timeout');
  metrics.sessionsAre(3);
  const { contentType, text } = await metrics.expose();
  expect(contentType).toMatch(/^text\/plain/);
  expect(text).toContain(
    'parhelion_http_request_duration_seconds_count{method="GET",route="/integrator/sites/:siteId",status="200"} 1',
  );
  expect(text).toContain(
    'parhelion_queries_total{mode="immediate",status="executionFailed",error_type="mssql"} 1',
  );
  expect(text).toContain(
    'parhelion_webhook_attempts_total{source="async",outcome="retry",error="timeout"} 1',
  );
  expect(text).toContain('parhelion_link_sessions 3');
  expect(text).toContain('process_resident_memory_bytes');
});

it('counts no runs when a link reports less than before', async () => {
  const metrics = new Metrics();
  metrics.registeredRuns(2, 0);
  metrics.registeredRuns(-1, -3);
  const { text } = await metrics.expose();
  expect(text).toContain('parhelion_registered_runs_total{outcome="succeeded"} 2');
});
