/** What a step needs to know first: placeholders and variables that nothing has set. One question after another. */
import { window } from 'vscode';
import { isSecretName, neededInputs } from '../../core/execution/index.ts';
import type { Runline } from '../context.ts';
import { excerptAt } from './previewText.ts';
import type { Selection } from './selection.ts';

export interface Known {
  readonly env: NodeJS.ProcessEnv;
  /** Names that the session has set. */
  readonly sessionVariables: Parameters<typeof neededInputs>[1]['sessionVariables'];
}

export interface Input {
  readonly name: string;
  readonly kind: 'placeholder' | 'variable';
  readonly secret: boolean;
}

/** What must be asked for, in order of the text: each name once. */
export function inputsOf(selection: Selection, known: Known): Input[] {
  const needed = neededInputs(selection, known);
  const input = (name: string, kind: Input['kind']): Input => ({ name, kind, secret: isSecretName(name) });
  return [
    ...needed.placeholders.map((name) => input(name, 'placeholder')),
    ...needed.variables.map((name) => input(name, 'variable')),
  ];
}

/** Values by name, or undefined where the person backs out: then nothing of this round is remembered. */
export async function askInputs(
  ctx: Runline,
  selection: Selection,
  inputs: readonly Input[],
): Promise<Record<string, string> | undefined> {
  // Without a prototype: a placeholder may be called `__proto__`.
  const values: Record<string, string> = Object.create(null);
  for (const [index, input] of inputs.entries()) {
    const value = await window.showInputBox({
      title: inputs.length === 1 ? selection.title : `${selection.title} · ${index + 1} of ${inputs.length}`,
      prompt: promptOf(selection, input),
      value: ctx.state.input(input.name),
      password: input.secret,
      ignoreFocusOut: true,
      validateInput: fault,
    });
    if (value === undefined) return undefined;
    values[input.name] = value;
  }
  for (const { name, secret } of inputs) ctx.state.rememberInput(name, values[name] ?? '', secret);
  return values;
}

/** `◇ 2 inputs`: asks for everything that the block names, whether or not something has set it. */
export async function setInputs(ctx: Runline, selection: Selection): Promise<void> {
  const names = [...new Set(selection.placeholders.map(({ name }) => name))];
  const inputs: Input[] = [
    ...names.map((name): Input => ({ name, kind: 'placeholder', secret: isSecretName(name) })),
    ...selection.variables.map((name): Input => ({ name, kind: 'variable', secret: isSecretName(name) })),
  ];
  await askInputs(ctx, selection, inputs);
}

function promptOf(selection: Selection, { name, kind, secret }: Input): string {
  const place = selection.placeholders.find((placeholder) => placeholder.name === name);
  const at = kind === 'placeholder' ? (place?.start ?? 0) : Math.max(0, selection.content.indexOf(name));
  const line = excerptAt(selection.content, at);
  const what =
    kind === 'placeholder' ? `Value for ${place?.text ?? name}` : `$${name} is not set. Value for it`;
  return `${what}, in: ${line}${secret ? ' (kept for this session only)' : ''}`;
}

function fault(value: string): string | undefined {
  if (value.trim() === '') return 'Without a value the step cannot run.';
  return /[\r\n\0]/.test(value) ? 'A value is one line.' : undefined;
}
