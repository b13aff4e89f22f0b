import { mutating } from './settings.ts';

export default mutating('store', { mutate: ['functions/store/**/*.ts'], atLeast: 96 });
