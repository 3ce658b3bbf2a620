/** Takes secrets out of what people type before it is written down. */
import { redactor } from '../../core/execution/index.ts';

export const redactText = (text: string): Promise<string> => redactor([]).redact(text);
