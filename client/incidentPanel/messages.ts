/** The schema of everything that the panel may send; anything else is refused and logged. */
import * as z from 'zod/mini';
import { type FromPanel, panelActions } from './protocol.ts';

const entryId = z.string().check(z.minLength(1), z.maxLength(200));

const fromPanel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('action'), action: z.enum(panelActions) }),
  z.strictObject({ type: z.literal('reveal'), entryId }),
  z.strictObject({ type: z.literal('output'), entryId }),
]);

/** The message, or undefined where it is not one of ours. */
export function readPanelMessage(message: unknown): FromPanel | undefined {
  const parsed = fromPanel.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}
