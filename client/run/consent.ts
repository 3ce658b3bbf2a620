/** What changes state is shown whole and asked for; what destroys wants a word typed. */
import { window } from 'vscode';
import { consentNeeded, type StepRequest, typedWord } from '../../core/execution/index.ts';
import type { Runline } from '../context.ts';
import { type DestroyedInWords, destroyedInWords } from './judge.ts';
import { previewText, type Shown, targetText } from './previewText.ts';
import type { Selection } from './selection.ts';

/** How consent was given, or why it was not: a sentence for the log. */
export type Consent = { readonly given: StepRequest['consent'] } | { readonly refused: string };

export async function askConsent(ctx: Runline, selection: Selection, shown: Shown): Promise<Consent> {
  const needed = consentNeeded(selection.classification.risk);
  if (needed === 'none') return { given: 'none-needed' };
  const preview = await ctx.previews.show(previewText(selection, shown));
  try {
    return needed === 'type'
      ? await askWord(selection, destroyedInWords(selection, shown.script))
      : await askYes(selection);
  } finally {
    preview.dispose();
  }
}

async function askYes(selection: Selection): Promise<Consent> {
  const run = { label: '$(play) Run', detail: selection.classification.reasons[0] };
  const cancel = { label: 'Cancel' };
  const picked = await window.showQuickPick([run, cancel], {
    title: `${selection.title} · changes state${targetText(selection)}`,
    placeHolder: 'The exact text is in the document beside this.',
    ignoreFocusOut: true,
  });
  return picked === run ? { given: 'confirmed' } : { refused: 'Not confirmed' };
}

async function askWord(selection: Selection, destroyed: DestroyedInWords): Promise<Consent> {
  const word = typedWord(destroyed.targets, selection.id);
  const typed = await window.showInputBox({
    title: `⚠ ${selection.title} · destroys${destroyed.text === '' ? '' : `: ${destroyed.text}`}`,
    prompt: `Type “${word}” to run it. The exact text is in the document beside this.`,
    placeHolder: word,
    ignoreFocusOut: true,
  });
  if (typed === undefined) return { refused: 'Not confirmed' };
  if (typed.trim().toLowerCase() === word.toLowerCase()) return { given: 'typed' };
  void window.showWarningMessage(`Nothing was run: “${typed}” is not “${word}”.`);
  return { refused: 'The confirmation did not match' };
}
