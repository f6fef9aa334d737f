import { describe, expect, it } from 'vitest';
import { ImmediateActivity } from './immediate-activity.ts';

const never = new AbortController().signal;

describe('giving way to immediate queries', () => {
  it('costs nothing while there is none', async () => {
    const activity = new ImmediateActivity();
    expect(await activity.giveWay(never)).toBeUndefined();
    activity.begin();
    activity.end();
    expect(await activity.giveWay(never)).toBeUndefined();
  });

  it('lasts until the last of them is answered', async () => {
    const activity = new ImmediateActivity();
    activity.begin();
    activity.begin();
    let isOver = false;
    const paused = activity.giveWay(never).then(() => void (isOver = true));
    activity.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    activity.end();
    await paused;
  });

  it('ends by itself, so that background work goes on under a constant load', async () => {
    const activity = new ImmediateActivity();
    activity.begin();
    // Keeps the process alive: the wait itself does not.
    const alive = setInterval(() => {}, 1_000);
    expect(await activity.giveWay(never)).toBeUndefined();
    expect(await activity.giveWay(AbortSignal.abort())).toBeUndefined();
    clearInterval(alive);
  });
});
