import { mutating } from './settings.ts';

export default mutating('store', { mutate: ['core/store/**/*.ts'], atLeast: 96 });
