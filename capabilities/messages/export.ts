import type { Shapes } from '../../core/api/export/shapes.ts';
import { showMessage, showMessageSettings } from './api/representation.ts';
import { readMessageItem } from './store/message-item.ts';
import { readPatientItem } from './store/patients.ts';

export const shapes: Shapes = {
  MESSAGE: {
    kind: 'message',
    component: 'PatientMessage',
    show: (_, item) => showMessage(readMessageItem(item)),
  },
  PATIENT: {
    kind: 'message_settings',
    component: 'MessageSettings',
    show: (_, item) => showMessageSettings(readPatientItem(item)),
  },
};
