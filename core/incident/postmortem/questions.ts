/** The question that a person is asked for a field or a section, by its name. */

const QUESTIONS: readonly (readonly [RegExp, string])[] = [
  [
    /commander|lead|owner|author|facilitator|prepared|reporter|responder|participant|on.?call|who responded/i,
    'who?',
  ],
  [/went well|helped/i, 'what helped?'],
  [/luck/i, 'where did chance help?'],
  [/went (wrong|poorly|badly)|didn.?t|did not|improve/i, 'what slowed the response, or was missing?'],
  [/lesson|learn|takeaway|insight/i, 'what should others know?'],
  [/prevent/i, 'what keeps this from happening again?'],
  [/action|follow.?up|next step|remediation/i, 'what will be done, by whom, until when?'],
  [/root cause|cause|factor|trigger/i, 'what led to this, as far as it is known?'],
  [/detect/i, 'how was it noticed?'],
  [/revenue|cost|financial/i, 'what did it cost, as far as it is known?'],
  [/user|customer|client/i, 'who was affected, and what did they see?'],
  [/service|system|component|affected/i, 'what was affected?'],
  [/impact/i, 'who was affected, how, and for how long?'],
  [/resolution|resolved|fix|mitigation|recovery/i, 'what ended it?'],
  [/summary|overview|what happened|description/i, 'what happened, in two or three sentences?'],
  [/communicat/i, 'what was said, to whom, and when?'],
  [/budget|\bslo\b|\bsla\b/i, 'how much of it was used?'],
];

/** @param name The field's or section's own name; a name that is a question is asked as it stands. */
export function questionFor(name: string): string {
  const label = name.replace(/[`\n]/g, '').trim();
  if (label === '') return 'what belongs here?';
  if (label.endsWith('?')) return label;
  const known = QUESTIONS.find(([pattern]) => pattern.test(label));
  return known === undefined ? `what belongs under "${label}"?` : known[1];
}
