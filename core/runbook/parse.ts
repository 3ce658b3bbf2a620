/** Text → Runbook. */
import { SourceText } from '../text.ts';
import { readAlerts } from './facts/alerts.ts';
import { readCautions } from './facts/cautions.ts';
import { readChangeWindows } from './facts/changeWindows.ts';
import { readContacts } from './facts/contacts.ts';
import { readCriteria } from './facts/criteria.ts';
import { readEntryPoints } from './facts/entryPoints.ts';
import { readEscalation } from './facts/escalation.ts';
import { type Facts, readFacts } from './facts/facts.ts';
import { readMetadata } from './facts/metadata.ts';
import { readObjectives } from './facts/objectives.ts';
import { readProfile } from './facts/profile.ts';
import { readReferences } from './facts/references.ts';
import { readRoles } from './facts/roles.ts';
import { readScripts } from './facts/scripts.ts';
import { readSeverityScales } from './facts/severity.ts';
import { readTemplates } from './facts/templates.ts';
import { readTimes } from './facts/times.ts';
import { readFrontMatter } from './markdown/frontMatter.ts';
import { readLinks } from './markdown/links.ts';
import { readSections } from './markdown/sections.ts';
import { readStructure, type Structure } from './markdown/structure.ts';
import { readTables } from './markdown/tables.ts';
import { readSteps } from './steps.ts';
import type { Runbook, Section } from './types.ts';
import { readInputs, readVariables } from './variables.ts';
import { parseYamlRunbook } from './yamlRunbook.ts';

/** What is known of a document beside its text. */
export interface ParseOptions {
  /** Only its extension is looked at: `.yaml` and `.yml` are YAML. */
  readonly path?: string;
  /** Overrides what the path says. Default: Markdown. */
  readonly format?: Runbook['format'];
}

/**
 * Reads a runbook. Never throws: a document that cannot be read yields a Runbook with less in it. The text is kept as it
 * is; positions refer to it. Facts other than sections and steps are worked out at their first use.
 */
export function parseRunbook(text: string, options: ParseOptions = {}): Runbook {
  const format = options.format ?? (/\.ya?ml$/i.test(options.path ?? '') ? 'yaml' : 'markdown');
  const source = new SourceText(text);
  return format === 'yaml' ? parseYamlRunbook(source) : new MarkdownRunbook(source, options.path);
}

/**
 * A Markdown document. What an edit asks for is read at once, and every other fact when somebody asks. A class, because a
 * literal with accessors is a hidden class of its own that outlives it: that doubled the memory of each edit.
 */
class MarkdownRunbook implements Runbook {
  readonly format = 'markdown';
  readonly source: SourceText;
  readonly title: string | null;
  readonly frontMatter: Runbook['frontMatter'];
  readonly sections: Runbook['sections'];
  readonly steps: Runbook['steps'];
  readonly declared: boolean;
  readonly #structure: Structure;
  readonly #path: string | undefined;
  #ground: Facts | undefined;
  #tables: Runbook['tables'] | undefined;
  #severityScales: Runbook['severityScales'] | undefined;
  #escalation: Runbook['escalation'] | undefined;
  #contacts: Runbook['contacts'] | undefined;
  #templates: Runbook['templates'] | undefined;
  #alerts: Runbook['alerts'] | undefined;
  #links: Runbook['links'] | undefined;
  #profile: Runbook['profile'] | undefined;
  #metadata: Runbook['metadata'] | undefined;
  #references: Runbook['references'] | undefined;
  #scripts: Runbook['scripts'] | undefined;
  #times: Runbook['times'] | undefined;
  #roles: Runbook['roles'] | undefined;
  #changeWindows: Runbook['changeWindows'] | undefined;
  #criteria: Runbook['criteria'] | undefined;
  #objectives: Runbook['objectives'] | undefined;
  #cautions: Runbook['cautions'] | undefined;
  #entryPoints: Runbook['entryPoints'] | undefined;
  #inputs: Runbook['inputs'] | undefined;
  #variables: Runbook['variables'] | undefined;
  #anchors: Runbook['anchors'] | undefined;

  constructor(source: SourceText, path: string | undefined) {
    const { frontMatter, body } = readFrontMatter(source);
    this.source = source;
    this.frontMatter = frontMatter;
    this.#structure = readStructure(body);
    this.#path = path;
    this.sections = readSections(source, this.#structure);
    this.steps = readSteps(source, this.#structure, this.sections);
    this.title = titleOf(this.sections, frontMatter?.data.title);
    this.declared = isDeclared(frontMatter?.data.runbook);
  }

  get #facts(): Facts {
    this.#ground ??= readFacts(this.source, this.#structure, this.sections, this.tables, this.steps);
    return this.#ground;
  }

  get tables(): Runbook['tables'] {
    this.#tables ??= readTables(this.source, this.#structure, this.sections);
    return this.#tables;
  }

  get severityScales(): Runbook['severityScales'] {
    this.#severityScales ??= readSeverityScales(this.#facts);
    return this.#severityScales;
  }

  get escalation(): Runbook['escalation'] {
    this.#escalation ??= readEscalation(this.#facts, this.severityScales);
    return this.#escalation;
  }

  get contacts(): Runbook['contacts'] {
    this.#contacts ??= readContacts(this.#facts);
    return this.#contacts;
  }

  get templates(): Runbook['templates'] {
    this.#templates ??= readTemplates(this.#facts);
    return this.#templates;
  }

  get alerts(): Runbook['alerts'] {
    this.#alerts ??= readAlerts(this.#facts);
    return this.#alerts;
  }

  get links(): Runbook['links'] {
    this.#links ??= readLinks(this.source, this.#structure, this.tables);
    return this.#links;
  }

  get profile(): Runbook['profile'] {
    this.#profile ??= readProfile(this.#facts, this.frontMatter, this.#path);
    return this.#profile;
  }

  get metadata(): Runbook['metadata'] {
    this.#metadata ??= readMetadata(this.#facts, this.frontMatter);
    return this.#metadata;
  }

  get references(): Runbook['references'] {
    this.#references ??= readReferences(this.#facts);
    return this.#references;
  }

  get scripts(): Runbook['scripts'] {
    this.#scripts ??= readScripts(this.#facts);
    return this.#scripts;
  }

  get times(): Runbook['times'] {
    this.#times ??= readTimes(this.#facts, this.severityScales, this.escalation);
    return this.#times;
  }

  get roles(): Runbook['roles'] {
    this.#roles ??= readRoles(this.#facts);
    return this.#roles;
  }

  get changeWindows(): Runbook['changeWindows'] {
    this.#changeWindows ??= readChangeWindows(this.#facts);
    return this.#changeWindows;
  }

  get criteria(): Runbook['criteria'] {
    this.#criteria ??= readCriteria(this.#facts);
    return this.#criteria;
  }

  get objectives(): Runbook['objectives'] {
    this.#objectives ??= readObjectives(this.#facts);
    return this.#objectives;
  }

  get cautions(): Runbook['cautions'] {
    this.#cautions ??= readCautions(this.#facts);
    return this.#cautions;
  }

  get entryPoints(): Runbook['entryPoints'] {
    this.#entryPoints ??= readEntryPoints(this.#facts, this.alerts);
    return this.#entryPoints;
  }

  get inputs(): Runbook['inputs'] {
    this.#inputs ??= readInputs(this.source, this.steps);
    return this.#inputs;
  }

  get variables(): Runbook['variables'] {
    this.#variables ??= readVariables(this.source, this.steps);
    return this.#variables;
  }

  get anchors(): Runbook['anchors'] {
    this.#anchors ??= htmlAnchors(this.#structure);
    return this.#anchors;
  }
}

function titleOf(sections: readonly Section[], written: unknown): string | null {
  const heading = sections.find((section) => section.level === 1 && section.title !== '');
  if (heading !== undefined) return heading.title;
  return typeof written === 'string' && written.trim() !== '' ? written.trim() : null;
}

function isDeclared(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** Values of `id` and `name` attributes in HTML outside code. */
function htmlAnchors(structure: Structure): string[] {
  const anchors: string[] = [];
  for (const block of structure.blocks) {
    if (block.type !== 'html' && block.type !== 'paragraph' && block.type !== 'heading') continue;
    if (!/<\w[^>]*\s(?:id|name)\s*=/i.test(block.content)) continue;
    const text = block.type === 'html' ? block.content : block.content.replace(/(`+)[^`]+\1/g, '');
    for (const tag of text.matchAll(/<\w[^<>]*>/g)) {
      for (const match of tag[0].matchAll(/\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi)) {
        const anchor = match[1] ?? match[2] ?? match[3] ?? '';
        if (anchor !== '') anchors.push(anchor);
      }
    }
  }
  return anchors;
}
