/**
 * Listings: blocks that show a file instead of something to run. A script that names its own path in its first lines, a
 * block that only defines, and the configuration of a program.
 */

const LINE_COMMENT: Readonly<Record<string, RegExp>> = {
  python: /^[ \t]*#.*$/gm,
  ruby: /^[ \t]*#.*$/gm,
  perl: /^[ \t]*#.*$/gm,
  php: /^[ \t]*(?:#|\/\/).*$|<\?php|\?>/gm,
  javascript: /^[ \t]*\/\/.*$|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\//gm,
  sql: /^[ \t]*(?:--|#).*$|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\//gm,
};

/** A comment that holds a path and nothing else: `# /opt/app/scripts/failover.py`, `// config/limits.js`, `# .env`. */
const OWN_PATH =
  /^\s*(?:#|\/\/|--|;|\*|\/\*|<!--)\s*(?:(?:file(?:name)?\s*:|in|save as|contents of)\s*)?[`"']?((?:~?\/|\.{1,2}\/)?(?:[\w.-]+\/)*[\w.-]*\.[A-Za-z]\w{0,9})[`"']?\s*:?\s*(?:\*\/|-->)?\s*$/i;

const DEFINES: Readonly<Record<string, RegExp>> = {
  python:
    /^(?:import |from |def |async def |class |@|#|[A-Z_][A-Z0-9_]*\s*(?::[^=]+)?=|"""|'''|[)\]}]|if __name__\b)/,
  ruby: /^(?:require|module |class |def |end\b|include |attr_|[A-Z_]+\s*=|#|[)\]}])/,
  javascript:
    /^(?:import |export |module\.exports|exports\.|const |let |var |function |async function |class |\/\/|\/\*|\*| \*|['"]use strict|[)\]}])/,
  perl: /^(?:use |package |sub |1;|#|[)\]}])/,
  php: /^(?:<\?php|\?>|use |namespace |class |function |return \[|\/\/|#|[)\]}])/,
};
const DEFINITION: Readonly<Record<string, RegExp>> = {
  python: /^(?:async )?def |^class /m,
  ruby: /^(?:module|class|def) /m,
  javascript:
    /^(?:export |module\.exports|exports\.|(?:async )?function |class |const \w+ = (?:async )?\([^)]*\) =>)/m,
  perl: /^(?:package|sub) /m,
  php: /^(?:class|function|return \[)/m,
};

/** The path that a block's first lines name as its own, or null. */
function ownPath(content: string): string | null {
  for (const line of content.split('\n').slice(0, 6)) {
    const path = OWN_PATH.exec(line)?.[1];
    if (path !== undefined) return path;
  }
  return null;
}

/** Whether a block of a program language shows a file. */
export function isListing(language: string, content: string): boolean {
  const defines = DEFINES[language];
  if (defines === undefined) return false;
  if (ownPath(content) !== null) return true;
  if (!(DEFINITION[language]?.test(content) ?? false)) return false;
  return content.split('\n').every((line) => line.trim() === '' || /^\s/.test(line) || defines.test(line));
}

const SCRIPT_FILE = /\.(?:ba|z|k|fi)?sh$/i;
const SETTINGS_FILE =
  /(?:^|\/)\.env(?:\.\w+)?$|\.(?:env|conf|cfg|ini|properties|ya?ml|json|toml|service|timer|rules|tf|hcl)$/i;

/**
 * Whether a shell block shows a file: a script with a `#!` line that names its path, a file of functions, or settings
 * under the name of their file. Anything else is run as often as it is shown.
 *
 * @param commands The texts of its top-level commands.
 */
export function isShellListing(content: string, commands: readonly string[]): boolean {
  if (commands.length === 0) return false;
  const path = ownPath(content);
  if (path !== null && SCRIPT_FILE.test(path) && /^\s*#!/.test(content)) return true;
  const settings = commands.every((text) => /^(?:export\s+)?[A-Za-z_]\w*=[^\s]*(?:\s*$|["'])/.test(text));
  if (path !== null && SETTINGS_FILE.test(path) && settings) return true;
  return commands.every((text) => /^(?:function\s+[\w:-]+|[\w:-]+\s*\(\s*\))\s*(?:\(\s*\)\s*)?\{/.test(text));
}

/** Keys at the root of files that programs read, by the program. */
const YAML_ROOT: readonly RegExp[] = [
  // Kubernetes, whole or in part.
  /^(?:apiVersion|kind|spec|status|metadata|data|resources|containers|tolerations|affinity|nodeSelector|env|livenessProbe|readinessProbe|startupProbe|securityContext|autoscaling|replicas|image):/m,
  // Prometheus and Alertmanager.
  /^[ \t]*- (?:alert|record):/m,
  /^(?:groups|route|receivers|inhibit_rules|scrape_configs|rule_files|global|alerting|remote_write|static_configs|http_client_config|basic_auth):/m,
  // Compose, continuous integration, Ansible, tunnels, CloudFormation, OpenAPI.
  /^(?:on|jobs|stages|pipeline|steps|hosts|tasks|handlers|ingress|tunnel|filters|AWSTemplateFormatVersion|Resources|openapi|swagger|plugins|repos|environment|volumes|networks):(?:\s|$)/m,
  /^services:[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[ \t]+[\w.-]+:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*[ \t]+(?:image|build|ports|environment|env_file|volumes|deploy|command|depends_on|restart|container_name|healthcheck|networks|user|logging):/m,
  /^version:\s*['"]?[23](?:\.\d)?['"]?\s*$/m,
  /^(?:type|- type|- job_name|schedule|ttl):\s\S/m,
];
const JSON_CONFIG =
  /"(?:Statement|mcpServers|scripts|dependencies|devDependencies|compilerOptions|AWSTemplateFormatVersion|\$schema|apiVersion|containerDefinitions|rewrites|plugins|log-driver|registry-mirrors)"\s*:/;

/** Whether YAML, JSON or TOML is what a program reads, rather than facts for people. */
export function showsConfiguration(language: string, content: string): boolean {
  if (language === 'toml' || language === 'xml') return true;
  const head = content.split('\n').slice(0, 4);
  if (head.some((line) => /^\s*#/.test(line) && /[\w-]\.(?:ya?ml|conf|json|toml|env)\b/.test(line)))
    return true;
  if (ownPath(content) !== null) return true;
  const text = content.length > 50_000 ? content.slice(0, 50_000) : content;
  return language === 'yaml' ? YAML_ROOT.some((root) => root.test(text)) : JSON_CONFIG.test(text);
}

/** Whether anything is left of a block once its comments are gone. */
export function hasStatements(language: string, content: string): boolean {
  const comment = LINE_COMMENT[language];
  return (comment === undefined ? content : content.replace(comment, '')).trim() !== '';
}
