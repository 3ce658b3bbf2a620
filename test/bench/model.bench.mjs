// Edit → model and edit → findings, beside a bare markdown-it structure parse of the same text.
import MarkdownIt from 'markdown-it';
import { checkRunbook } from '../../core/rules/index.ts';
import { parseRunbook } from '../../core/runbook/index.ts';
import { documents, medians, ms, table } from './support.mjs';

const markdown = new MarkdownIt({ html: true }).disable('inline');
/** What `runline list` shows: everything that is worked out at its first use. */
function everyFact(runbook) {
  const names = [...Object.keys(runbook), ...Object.getOwnPropertyNames(Object.getPrototypeOf(runbook))];
  return names.reduce((sum, name) => sum + (runbook[name]?.length ?? 0), 0);
}

const rows = [];
for (const [name, text] of Object.entries(documents())) {
  const at = text.indexOf('\n', text.length / 2) + 1;
  // Each round edits a line in the middle, as typing does.
  const edited = (round) => `${text.slice(0, at)}Edit ${round}.\n${text.slice(at)}`;
  const bare = (round) => markdown.parse(edited(round), {});
  const [rounds, warmUp] = name === 'big' ? [8, 3] : [300, 20];
  // The model by itself first: what the others throw away would be collected in its time.
  const alone = await medians(
    { bare, model: (round) => parseRunbook(edited(round)).severityScales.length },
    rounds,
    warmUp,
  );
  const result = await medians(
    {
      bare,
      facts: (round) => everyFact(parseRunbook(edited(round))),
      findings: (round) => checkRunbook(parseRunbook(edited(round))),
    },
    rounds,
    warmUp,
  );
  rows.push({
    document: `${name} (${Math.round(text.length / 1024)} KB)`,
    'bare ms': ms(alone.bare),
    'model ms': ms(alone.model),
    'model ÷ bare': (alone.model / alone.bare).toFixed(2),
    'with every fact ÷ bare': (result.facts / result.bare).toFixed(2),
    'findings ms': ms(result.findings),
    'findings ÷ bare': (result.findings / result.bare).toFixed(2),
  });
}
table('An edit, to the model and to the findings', rows);
