/** A service without a socket for the tests of one file; it stops when they are done. */
import { afterAll } from 'vitest';
import type { ServiceOptions } from '../../src/api/service.ts';
import { type TestService, temporaryDirectory, testService } from './api-elections.ts';

/** @param directory what the service is in, where a test needs it before. */
export function fileService(
  options: Partial<ServiceOptions> = {},
  directory = temporaryDirectory(),
): TestService {
  const api = testService(directory.path, '', options);
  afterAll(async () => {
    await api.service.stop();
    directory.remove();
  });
  return api;
}
