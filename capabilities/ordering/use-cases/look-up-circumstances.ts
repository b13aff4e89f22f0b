import type { Circumstances, HomeService } from '../rules/circumstances.ts';
import { draftOf, type OrderDraft } from '../rules/order-request.ts';
import { modalityOf } from '../rules/selection-rules.ts';
import type { OrderingContext } from './ordering-context.ts';

/** Looks up what the rules of an order depend on. Rules that need data Junction does not provide now are left to Junction. */
export async function circumstancesOf(context: OrderingContext, body: unknown): Promise<Circumstances> {
  const draft = draftOf(body);
  const now = context.clock();
  const [tests, labAccounts] = await Promise.all([testsOf(context, draft, now), labAccountsOf(context, now)]);
  const known = { today: now.toISOString().slice(0, 10), tests, labAccounts };
  const isAtHome = modalityOf(draft, { ...known, homeService: null }) === 'at_home_phlebotomy';
  const homeService = isAtHome && draft.zip !== null ? await homeServiceOf(context, draft.zip) : null;
  return { ...known, homeService };
}

/** The at-home providers of a ZIP code; null if they cannot be looked up now. */
export function homeServiceOf(
  { junction, homeServices, clock, team }: OrderingContext,
  zip: string,
): Promise<HomeService | null> {
  const five = zip.slice(0, 5);
  return homeServices.read(`${five} ${team}`, clock(), () => junction.homeService(five));
}

async function labAccountsOf({ junction, labAccounts, team }: OrderingContext, now: Date) {
  return (await labAccounts.read(`${team}`, now, () => junction.labAccounts())) ?? [];
}

/** More lab tests than this are left to Junction. */
const MAX_TESTS = 20;

async function testsOf({ junction, catalogue }: OrderingContext, { labTestIds }: OrderDraft, now: Date) {
  const ids = [...new Set(labTestIds)].slice(0, MAX_TESTS);
  const tests = await Promise.all(ids.map((id) => catalogue.read(id, now, () => junction.labTest(id))));
  return tests.filter((test) => test !== null);
}
