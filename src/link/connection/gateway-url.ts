/** Makes the address of a path below the gateway's own address; `socket` turns http into ws and https into wss. */
export function gatewayUrl(base: string, path: string, kind: 'http' | 'socket'): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  url.search = '';
  url.hash = '';
  if (kind === 'socket') url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}
