import { describe, expect, it } from 'vitest';
import { readPanelMessage } from '../../../client/incidentPanel/messages.ts';

describe('messages from the panel', () => {
  it.each([
    { type: 'ready' },
    { type: 'action', action: 'note' },
    { type: 'reveal', entryId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
    { type: 'output', entryId: 'x' },
  ])('takes %j', (message) => {
    expect(readPanelMessage(message)).toEqual(message);
  });

  it.each([
    ['no object', 'ready'],
    ['nothing', null],
    ['an unknown type', { type: 'run', command: 'id' }],
    ['an unknown action', { type: 'action', action: 'workbench.action.terminal.sendSequence' }],
    ['a key too many', { type: 'ready', uri: 'file:///etc/passwd' }],
    ['arguments for an action', { type: 'action', action: 'note', args: ['text'] }],
    ['a wrong type', { type: 'reveal', entryId: 7 }],
    ['a huge id', { type: 'reveal', entryId: 'x'.repeat(10_000_000) }],
    ['a polluted prototype', JSON.parse('{"type":"ready","__proto__":{"x":1}}')],
  ])('refuses %s', (_, message) => {
    expect(readPanelMessage(message)).toBeUndefined();
  });
});
