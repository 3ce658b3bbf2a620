/** What must be known before a step can run. */

/** What a step asks for. */
export interface Needs {
  readonly placeholders: readonly { readonly name: string }[];
  readonly variables: readonly string[];
}

/** What is known already. */
export interface Known {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** See `readSessionVariables`. */
  readonly sessionVariables: Readonly<Record<string, string>>;
}

/** Names to ask for, each once, in the order in which the step uses them. */
export function neededInputs(
  block: Needs,
  known: Known,
): { readonly placeholders: string[]; readonly variables: string[] } {
  const isSet = (name: string) =>
    (Object.hasOwn(known.env, name) && known.env[name] !== undefined) ||
    Object.hasOwn(known.sessionVariables, name);
  return {
    placeholders: [...new Set(block.placeholders.map((placeholder) => placeholder.name))],
    variables: [...new Set(block.variables)].filter((name) => !isSet(name)),
  };
}

/**
 * The inputs that are set as exported variables: those that `names` lists, or without a list those that the
 * script reads as `$NAME` or `${NAME…`. Names that are no variable's are left out.
 */
export function variableInputs(
  inputs: Readonly<Record<string, string>>,
  script: string,
  names: readonly string[] | undefined,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    const wanted =
      names === undefined ? new RegExp(`\\$(?:\\{[#!]?)?${name}(?!\\w)`).test(script) : names.includes(name);
    if (wanted) result[name] = value;
  }
  return result;
}
