/** `runline/runbook`: the parsed runbook for the client, which never parses Markdown itself. */
import type { BlockStep } from '../../core/runbook/index.ts';
import { toLspRange } from '../convert.ts';
import type { WireBlock, WireRunbook } from '../protocol.ts';
import type { OpenRunbook } from '../runbooks.ts';

export function wireRunbook({ uri, version, runbook }: OpenRunbook): WireRunbook {
  return {
    uri,
    version,
    title: runbook.title,
    steps: runbook.steps.map((step) => ({
      id: step.id,
      kind: step.kind,
      range: toLspRange(step.range),
      sectionPath: step.sectionPath,
      ...(step.kind === 'block' ? { block: wireBlock(step) } : {}),
    })),
    severityScales: runbook.severityScales.map((scale) => ({
      levels: scale.levels.map(({ id, name, definition, response, examples }) => ({
        id,
        name,
        definition,
        response,
        examples,
      })),
    })),
    templates: runbook.templates.map(({ kind, range, content }) => ({
      kind,
      range: toLspRange(range),
      content,
    })),
  };
}

function wireBlock(step: BlockStep): WireBlock {
  return {
    title: step.title,
    language: step.language,
    effectiveLanguage: step.effectiveLanguage,
    content: step.script,
    contentRange: toLspRange(step.contentRange),
    runnable: step.runnable,
    classification: step.classification,
    commands: step.commands.map((command, index) => ({
      id: `${step.id}.${index + 1}`,
      range: toLspRange(command.range),
      start: command.start,
      end: command.end,
      tool: command.tool,
      classification: command.classification,
    })),
    placeholders: step.placeholders.map(({ name, text, start, end }) => ({ name, text, start, end })),
    variables: step.unsetVariables,
    alternatives: step.alternatives,
  };
}
