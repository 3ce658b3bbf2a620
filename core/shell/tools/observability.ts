/** Metrics, logs and alerts: Prometheus, Alertmanager, Loki, Grafana, collectors. From documentation: Prometheus 2.53, Loki 3. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const DOCS = 'from documentation';

/** Servers and collectors check their configuration with some words, and run for ever with others. */
function server(names: string, checks: RegExp, source = DOCS): Tool {
  return {
    names,
    source,
    noHelp: true,
    bare: mutate({
      why: 'starts a server',
      mode: 'stream',
      decide: (call) =>
        call.args.some((arg) => checks.test(arg.value))
          ? verdict('read', `${call.name} checks and ends`)
          : undefined,
    }),
  };
}

/** The first known verb among the words; what stands behind it is its object. */
function byVerb(call: Call): Outcome | undefined {
  const object = {
    resources: (given: Call) =>
      names(given)
        .slice(1)
        .filter((word) => !VERB.test(word)),
  };
  for (const arg of call.parsed.operands) {
    const word = arg.value;
    if (
      /^(list|ls|get|show|status|version|diff|lint|check|print|describe|view|search|query|analyze|validate|info|test|logs|log|help|health|series|labels|top|images|inspect|export|count|projects|hosts|whoami)$/.test(
        word,
      )
    )
      return read();
    if (/^(delete|rm|remove|uninstall|stop|disable|purge|reset|revoke|clear)$/.test(word))
      return destroy(object);
    if (
      /^(create|set|add|load|sync|push|import|update|upgrade|install|start|restart|reload|enable|ack|acknowledge|resolve|assign|close|snooze|post|send|publish|upload|apply|mute|unmute|backfill|note|rerun|finalize|new|edit)$/.test(
        word,
      )
    )
      return mutate(object);
  }
  return undefined;
}

const VERB =
  /^(list|get|show|delete|rm|remove|disable|enable|create|set|update|reset|purge|stop|apply|push|load|sync|mute|unmute|close|ack|resolve)$/;

/** `promtool query instant http://prometheus:9090 up`: the server stands first. */
function queried(call: Call): { kind: string; value: string }[] {
  const first = names(call)[0];
  return first !== undefined && /^(query |push )/.test(call.path)
    ? [{ kind: 'host', value: first.replace(/^https?:\/\//, '') }]
    : [];
}

export const observability: readonly Tool[] = [
  {
    names: 'promtool',
    source: 'help text or man page (Debian 12), and documentation: Prometheus 2.53',
    values: '--url --time --start --end --step -o --output --lint --http.config.file --timeout --match',
    targets: { host: '--url' },
    findTargets: queried,
    commands: {
      ...each(read({ network: true }), 'query instant|range|series|labels|analyze, check healthy|ready'),
      ...each(
        read(),
        'check config|rules|metrics|web-config|service-discovery, check, test rules, test rules, tsdb analyze|list|dump|dump-openmetrics, promql format|label-matchers, help',
      ),
      'tsdb bench write': local(),
      ...each(
        local(),
        'tsdb create-blocks-from openmetrics, tsdb create-blocks-from rules, debug pprof|metrics|all',
      ),
      'push metrics': mutate({ network: true, why: 'promtool push metrics writes samples' }),
    },
  },
  {
    names: 'amtool',
    source: 'help text or man page (Debian 12), and documentation: Alertmanager 0.27',
    values:
      '-o --output -c --comment -a --author -d --duration --start --end --timeout --annotation --config.file --http.config.file',
    switches: '-q --quiet -i --inhibited --expired --active --unprocessed',
    targets: { host: '--alertmanager.url' },
    network: true,
    ambient: { host: 'amtool cluster show' },
    commands: {
      ...each(
        read(),
        'alert, alert query, silence, silence query, config, config show, config routes, config routes show, cluster, cluster show',
      ),
      ...each(read({ network: false }), 'check-config, config routes test, template render'),
      'alert add': mutate(),
      'silence add': mutate({
        why: 'amtool silence add hides alerts',
        inverse: 'amtool silence expire with the id that it prints',
      }),
      'silence expire': mutate({
        why: 'amtool silence expire lets the alerts through again',
        resources: 'all',
        captureFirst: 'amtool silence query -o json',
        inverse: 'amtool silence add with the matchers from before',
      }),
      'silence update': mutate({
        resources: 'all',
        captureFirst: 'amtool silence query -o json',
        inverse: 'amtool silence update with the values from before',
      }),
      'silence import': mutate(),
    },
    otherwise: (call) => (call.path === 'alert' || call.path === 'silence' ? read() : undefined),
  },
  {
    names: 'logcli',
    source: 'from documentation: Loki 3',
    values:
      '--limit --since --from --to --step --org-id --username --password --bearer-token -o --output --batch --timezone --include-label --exclude-label --delay-for --interval --now',
    switches: '-t --tail -q --quiet --forward --no-labels --stats --stdin -f --follow',
    targets: { host: '--addr', tenant: '--org-id' },
    network: true,
    ambient: { host: 'printenv LOKI_ADDR' },
    commands: {
      query: read({ when: { '-t --tail -f --follow': stream } }),
      ...each(
        read(),
        'instant-query, labels, series, stats, volume, volume_range, fmt, detected-fields, help',
      ),
      ...each(read(), 'delete list'),
      ...each(destroy(), 'delete, delete create'),
      'delete cancel': mutate(),
    },
  },
  {
    names: 'grafana-cli grafana',
    source: 'from documentation: Grafana 11',
    values: '--homepath --config --pluginsDir --repo --pluginUrl',
    commands: {
      ...each(
        read(),
        'plugins ls|list-remote|list-versions, cli plugins ls|list-remote|list-versions, cli --version',
      ),
      ...each(
        mutate({
          resources: 'first',
          inverse: 'grafana-cli plugins remove, or install the version from before',
          captureFirst: 'grafana-cli plugins ls',
        }),
        'plugins install|update|update-all|upgrade, cli plugins install|update|update-all, admin data-migration, admin secrets-migration, cli admin data-migration',
      ),
      ...each(
        destroy({ resources: 'first', inverse: 'grafana-cli plugins install' }),
        'plugins remove|uninstall, cli plugins remove|uninstall',
      ),
      ...each(
        mutate({ why: 'sets the password of the administrator' }),
        'admin reset-admin-password, cli admin reset-admin-password',
      ),
      server: mutate(stream),
    },
  },
  {
    names: 'vector',
    source: 'from documentation: Vector 0.40',
    values: '-c --config -C --config-dir --config-yaml --url -u --interval -i --format --limit',
    switches: '-q --quiet -v -w --watch-config',
    commands: {
      ...each(read(), 'validate, list, graph, test, generate, generate-schema, help, convert-config'),
      tap: read(stream),
      top: read(terminal),
      vrl: opensSession('vector vrl opens a prompt'),
    },
    bare: mutate({ why: 'starts a collector', ...stream }),
  },
  server('fluent-bit fluentd td-agent td-agent-bit', /^(--dry-run|-D|--version|-V|--help)$/),
  server('telegraf', /^(--test|-test|--version|version|config|--sample-config|--usage)$/),
  server('otelcol otelcol-contrib', /^(validate|components|--version)$/),
  server(
    'prometheus alertmanager loki tempo promtail grafana-server node_exporter blackbox_exporter thanos jaeger-all-in-one victoria-metrics',
    /^(--version|-version|--help|-verify-config|--config.check|-print-config-stderr)$/,
    'help text or man page (Debian 12), and documentation',
  ),
  {
    names: 'filebeat metricbeat heartbeat auditbeat packetbeat logstash',
    source: 'from documentation: Elastic Beats 8',
    values: '-c -E --path.config --path.data --modules -M',
    switches: '-e -v -t --config.test_and_exit',
    commands: {
      ...each(
        read(),
        'test, test config, test output, test modules, export, export config, export template, export ilm-policy, version, modules list, keystore list',
      ),
      ...each(local(), 'modules enable, keystore create, keystore add'),
      'modules disable': destroy({ resources: 'all', inverse: 'modules enable' }),
      'keystore remove': destroy({ resources: 'all' }),
      setup: mutate({ why: 'writes index templates and dashboards', network: true }),
      run: mutate(stream),
    },
    bare: mutate({
      ...stream,
      decide: (call) =>
        hasFlag(call.parsed, '-t --config.test_and_exit')
          ? verdict('read', 'checks its configuration')
          : undefined,
    }),
  },
  {
    // Datadog's client, and a program that asks name servers.
    names: 'dog',
    source: 'from documentation',
    network: true,
    values: '-t --type -n --nameserver -q --query --class',
    otherwise: (call) =>
      call.args.some((arg) => /[.@]/.test(arg.value)) && !byVerb(call) ? read() : byVerb(call),
  },
  {
    names:
      'mimirtool cortextool lokitool pint dogshell jsonnet jb tk grr sentry-cli pd opsgenie-cli lamp newrelic datadog-ci elasticdump',
    source: 'help text or man page (Debian 12), and documentation',
    network: true,
    otherwise: byVerb,
    commands: { version: read() },
  },
  {
    names: 'datadog-agent dd-agent',
    source: 'from documentation: Datadog Agent 7',
    values: '-c --cfgpath --check-rate',
    commands: {
      ...each(
        read(),
        'status, health, check, configcheck, diagnose, hostname, version, tagger-list, workload-list, config, integration show, integration freeze, dogstatsd-stats, secret',
      ),
      'stream-logs': read(stream),
      ...each(mutate(), 'start, restart, integration install, config set, start-service, restart-service'),
      flare: mutate({ why: 'sends a diagnostic archive to the vendor', asks: '-s --send', network: true }),
      run: mutate(stream),
      ...each(destroy({ inverse: 'datadog-agent start' }), 'stop, stopservice, stop-service'),
      'integration remove': destroy({ resources: 'first', inverse: 'datadog-agent integration install' }),
    },
  },
];
