// Edit → model and edit → findings, beside a bare markdown-it structure parse of the same text.
import MarkdownIt from 'markdown-it';
import { checkRunbook } from '../../core/rules/index.ts';
import { parseRunbook } from '../../core/runbook/index.ts';
import { documents, medians, ms, table } from './support.mjs';

const markdown = new MarkdownIt({ html: true }).disable('inline');
const rows = [];
for (const [name, text] of Object.entries(documents())) {
  const at = text.indexOf('\n', text.length / 2) + 1;
  // Each round edits a line in the middle, as typing does.
  const edited = (round) => `${text.slice(0, at)}Edit ${round}.\n${text.slice(at)}`;
  const result = await medians(
    {
      bare: (round) => markdown.parse(edited(round), {}),
      model: (round) => parseRunbook(edited(round)).severityScales.length,
      findings: (round) => checkRunbook(parseRunbook(edited(round))),
    },
    name === 'big' ? 8 : 40,
  );
  rows.push({
    document: `${name} (${Math.round(text.length / 1024)} KB)`,
    'bare ms': ms(result.bare),
    'model ms': ms(result.model),
    'model ÷ bare': (result.model / result.bare).toFixed(2),
    'findings ms': ms(result.findings),
    'findings ÷ bare': (result.findings / result.bare).toFixed(2),
  });
}
table('An edit, to the model and to the findings', rows);
