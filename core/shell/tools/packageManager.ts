/** Package managers of systems differ in their words alone. */
import { names } from './common.ts';
import { destroy, each, mutate, type Outcome, read, type Tool } from './table.ts';

interface Words {
  readonly read: string;
  readonly quiet?: string;
  readonly changes: string;
  readonly removes: string;
}

/** Most managers differ in their words alone: some look, some change after a question, some take away after a question. */
export function manager(
  tool: Pick<Tool, 'names' | 'source' | 'values' | 'switches'>,
  { read: looks, quiet, changes, removes }: Words,
  {
    yes,
    dry,
    versions,
    install,
    more = {},
    minus = false,
  }: {
    /** `install name-` takes a package away. */ minus?: boolean;
    yes?: string;
    dry?: string;
    versions: string;
    install: string;
    more?: Record<string, Outcome>;
  },
): Tool {
  const asks = yes === undefined ? {} : { asks: yes };
  const dryRun = dry === undefined ? {} : { dryRun: dry };
  return {
    ...tool,
    network: true,
    switches: `${tool.switches ?? ''} ${yes ?? ''} ${dry ?? ''}`.replace(/=\S*/g, ''),
    commands: {
      ...each(read({ network: false }), looks),
      ...(quiet === undefined ? {} : each(mutate(dryRun), quiet)),
      ...each(
        mutate({
          ...asks,
          ...dryRun,
          resources: names,
          captureFirst: versions,
          inverse: `${install} of the versions from before, or removal of what is new`,
          decide: (call) =>
            minus && names(call).some((name) => /^[\w.+:-]*-$/.test(name))
              ? { effect: 'destroy', why: 'removes the packages that have a minus behind their name' }
              : undefined,
        }),
        changes,
      ),
      ...each(
        destroy({
          ...asks,
          ...dryRun,
          resources: names,
          why: 'removes packages, or puts older ones in their place',
          captureFirst: versions,
          inverse: `${install} of the same packages`,
        }),
        removes,
      ),
      ...more,
    },
    bare: read({ network: false }),
  };
}
