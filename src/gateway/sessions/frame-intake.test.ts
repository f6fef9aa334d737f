import { PassThrough } from 'node:stream';
import { beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { deferred } from '../../lib/deferred.ts';
import { FrameIntake } from './frame-intake.ts';

const limits = { maxFrames: 4, maxBytes: 1_000, maxUnreadBytes: 100 };

/** What is used of a WebSocket. */
class Socket {
  isPaused = false;
  pause(): void {
    this.isPaused = true;
  }
  resume(): void {
    this.isPaused = false;
  }
}

let socket: Socket;
let stream: PassThrough;
let intake: FrameIntake;
beforeEach(() => {
  socket = new Socket();
  stream = new PassThrough({ highWaterMark: 10 });
  intake = new FrameIntake(socket as unknown as WebSocket, stream, limits);
});

test('a socket is paused beyond its frames, and goes on when half of them are dealt with', async () => {
  const frames = Array.from({ length: 5 }, () => deferred<void>());
  for (const { promise } of frames) intake.take(1, promise);
  expect(socket.isPaused).toBe(true);
  expect(intake.waitsForGateway).toBe(true);
  for (const [n, { resolve, promise }] of frames.entries()) {
    resolve();
    await promise;
    await Promise.resolve();
    expect(socket.isPaused).toBe(n < 2);
  }
});

test('frames that are dealt with at once do not count', () => {
  for (let n = 0; n < 100; n += 1) intake.take(1_000, undefined);
  expect(socket.isPaused).toBe(false);
});

test('a socket is paused beyond its bytes', () => {
  intake.take(600, deferred<void>().promise);
  expect(socket.isPaused).toBe(false);
  intake.take(600, deferred<void>().promise);
  expect(socket.isPaused).toBe(true);
});

test('a socket whose answers are not read is paused until they are', async () => {
  stream.write(Buffer.alloc(20));
  stream.cork();
  stream.write(Buffer.alloc(200));
  intake.look();
  expect(socket.isPaused).toBe(true);
  // The silence of such a link counts: it may be gone.
  expect(intake.waitsForGateway).toBe(false);
  const drained = new Promise((resolve) => stream.once('drain', resolve));
  stream.uncork();
  stream.resume();
  await drained;
  expect(socket.isPaused).toBe(false);
});
