/** The one digest of what was there before the service watched. */
import { describe, expect, test } from 'vitest';
import { beginningOf, moveImportMark } from '../../../../core/store/poll-marks/import-mark.ts';
import { moveUpdatesMark, readUpdatesMark } from '../../../../core/store/poll-marks/updates-mark.ts';
import { readWatchingMark } from '../../../../core/store/poll-marks/watching-mark.ts';
import type { HistoryCounts } from '../../../../core/use-cases/history/count-history.ts';
import { historyMail } from '../../../../core/use-cases/history/history-mail.ts';
import { tellHistory, watchFrom } from '../../../../core/use-cases/history/tell-history.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { initialAvailable, ORDERED, redrawAt } from '../sweep/scene/redraw-bodies.ts';
import { Tracker } from '../sweep/scene/tracker.ts';

/** A service with an open redraw that watches from `since`, and has read what there is. */
async function watching(since = march(10)) {
  const tracker = new Tracker();
  const table = tracker.memory;
  const sent: HistoryCounts[] = [];
  const given = {
    configured: null,
    bySweep: true,
    sendDigest: async (counts: HistoryCounts) => void sent.push(counts),
  };
  await watchFrom(table, given, since);
  await tracker.deliver(initialAvailable(), march(10, '10:00:01'));
  await tracker.deliver(redrawAt([ORDERED]), march(10, '10:00:06'));
  const passed = async () => {
    const mark = await readUpdatesMark(table);
    await moveUpdatesMark(table, mark, { ...mark, through: since });
  };
  const tell = (now: string, more = given) => tellHistory({ table, teamId: null }, more, now);
  return { tracker, table, sent, given, passed, tell };
}

const OPEN = { open_redraws: 1, old_redraws: 0, needs_decision: 0, stalled_orders: 0, critical_results: 0 };

describe('it is sent', () => {
  test('once, as soon as the changed orders were read', async () => {
    const { tell, passed, sent } = await watching();
    expect(await tell(march(11))).toBe(false);
    await passed();
    expect([await tell(march(11)), await tell(march(12))]).toEqual([true, false]);
    expect(sent).toEqual([OPEN]);
  });

  test('by one of two sweeps', async () => {
    const { tell, passed, sent } = await watching();
    await passed();
    await Promise.all([tell(march(11)), tell(march(11))]);
    expect(sent).toHaveLength(1);
  });

  test('again if it failed', async () => {
    const { tell, passed, given, sent } = await watching();
    await passed();
    const refused = { ...given, sendDigest: () => Promise.reject(new Error('refused')) };
    await expect(tell(march(11), refused)).rejects.toThrow('refused');
    expect(await tell(march(12))).toBe(true);
    expect(sent).toHaveLength(1);
  });

  test('after an import that is underway, unless that has stopped for a day', async () => {
    const { tell, passed, table } = await watching();
    await passed();
    const range = { from: march(1), to: march(11), started_at: march(11), moved_at: march(11) };
    const position = beginningOf('orders', march(1));
    await moveImportMark(table, { revision: 0 }, { ...range, finished: false, position });
    expect(await tell(march(12))).toBe(false);
    expect(await tell(march(13))).toBe(true);
  });

  test('never, if nothing stores since when the service watches', async () => {
    const tracker = new Tracker();
    const given = { configured: null, bySweep: false, sendDigest: () => expect.fail('sent') };
    await watchFrom(tracker.memory, given, march(1));
    expect(await readWatchingMark(tracker.memory)).toBeNull();
    expect(await tellHistory({ table: tracker.memory, teamId: null }, given, march(2))).toBe(false);
  });
});

test('the time is stored once, or taken from the setting', async () => {
  const { table, given } = await watching();
  await watchFrom(table, given, march(20));
  expect(await readWatchingMark(table)).toMatchObject({ since: march(10) });
  const other = new Tracker().memory;
  await watchFrom(other, { ...given, configured: march(5) }, march(20));
  expect(await readWatchingMark(other)).toMatchObject({ since: march(5) });
});

test('redraws that became available more than thirty days ago are old', async () => {
  const { tell, passed, sent } = await watching();
  await passed();
  await tell('2026-04-05T08:00:00.000000Z');
  expect(sent).toEqual([{ ...OPEN, old_redraws: 1 }]);
});

describe('the mail', () => {
  const links = {
    worklist: 'https://page/',
    criticalResults: 'https://page/critical-results',
    runbook: 'runbook',
  };
  const sentence = (counts: Partial<HistoryCounts>) =>
    historyMail({ ...OPEN, open_redraws: 0, ...counts }, links).Message.split('\n')[0];

  test('counts what is there', () => {
    const all = {
      open_redraws: 214,
      old_redraws: 190,
      needs_decision: 2,
      stalled_orders: 1,
      critical_results: 3,
    };
    expect(sentence(all)).toBe(
      '214 open redraws, 190 older than 30 days; 2 need a decision; 1 other order stalled; 3 critical results before you watched: https://page/critical-results',
    );
  });

  test('says so if there is nothing', () => {
    expect(sentence({})).toBe('0 open redraws');
    expect(sentence({ open_redraws: 1 })).toBe('1 open redraw, 0 older than 30 days');
  });
});
