/** Clients that speak SQL: text in options, in operands, in files, or on standard input. */
import { judgeSql } from '../sql.ts';
import { highest, NOTHING, sessionOpened, unknown, type Verdict, verdict } from '../verdict.ts';
import { type Arg, hasFlag, isOpaque, plain } from '../words.ts';
import { connectionTargets } from './connection.ts';
import { type Call, read, type Tool } from './table.ts';

/** What a client runs. */
export interface Client {
  readonly names: string;
  readonly source: string;
  readonly style?: 'gnu' | 'long';
  /** Options with SQL in them, options with files of SQL. */
  readonly text: string;
  readonly file?: string;
  readonly values?: string;
  readonly switches?: string;
  readonly targets?: Readonly<Record<string, string>>;
  readonly ambient?: Readonly<Record<string, string>>;
  /** Options that hold a connection string or a name of the first operand's kind. */
  readonly connection?: string;
  /** Operands from this one on are SQL. */
  readonly operands?: number;
  /** What kind of target the first operand is. */
  readonly first?: string;
  /** Options that keep the client open behind the text. */
  readonly stays?: string;
  /** Options that ask for a password where they have no value. */
  readonly asks?: string;
  /** Options that make it print something of its own and end. */
  readonly prints?: string;
  /** Options with a file to write. */
  readonly writes?: string;
  /** Whose SQL it reads. */
  readonly dialect?: 'mysql';
  /** It opens a file of this machine. */
  readonly local?: boolean;
}

/** The table of a client. */
export function client(spec: Client): Tool {
  return {
    names: spec.names,
    source: spec.source,
    ...(spec.style ? { style: spec.style } : {}),
    network: !spec.local,
    values: [spec.text, spec.file, spec.values, spec.connection, spec.writes].join(' '),
    switches: [spec.switches, spec.prints, spec.stays, spec.asks].join(' '),
    targets: spec.targets ?? {},
    ...(spec.ambient ? { ambient: spec.ambient } : {}),
    findTargets: (call) => {
      const given = spec.connection ? spec.connection.split(' ') : [];
      const first = call.parsed.operands[0];
      return [
        ...call.parsed.flags.flatMap((flag) =>
          flag.value && given.includes(flag.name) ? connectionTargets(flag.value) : [],
        ),
        ...(spec.first && first ? connectionTargets(first, spec.first) : []),
      ];
    },
    bare: read({ decide: (call) => judgeClient(call, spec) }),
  };
}

/** What a call of a client does. */
export function judgeClient(call: Call, spec: Omit<Client, 'names' | 'source'>): Verdict {
  const texts: Arg[] = [];
  let result: Verdict = NOTHING;
  const textNames = spec.text.split(' ');
  const fileNames = (spec.file ?? '').split(' ');
  for (const flag of call.parsed.flags) {
    if (textNames.includes(flag.name)) texts.push(flag.value ?? plain(''));
    else if (fileNames.includes(flag.name))
      result = highest(
        result,
        flag.value?.value === '-'
          ? fromInput(call, spec)
          : unknown(`${call.name} runs the file ${flag.value?.text ?? ''}`),
      );
  }
  if (spec.operands !== undefined) texts.push(...call.parsed.operands.slice(spec.operands));
  for (const text of texts)
    result = highest(
      result,
      isOpaque(text)
        ? unknown(`${call.name} runs text that is a variable`)
        : judgeSql(text.value, spec.dialect),
    );
  if (texts.length === 0 && result === NOTHING)
    result =
      spec.prints && hasFlag(call.parsed, spec.prints)
        ? verdict('read', `${call.name} prints and ends`)
        : fromInput(call, spec);
  if (spec.writes && hasFlag(call.parsed, spec.writes))
    result = highest(result, verdict('local-write', `${call.name} writes its output to a file`));
  const stays = spec.stays && hasFlag(call.parsed, spec.stays) ? 'terminal' : result.mode;
  const asks =
    spec.asks &&
    call.parsed.flags.some((flag) => flag.value === undefined && spec.asks?.split(' ').includes(flag.name));
  return {
    ...(result === NOTHING ? verdict('read', `${call.name} runs no statement`) : result),
    mode: asks ? 'terminal' : stays,
    tool: call.name,
  };
}

function fromInput(call: Call, spec: Pick<Client, 'dialect'>): Verdict {
  switch (call.stdin.kind) {
    case 'text':
      return call.stdin.opaque
        ? unknown(`${call.name} runs text that is only known when it runs`)
        : judgeSql(call.stdin.text, spec.dialect);
    case 'piped':
      return unknown(`${call.name} runs what ${call.stdin.from} gives it`);
    default:
      return sessionOpened(`${call.name} opens a prompt`);
  }
}
