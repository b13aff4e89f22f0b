import { expect, it } from 'vitest';
import { inputTransformer } from '../../events/input-transformer.ts';

const event = { detail: { name: 'A "big" one', count: 3, gone: null, inner: { stage: 'ready' } } };
const InputPathsMap = {
  name: '$.detail.name',
  count: '$.detail.count',
  'detail-inner-stage': '$.detail.inner.stage',
  gone: '$.detail.gone',
  absent: '$.detail.nothing.there',
  inherited: '$.detail.toString',
};

it.each([
  ['"<count> are <detail-inner-stage>"', '"3 are ready"'],
  ['"one line: <count>"\n"another: <name>"', '"one line: 3"\n"another: A "big" one"'],
  ['"null: <gone>, nothing: <absent><inherited>."', '"null: null, nothing: ."'],
  ['{"n":<count>,"name":<name>,"kind":"fixed"}', '{"n":3,"name":"A \\"big\\" one","kind":"fixed"}'],
])('%j becomes %j', (InputTemplate, expected) => {
  expect(inputTransformer({ InputTemplate, InputPathsMap })(event)).toBe(expected);
});

it.each([
  ['a template without quotes', '<count> pieces', '$.detail.count', /the template <count> pieces/],
  [
    'a variable in a text of an object',
    '{"n": "<count>"}',
    '$.detail.count',
    /the template {"n": "<count>"}/,
  ],
  ['a predefined variable', '"<aws.events.event.json>"', '$.detail.count', /the variable <aws\.events/],
  ['an index in a path', '"<count>"', '$.detail.tags[0]', /the path \$\.detail\.tags\[0\]/],
])('refuses %s', (_, InputTemplate, path, message) => {
  expect(() => inputTransformer({ InputTemplate, InputPathsMap: { count: path } })).toThrow(message);
});

it('fails for an object with a path that has no value', () => {
  const transform = inputTransformer({ InputTemplate: '{"n":<absent>}', InputPathsMap });
  expect(() => transform(event)).toThrow('<absent>');
});
