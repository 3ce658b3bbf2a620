/** Terraform, OpenTofu and what is run beside them. From documentation: Terraform 1.9, OpenTofu 1.8, Packer 1.11. */
import { unknown, type Verdict } from '../verdict.ts';
import { flagValue } from '../words.ts';
import { pulumi } from './pulumi.ts';
import { type Call, each, local, mutate, read, runs, type Tool, terminal } from './table.ts';
import { commandsOf, helps, SWITCHES, VALUES } from './terraformCommands.ts';
import { terragrunt } from './terragrunt.ts';

const AT_HOME = { network: false };

const WORKSPACE = (name: string): Tool => ({
  names: name,
  source: 'from documentation: Terraform 1.9, OpenTofu 1.8',
  style: 'long',
  values: VALUES,
  switches: SWITCHES,
  targets: { folder: '-chdir' },
  network: true,
  ambient: { workspace: `${name.split(' ')[0]} workspace show` },
  judge: helps(VALUES),
  bare: read(AT_HOME),
  commands: commandsOf(name.split(' ')[0] ?? name),
});

const named = (call: Call): readonly string[] => {
  const only = flagValue(call.parsed, '-only');
  return only && !only.dynamic ? [only.value] : [];
};

export const terraform: readonly Tool[] = [
  WORKSPACE('terraform tf'),
  WORKSPACE('tofu'),
  terragrunt,
  pulumi,
  {
    names: 'packer',
    source: 'from documentation: Packer 1.11',
    style: 'long',
    values: '-var -var-file -only -except -on-error -parallel-builds',
    network: true,
    judge: helps('-var -var-file -only -except'),
    commands: {
      ...each(read(AT_HOME), 'validate, inspect, version, plugins installed, plugins required'),
      fmt: local({ ...AT_HOME, dryRun: '-write=false -check' }),
      ...each(local(), 'init, fix, hcl2_upgrade, plugins install, plugins remove'),
      build: mutate({
        resources: named,
        why: 'packer build creates machines and images',
        preview: 'packer validate',
        when: {
          '-force': { effect: 'destroy', why: 'packer build -force deletes the artifact from before' },
        },
      }),
      console: runs('packer console evaluates expressions', terminal),
    },
  },
  {
    names:
      'infracost terraform-docs terraformer driftctl tfsec terrascan tfswitch tfenv tflint tfupdate terraform-compliance',
    source: "from documentation: the projects' pages",
    otherwise: (call) => {
      if (/^(terraform-docs|infracost|driftctl|tfsec|terrascan|terraform-compliance)$/.test(call.name))
        return read();
      const word = call.parsed.operands[0]?.value ?? '';
      if (/^(list|version|version-name|list-remote|trace|render|validate|pin)$/.test(word)) return read();
      return /^(tfswitch|tfenv|terraformer|tfupdate|tflint)$/.test(call.name) ? local() : inTable(call);
    },
    bare: read({ when: { '--fix': { effect: 'local-write' } } }),
    commands: { version: read() },
  },
];

function inTable(call: Call): Verdict {
  return unknown(`${call.name} ${call.parsed.operands[0]?.value ?? ''} is in no table`);
}
