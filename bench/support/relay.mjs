// The ideal relay: what node:http and ws cost when nothing is checked, recorded or encoded. Two processes, as gateway
// and link are: `relay.mjs` forks itself as the agent, which answers every message with the same bytes.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { WebSocket, WebSocketServer } from 'ws';

const [, self, role, address, answerBytes] = process.argv;

if (role === 'agent') {
  const answer = Buffer.alloc(Number(answerBytes), 'x');
  const socket = new WebSocket(address, { perMessageDeflate: false });
  socket.on('message', (message) => socket.send(Buffer.concat([message.subarray(0, 4), answer])));
  socket.on('close', () => process.exit(0));
} else if (role === 'server') {
  serve(Number(answerBytes));
}

function serve(bytes) {
  const pending = new Map();
  let lastId = 0;
  let link;
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      lastId = (lastId + 1) >>> 0;
      const id = Buffer.alloc(4);
      id.writeUInt32BE(lastId);
      pending.set(lastId, response);
      link.send(Buffer.concat([id, ...parts]));
    });
  });
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
    link = socket;
    socket.on('message', (message) => {
      const id = message.readUInt32BE(0);
      pending.get(id).end(message.subarray(4));
      pending.delete(id);
    });
    process.send({ url: `http://127.0.0.1:${server.address().port}/` });
  });
  server.listen(0, '127.0.0.1', () => {
    fork(self, ['agent', `ws://127.0.0.1:${server.address().port}/`, String(bytes)]);
  });
}

process.on('disconnect', () => process.exit(0));

/** Starts the relay; `stop` ends both of its processes. */
export function startRelay(bytes) {
  const child = fork(fileURLToPath(import.meta.url), ['server', '-', String(bytes)]);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', ({ url }) => {
      const ended = new Promise((done) => {
        child.once('exit', done);
      });
      resolve({
        url,
        stop: () => {
          child.kill();
          return ended;
        },
      });
    });
  });
}
