import { expect, it } from 'vitest';
import { webAddress } from '../repository.ts';

it.each([
  ['git@github.com:lab/redraw-tracker.git', 'https://github.com/lab/redraw-tracker'],
  ['https://github.com/lab/redraw-tracker', 'https://github.com/lab/redraw-tracker'],
  [
    'https://user:token@git.example.com/lab/group/redraw-tracker.git',
    'https://git.example.com/lab/group/redraw-tracker',
  ],
  ['ssh://git@git.example.com:2222/lab/redraw-tracker.git', 'https://git.example.com/lab/redraw-tracker'],
  ['../redraw-tracker', undefined],
  ['/srv/git/redraw-tracker.git', undefined],
  ['file:///srv/git/redraw-tracker.git', undefined],
])('the web address of %s is %s', (remote, address) => {
  expect(webAddress(remote)).toBe(address);
});
