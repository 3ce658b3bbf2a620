/** What is remembered. The only file that reads `workspaceState`; secrets are kept in memory alone. */
import type { Memento } from 'vscode';

export interface State {
  /** What was last filled in for a name, or undefined. Secrets only within this session. */
  input(name: string): string | undefined;
  rememberInput(name: string, value: string, secret: boolean): void;
  /** The incident that steps are recorded in, or undefined. */
  currentIncident(): CurrentIncident | undefined;
  setCurrentIncident(current: CurrentIncident | undefined): void;
  /** Documents that are runbooks because someone said so; URIs. */
  treated(): readonly string[];
  treat(uri: string): void;
  /** Whether this document was offered as a runbook before. */
  wasOffered(uri: string): boolean;
  setOffered(uri: string): void;
}

export interface CurrentIncident {
  /** The `.runline` folder, absolute. */
  readonly dir: string;
  readonly id: string;
}

const inputs = 'runline.inputs';
const incident = 'runline.incident';
const treatedKey = 'runline.treated';
const offeredKey = 'runline.offered';

/** Old names are forgotten beyond this many. */
const most = 500;

export function createState(memento: Memento): State {
  const secrets = new Map<string, string>();
  const strings = (key: string): readonly string[] => memento.get<readonly string[]>(key, []);
  const add = (key: string, value: string): void => {
    const kept = strings(key).filter((other) => other !== value);
    void memento.update(key, [...kept, value].slice(-most));
  };
  return {
    input(name) {
      const kept = memento.get<Record<string, string>>(inputs, {});
      // A placeholder may be called `constructor`.
      return secrets.get(name) ?? (Object.hasOwn(kept, name) ? kept[name] : undefined);
    },
    rememberInput(name, value, secret) {
      if (secret) {
        secrets.set(name, value);
        return;
      }
      const { [name]: _, ...others } = memento.get<Record<string, string>>(inputs, {});
      void memento.update(
        inputs,
        Object.fromEntries([...Object.entries(others), [name, value]].slice(-most)),
      );
    },
    currentIncident: () => memento.get<CurrentIncident>(incident),
    setCurrentIncident: (current) => void memento.update(incident, current),
    treated: () => strings(treatedKey),
    treat: (uri) => add(treatedKey, uri),
    wasOffered: (uri) => strings(offeredKey).includes(uri),
    setOffered: (uri) => add(offeredKey, uri),
  };
}
