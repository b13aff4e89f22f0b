import { FunctionProcess } from '../lambda/function-process.ts';
import { bundlesOf, httpEntry, peerEnvironment } from '../lambda/lambda-peer.ts';
import type { Peer, SeenTransaction } from '../peer.ts';

/** A scheduled function that asks Junction which redraws there are. */
export const hourlyQuestion: Peer = {
  name: 'hourly-question',
  title: 'Ask Junction every hour, store nothing',
  asksJunction: true,
  showsRedrawsOnly: true,
  async start(surroundings) {
    const file = bundlesOf('hourly-question', surroundings.place)('report');
    const entry = httpEntry(file, peerEnvironment(surroundings, {}));
    const report = new FunctionProcess(entry);
    return {
      entry,
      deliver: async () => ({ wall: 0, cpu: 0 }),
      settled: async () => undefined,
      async transactions() {
        const { answer } = await report.invoke({});
        return new Map(Object.entries(answer as Record<string, SeenTransaction>));
      },
      stop: async () => report.stop(),
    };
  },
};
