let access = { url: '', token: '' };

export function useAccess(url: string, token: string): void {
  access = { url, token };
}

/** The fetch of the client that orval generates. */
export async function orvalFetch<Answer>(path: string, options: RequestInit): Promise<Answer> {
  const headers = new Headers(options.headers);
  headers.set('authorization', `Bearer ${access.token}`);
  const response = await fetch(access.url + path, { ...options, headers });
  const data: unknown = await response.json();
  return { data, status: response.status, headers: response.headers } as Answer;
}
