import type { RebuildPart } from '../../core/use-cases/rebuild/rebuild-part.ts';
import { toldOf } from './rules/told.ts';
import { readMessageItem } from './store/message-item.ts';
import { listMessages } from './store/messages.ts';
import { readPatientItem } from './store/patients.ts';
import { holdMessages } from './store/restore-mark.ts';

export const rebuildPart: RebuildPart = {
  readers: { MESSAGE: readMessageItem, PATIENT: readPatientItem },
  marksOf: async (table, transactionId) => {
    const told = toldOf(await listMessages(table, transactionId));
    return told ? { told } : {};
  },
  afterRestore: holdMessages,
};
