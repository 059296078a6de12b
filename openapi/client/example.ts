/**
 * A portal's first hour: log in, page through tasks, report progress, follow changes.
 *
 *   npm install && npm run generate && npm start     # against a demo on this machine
 *
 * Addresses, bodies and answers are checked by types made from ../openapi.json.
 */
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Schemas = components["schemas"];
type Problem = Schemas["Problem"];
type Tokens = Schemas["Tokens"];
type TaskPart = Schemas["TaskPart"];
type Change = Schemas["Change"];

declare const process: { env: Record<string, string | undefined> };
const baseUrl = process.env["TIENDO_URL"] ?? "http://127.0.0.1:8080";
const username = process.env["TIENDO_USER"] ?? "bithu.ap1.phumy";
const password = process.env["TIENDO_PASSWORD"] ?? "tien-do-2023";

const api = createClient<paths>({ baseUrl });
const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

/** A refusal. Branch on `problem.code`; its texts may change. */
class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail} (${problem.instance})`);
  }
}

/** The data of an answer, or its problem thrown. */
function given<T>(answer: { data?: T; error?: Problem }): T {
  if (answer.error !== undefined) throw new Refused(answer.error);
  return answer.data as T;
}

/**
 * Keeps the access token fresh. A refresh token is good for one use: keep the new one at once. Two
 * requests that refresh at the same time get the same successor, for a minute.
 */
class Session {
  private constructor(private tokens: Tokens, private until: number) {}

  static async open(): Promise<Session> {
    const tokens = given(await api.POST("/api/v1/auth/login", { body: { username, password } }));
    const session = new Session(tokens, Date.now() + tokens.expires_in * 1000);
    api.use({ onRequest: (request) => session.onRequest(request) });
    return session;
  }

  async onRequest({ request, schemaPath }: { request: Request; schemaPath: string }): Promise<Request> {
    if (schemaPath.startsWith("/api/v1/auth/refresh")) return request;
    if (Date.now() > this.until - 60_000) {
      const body = { refresh_token: this.tokens.refresh_token };
      this.tokens = given(await api.POST("/api/v1/auth/refresh", { body }));
      this.until = Date.now() + this.tokens.expires_in * 1000;
    }
    request.headers.set("Authorization", `Bearer ${this.tokens.access_token}`);
    return request;
  }
}

/** The same request again while the service asks for patience; safe for writes that carry a key. */
async function patiently<T>(ask: () => Promise<{ data?: T; error?: Problem; response: Response }>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    const busy = [408, 429, 503].includes(answer.response.status) || answer.error?.code === "idempotency_in_flight";
    if (!busy || tries === 5) return given(answer);
    await pause(Number(answer.response.headers.get("Retry-After") ?? 2 ** tries));
  }
}

/** Every task under way, page by page. */
async function* tasks(): AsyncGenerator<TaskPart> {
  const query = { status: "in_progress", sort: "due_on", fields: "id,title,due_on,progress", limit: 50 } as const;
  let cursor: string | null | undefined;
  do {
    const asked = cursor ? { ...query, cursor } : query;
    const page = await patiently(() => api.GET("/api/v1/tasks", { params: { query: asked } }));
    yield* page.items;
    cursor = page.next_cursor;
  } while (cursor);
}

/** One key for one report: sent again after a lost answer, it is answered again and not written twice. */
async function report(id: string, progress: number, note: string): Promise<void> {
  const header = { "Idempotency-Key": `"${crypto.randomUUID()}"`, Prefer: "return=minimal" };
  const params = { path: { id }, header };
  await patiently(() => api.POST("/api/v1/tasks/{id}/progress-reports", { params, body: { progress, note } }));
}

/** Changes since a cursor, in order, none left out. Keep the cursor with what was done about its page. */
async function changes(since: string | undefined, keep: (changes: Change[], cursor: string) => void): Promise<void> {
  for (let cursor = since, more = true; more; ) {
    const query = cursor === undefined ? { limit: 200 } : { since: cursor, limit: 200 };
    const page = await patiently(() => api.GET("/api/v1/changes", { params: { query } }));
    keep(page.items, page.next_cursor);
    [cursor, more] = [page.next_cursor, page.has_more];
  }
}

await Session.open();

let seen = 0;
let cursor: string | undefined;
const keep = (page: Change[], next: string) => ([seen, cursor] = [seen + page.length, next]);
await changes(undefined, keep);
console.log(`${seen} changes until now`);

let first: TaskPart | undefined;
let count = 0;
for await (const task of tasks()) {
  first ??= task;
  count++;
}
console.log(`${count} tasks under way`);

if (first?.id) {
  await report(first.id, first.progress ?? 0, "Không thay đổi so với kỳ trước");
  await changes(cursor, (page, next) => {
    for (const change of page) console.log(`${change.at} ${change.event} ${change.id} v${change.version}`);
    cursor = next;
  });
}

try {
  await report("0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", 10, "Không có đầu việc này");
} catch (refused) {
  if (!(refused instanceof Refused) || refused.problem.code !== "not_found") throw refused;
  console.log(refused.message);
}
