export async function runBench(_options: { quick: boolean; file: string | undefined }): Promise<void> {}
