/** Addresses of workers' scripts, as browsers with trusted types want them (W3C Trusted Types §2.3). */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: () => string },
  ): { createScriptURL: (path: string) => string };
}

const known = new Map<string, string>();

/** @param policy which the page's headers name; it knows its first script alone. */
export function trustedScript(policy: string, script: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return script;
  const trusted =
    known.get(policy) ??
    trustedTypes.createPolicy(policy, { createScriptURL: () => script }).createScriptURL(script);
  known.set(policy, trusted);
  return trusted;
}
