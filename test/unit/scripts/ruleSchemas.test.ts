import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Rule, readConfig, rules, rulesById, SETTABLE } from '../../../core/rules/index.ts';
import { root } from '../../../scripts/lib/processes.ts';
import { configSchema, withRulesSetting } from '../../../scripts/lib/ruleSchemas.ts';

const manifest = readFileSync(join(root, 'package.json'), 'utf8');
const ids = rules.map(({ id }) => id);

describe('the setting runline.rules', () => {
  it('has a property for each rule, with what it says and its own severity', () => {
    const setting = JSON.parse(withRulesSetting(manifest, rules)).contributes.configuration.properties[
      'runline.rules'
    ];
    expect(Object.keys(setting.properties)).toEqual(ids);
    expect(setting.properties['command/endless']).toEqual({
      type: 'string',
      enum: ['error', 'warning', 'info', 'hint', 'off'],
      description: 'A command never ends by itself. By itself: info.',
    });
    expect(setting).toMatchObject({
      type: 'object',
      additionalProperties: false,
      default: {},
      scope: 'resource',
    });
  });

  it('is all that changes in package.json', () => {
    const drop = (text: string) => {
      const value = JSON.parse(text);
      delete value.contributes.configuration.properties['runline.rules'].properties;
      return JSON.stringify(value, null, 2);
    };
    const written = withRulesSetting(manifest, rules.slice(0, 2));
    expect(drop(written)).toBe(drop(manifest));
    expect(withRulesSetting(written, rules.slice(0, 2))).toBe(written);
    expect(() => withRulesSetting('{"contributes": {}}', rules)).toThrow('no setting runline.rules');
  });

  it('says where a rule differs by the kind of document', () => {
    const rule = { id: 'a/b', title: 'A', severity: 'info', severityIn: { alert: 'off' } } as unknown as Rule;
    expect(configSchema([rule])).toContain('"A. By itself: info; for the profile alert off."');
  });
});

describe('the schema of .runline.yaml', () => {
  const schema = JSON.parse(configSchema(rules));

  it('knows what the reader knows', () => {
    expect(Object.keys(schema.properties.rules.properties)).toEqual(ids);
    for (const severity of SETTABLE) {
      const text = `rules:\n${ids.map((id) => `  ${id}: ${severity}\n`).join('')}runbooks: [a.md]\n`;
      expect(readConfig(text, rulesById.keys()).problems).toEqual([]);
      const value = parse(text);
      expect(Object.keys(value)).toEqual(Object.keys(schema.properties));
      for (const [id, set] of Object.entries(value.rules))
        expect(schema.properties.rules.properties[id].enum).toContain(set);
    }
  });

  it('is what the extension points YAML editors to', () => {
    const [validation] = JSON.parse(manifest).contributes.yamlValidation;
    expect(validation).toEqual({ fileMatch: '.runline.yaml', url: './schemas/runline-config.schema.json' });
    expect(JSON.parse(readFileSync(join(root, validation.url), 'utf8')).title).toBe(schema.title);
  });
});
