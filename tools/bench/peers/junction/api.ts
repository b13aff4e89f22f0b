import { type Order, orderFrom } from './order.ts';

const PER_PAGE = 100;

/** The order as Junction has it now. */
export async function fetchOrder(id: string): Promise<Order> {
  return orderFrom((await get(`/v3/order/${id}`)) as Record<string, unknown>);
}

/** Every order that had incomplete results. This status is the order's last one, so the list includes redraws that have ended. */
export async function fetchRedraws(): Promise<Order[]> {
  const found: Order[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/v3/orders?status=redraw_available&page=${page}&size=${PER_PAGE}`;
    const { orders } = (await get(path)) as { orders: Record<string, unknown>[] };
    found.push(...orders.map(orderFrom));
    if (orders.length < PER_PAGE) return found;
  }
}

/** @throws if Junction does not answer 200 */
async function get(path: string): Promise<unknown> {
  const headers = { 'x-vital-api-key': process.env.JUNCTION_API_KEY ?? '' };
  const response = await fetch(`${process.env.JUNCTION_BASE_URL}${path}`, { headers });
  if (!response.ok) throw new Error(`Junction answered ${response.status}`);
  return response.json();
}
