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
import { lazy } from './lazy.ts';
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
  return format === 'yaml' ? parseYamlRunbook(source) : parseMarkdownRunbook(source, options.path);
}

function parseMarkdownRunbook(source: SourceText, path: string | undefined): Runbook {
  const { frontMatter, body } = readFrontMatter(source);
  const structure = readStructure(body);
  const sections = readSections(source, structure);
  const steps = readSteps(source, structure, sections);
  const tables = lazy(() => readTables(source, structure, sections));
  const facts = lazy((): Facts => readFacts(source, structure, sections, tables(), steps));
  const severityScales = lazy(() => readSeverityScales(facts()));
  const escalation = lazy(() => readEscalation(facts(), severityScales()));
  const contacts = lazy(() => readContacts(facts()));
  const templates = lazy(() => readTemplates(facts()));
  const alerts = lazy(() => readAlerts(facts()));
  const links = lazy(() => readLinks(source, structure, tables()));
  const variables = lazy(() => readVariables(source, steps));
  const profile = lazy(() => readProfile(facts(), frontMatter, path));
  const metadata = lazy(() => readMetadata(facts(), frontMatter));
  const references = lazy(() => readReferences(facts()));
  const scripts = lazy(() => readScripts(facts()));
  const times = lazy(() => readTimes(facts(), severityScales(), escalation()));
  const roles = lazy(() => readRoles(facts()));
  const changeWindows = lazy(() => readChangeWindows(facts()));
  const criteria = lazy(() => readCriteria(facts()));
  const objectives = lazy(() => readObjectives(facts()));
  const cautions = lazy(() => readCautions(facts()));
  const entryPoints = lazy(() => readEntryPoints(facts(), alerts()));
  const inputs = lazy(() => readInputs(source, steps));
  const anchors = lazy(() => htmlAnchors(structure));
  return {
    source,
    format: 'markdown',
    title: titleOf(sections, frontMatter?.data.title),
    frontMatter,
    sections,
    steps,
    get tables() {
      return tables();
    },
    get severityScales() {
      return severityScales();
    },
    get escalation() {
      return escalation();
    },
    get contacts() {
      return contacts();
    },
    get templates() {
      return templates();
    },
    get alerts() {
      return alerts();
    },
    get links() {
      return links();
    },
    get variables() {
      return variables();
    },
    get profile() {
      return profile();
    },
    get metadata() {
      return metadata();
    },
    get references() {
      return references();
    },
    get scripts() {
      return scripts();
    },
    get times() {
      return times();
    },
    get roles() {
      return roles();
    },
    get changeWindows() {
      return changeWindows();
    },
    get criteria() {
      return criteria();
    },
    get objectives() {
      return objectives();
    },
    get cautions() {
      return cautions();
    },
    get entryPoints() {
      return entryPoints();
    },
    get inputs() {
      return inputs();
    },
    get anchors() {
      return anchors();
    },
    declared: isDeclared(frontMatter?.data.runbook),
  };
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
