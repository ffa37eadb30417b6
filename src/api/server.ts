/** The service at a socket. */
import { type ServerType, serve } from '@hono/node-server';
import { openService, type Service, type ServiceOptions } from './service.ts';

export interface ServerOptions extends ServiceOptions {
  /** 0: the system chooses. */
  readonly port: number;
  readonly host: string;
  /** The address that clients see; that of the socket where it is null. */
  readonly publicUrl: string | null;
}

export interface RunningServer {
  /** Where clients reach the service, without a slash at the end. */
  readonly url: string;
  /** The bearer key of the officer, on the first start only. */
  readonly officerKey: string | null;
  /** Takes no new requests, answers those under way, and closes the databases. */
  stop(): Promise<void>;
}

const TICK_MILLISECONDS = 500;

/**
 * Starts the service.
 * @throws Error if the data directory or the port cannot be used.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  let url = options.publicUrl ?? '';
  const service = openService(options, () => url);
  let server: ServerType;
  try {
    server = await listen(service, options);
  } catch (error) {
    await service.stop();
    throw error;
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  url ||= `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  const timer = setInterval(() => void service.tick(), TICK_MILLISECONDS);
  return {
    url,
    officerKey: service.officerKey,
    stop: async () => {
      clearInterval(timer);
      await closed(server);
      await service.stop();
    },
  };
}

function listen({ app }: Service, { port, host }: ServerOptions): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: host }, () => {
      server.off('error', reject);
      resolve(server);
    });
    server.once('error', reject);
  });
}

/** When the last request has been answered. */
function closed(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
}
