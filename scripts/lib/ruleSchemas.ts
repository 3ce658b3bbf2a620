/** What editors are told of the rules: the setting `runline.rules` in package.json, and the schema of `.runline.yaml`. */
import { type Rule, SETTABLE } from '../../core/rules/index.ts';

type Json = string | boolean | { readonly [key: string]: Json } | readonly Json[];

/**
 * The text of package.json with a property for each rule under the setting; everything else stays as it stands there.
 * @throws {Error} where package.json has no such setting
 */
export function withRulesSetting(packageJson: string, rules: readonly Rule[]): string {
  const manifest = JSON.parse(packageJson);
  const setting = manifest.contributes?.configuration?.properties?.['runline.rules'];
  if (setting === undefined) throw new Error('package.json contributes no setting runline.rules.');
  setting.properties = properties(rules);
  setting.additionalProperties = false;
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The JSON Schema of `.runline.yaml`, as the file has it. */
export function configSchema(rules: readonly Rule[]): string {
  const schema: Json = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Runline: .runline.yaml',
    description:
      'What a team sets for its runbooks. Generated from core/rules by scripts/generate-docs.mjs: edit the rules, not this file.',
    type: 'object',
    additionalProperties: false,
    properties: {
      rules: {
        type: ['object', 'null'],
        description: 'Severity of each rule, by its id. A rule that is not named keeps its own.',
        additionalProperties: false,
        properties: properties(rules),
      },
      runbooks: {
        type: 'array',
        description:
          'Globs of the files that are runbooks, relative to the folder of this file. They replace the default ones. Case is ignored.',
        items: { type: 'string' },
      },
    },
  };
  return `${printed(schema)}\n`;
}

function properties(rules: readonly Rule[]): { readonly [id: string]: Json } {
  return Object.fromEntries(
    rules.map((rule) => [
      rule.id,
      { type: 'string', enum: SETTABLE, description: `${rule.title}. By itself: ${ownSeverity(rule)}.` },
    ]),
  );
}

/** A rule's own severity in words, with those of kinds of documents where it is another one. */
export function ownSeverity({ severity, severityIn = {} }: Pick<Rule, 'severity' | 'severityIn'>): string {
  const kinds = Object.entries(severityIn).map(([kind, other]) => `; for the profile ${kind} ${other}`);
  return severity + kinds.join('');
}

/** JSON as the project's formatter leaves it: lists of words on one line. */
function printed(value: Json): string {
  return JSON.stringify(value, null, 2).replace(
    /\[\n\s+("[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s+\]/g,
    (_whole, items: string) => `[${items.replace(/,\n\s+/g, ', ')}]`,
  );
}
